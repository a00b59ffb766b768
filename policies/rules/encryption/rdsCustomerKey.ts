import { gdpr, iso27001, soc2 } from "../../frameworks";
import { regionOf, regionOfArn } from "../../regions";
import type { ResourceRule } from "../../rule";
import { DATABASE, DATABASE_CLUSTER } from "../support/types";

export const rdsCustomerKey: ResourceRule = {
  id: "rds-customer-key",
  title: "A database is encrypted under a key of the account, of its own region",
  area: "encryption",
  severity: "high",
  frameworks: [gdpr("32(1)(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Only a key of the account can be taken away from whoever got at a snapshot. A key of another region cannot encrypt the copy, and a shared one ties regions together.",
  fix: "Set kmsKeyId to the ARN of a KMS key in the database's region.",
  scope: "resource",
  types: [DATABASE, DATABASE_CLUSTER],
  // A replica in the same region has the key of its source, and cannot have another.
  applies: (database) => {
    const source = database.text("replicateSourceDb");
    return source === undefined || (regionOfArn(source) ?? regionOf(database)) !== regionOf(database);
  },
  check(database, { report }) {
    const key = database.text("kmsKeyId");
    if (key === undefined) {
      report("kmsKeyId is not set: the key is AWS's own");
      return;
    }
    const [keyRegion, region] = [regionOfArn(key), regionOf(database)];
    if (keyRegion !== undefined && region !== undefined && keyRegion !== region) {
      report(`the key is in ${keyRegion}, the database in ${region}`);
    }
  },
};
