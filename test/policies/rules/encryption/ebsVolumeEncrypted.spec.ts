import { ebsVolumeEncrypted } from "../../../../policies/rules/encryption/ebsVolumeEncrypted";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  ebsVolumeEncrypted,
  valuesOf({ type: "aws:ebs/volume:Volume", path: "encrypted", good: [true], bad: [false] }),
);
