import { kmsKeyDeletionWindow } from "../../../../policies/rules/encryption/kmsKeyDeletionWindow";
import { KEY } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  kmsKeyDeletionWindow,
  valuesOf({ type: KEY, path: "deletionWindowInDays", good: [30], bad: [7], absent: "passed", within: 14, beyond: 13 }),
);
