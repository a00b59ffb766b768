import type { Rule } from "../../rule";
import { dataStoreTags } from "./dataStoreTags";
import { residencyBackupCopies } from "./residencyBackupCopies";
import { residencyBucketReplication } from "./residencyBucketReplication";
import { residencyCacheGlobal } from "./residencyCacheGlobal";
import { residencyDatabaseReplicas } from "./residencyDatabaseReplicas";
import { residencyDnsFailover } from "./residencyDnsFailover";
import { residencyKeyReplicas } from "./residencyKeyReplicas";
import { residencyLogDestinations } from "./residencyLogDestinations";
import { residencyRegion } from "./residencyRegion";
import { residencySecretReplicas } from "./residencySecretReplicas";
import { residencyTableReplicas } from "./residencyTableReplicas";

/** Rules on residency and transfer. */
export const residencyRules: readonly Rule[] = [
  residencyRegion,
  residencyDatabaseReplicas,
  residencyBucketReplication,
  residencyCacheGlobal,
  residencyBackupCopies,
  residencySecretReplicas,
  residencyKeyReplicas,
  residencyTableReplicas,
  residencyLogDestinations,
  residencyDnsFailover,
  dataStoreTags,
];
