import { efsEncrypted } from "../../../../policies/rules/encryption/efsEncrypted";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  efsEncrypted,
  valuesOf({ type: "aws:efs/fileSystem:FileSystem", path: "encrypted", good: [true], bad: [false] }),
);
