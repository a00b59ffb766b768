import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { TABLE } from "../support/types";

export const dynamodbCustomerKey: ResourceRule = {
  id: "dynamodb-customer-key",
  title: "A table is encrypted under a key of the account",
  area: "encryption",
  severity: "medium",
  frameworks: [gdpr("32(1)(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Only a key of the account can be taken away from whoever got at an export or a backup.",
  fix: "Set serverSideEncryption.enabled to true, and kmsKeyArn.",
  scope: "resource",
  types: [TABLE],
  check(table, { report }) {
    if (table.flag("serverSideEncryption.enabled") !== true || !table.has("serverSideEncryption.kmsKeyArn")) {
      report("serverSideEncryption is not enabled with a kmsKeyArn");
    }
  },
};
