import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DATABASE, DATABASE_CLUSTER } from "../support/types";

export const rdsStorageEncrypted: ResourceRule = {
  id: "rds-storage-encrypted",
  title: "The storage of a database is encrypted",
  area: "encryption",
  severity: "critical",
  frameworks: [gdpr("32(1)(a)"), ferpa("99.31(a)(1)(ii)"), coppa("312.8(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Whoever gets hold of a disk, a snapshot or a backup of an unencrypted database reads every record in it.",
  fix: "Set storageEncrypted to true. A database that exists is replaced: restore an encrypted copy of its snapshot.",
  scope: "resource",
  types: [DATABASE, DATABASE_CLUSTER, "aws:rds/globalCluster:GlobalCluster"],
  // A replica in the same region is encrypted as its source is.
  applies: (database) => !database.has("replicateSourceDb") || database.has("storageEncrypted"),
  check(database, { report }) {
    if (database.flag("storageEncrypted") !== true) {
      report("storageEncrypted is not true");
    }
  },
};
