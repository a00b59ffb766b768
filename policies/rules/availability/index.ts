import type { Rule } from "../../rule";
import { backupCopiedElsewhere } from "./backupCopiedElsewhere";
import { backupCoversDatabase } from "./backupCoversDatabase";
import { backupVaultLocked } from "./backupVaultLocked";
import { capacitySurvivesRegion } from "./capacitySurvivesRegion";
import { dataProtected } from "./dataProtected";
import { deletionProtection } from "./deletionProtection";
import { elasticacheMultiAz } from "./elasticacheMultiAz";
import { natInEveryZone } from "./natInEveryZone";
import { nodeGroupUpdate } from "./nodeGroupUpdate";
import { nodesInThreeZones } from "./nodesInThreeZones";
import { rdsMultiAz } from "./rdsMultiAz";
import { rdsRecoveryReplica } from "./rdsRecoveryReplica";
import { route53FailoverPair } from "./route53FailoverPair";
import { route53HealthCheck } from "./route53HealthCheck";
import { route53RecoveryTime } from "./route53RecoveryTime";
import { s3RecordsReplicated } from "./s3RecordsReplicated";
import { s3Versioning } from "./s3Versioning";
import { targetGroupHealthCheck } from "./targetGroupHealthCheck";

/** Rules on availability and recovery. */
export const availabilityRules: readonly Rule[] = [
  rdsMultiAz,
  elasticacheMultiAz,
  deletionProtection,
  dataProtected,
  backupCoversDatabase,
  backupCopiedElsewhere,
  backupVaultLocked,
  rdsRecoveryReplica,
  s3Versioning,
  s3RecordsReplicated,
  route53HealthCheck,
  route53FailoverPair,
  route53RecoveryTime,
  targetGroupHealthCheck,
  nodesInThreeZones,
  natInEveryZone,
  nodeGroupUpdate,
  capacitySurvivesRegion,
];
