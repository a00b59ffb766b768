import { backupVaultCustomerKey } from "../../../../policies/rules/encryption/backupVaultCustomerKey";
import { VAULT } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { key } from "../aws";

describeRule(
  backupVaultCustomerKey,
  valuesOf({ type: VAULT, path: "kmsKeyArn", good: [key("us-east-1")], bad: [null] }),
);
