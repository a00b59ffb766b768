import { launchTemplateVolumesEncrypted } from "../../../../policies/rules/encryption/launchTemplateVolumesEncrypted";
import { LAUNCH_TEMPLATE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(
  launchTemplateVolumesEncrypted,
  valuesOf({
    type: LAUNCH_TEMPLATE,
    base: { blockDeviceMappings: [{ ebs: { volumeSize: 10 } }] },
    path: "blockDeviceMappings[0].ebs.encrypted",
    good: ["true"],
    bad: ["false"],
    notApplicable: [{ what: "without mappings", resources: [draft(LAUNCH_TEMPLATE, {})] }],
  }),
);
