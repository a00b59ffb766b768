import { rdsStorageEncrypted } from "../../../../policies/rules/encryption/rdsStorageEncrypted";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

const TYPE = "aws:rds/instance:Instance";

describeRule(rdsStorageEncrypted, {
  passes: [{ what: "an encrypted database", resources: [draft(TYPE, { storageEncrypted: true })] }],
  fails: [
    { what: "a database in clear", resources: [draft(TYPE, { storageEncrypted: false })], message: /storageEncrypted/ },
    { what: "a cluster in clear", resources: [draft("aws:rds/cluster:Cluster", { storageEncrypted: false })] },
  ],
  boundary: [
    { what: "true as text", resources: [draft(TYPE, { storageEncrypted: "true" })], expect: "passed" },
    { what: "text that is not true", resources: [draft(TYPE, { storageEncrypted: "yes" })], expect: "violated" },
  ],
  absent: [{ what: "the default of RDS is in clear", resources: [draft(TYPE, {})] }],
  unknown: [{ what: "a flag that is not known yet", resources: [draft(TYPE, { storageEncrypted: unknown })] }],
  secret: [
    {
      what: "a secret flag is read, and not quoted",
      resources: [draft(TYPE, { storageEncrypted: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a replica inherits it", resources: [draft(TYPE, { replicateSourceDb: "primary" })] }],
});
