import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { LAUNCH_TEMPLATE } from "../support/types";

export const launchTemplateVolumesEncrypted: ResourceRule = {
  id: "launch-template-volumes-encrypted",
  title: "The volumes of a launch template are encrypted",
  area: "encryption",
  severity: "high",
  frameworks: [gdpr("32(1)(a)"), ferpa("99.31(a)(1)(ii)"), coppa("312.8(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Images, caches of pods and swapped memory lie on the disks of nodes.",
  fix: "Set ebs.encrypted to true in each of blockDeviceMappings, with the key of the account.",
  scope: "resource",
  types: [LAUNCH_TEMPLATE],
  // Without mappings the volumes are those of the image.
  applies: (template) => template.list("blockDeviceMappings").length > 0,
  check(template, { report, each }) {
    each(template.list("blockDeviceMappings"), (mapping) => {
      if (mapping.keys("ebs").length > 0 && mapping.flag("ebs.encrypted") !== true) {
        report(`${mapping.path}.ebs.encrypted is not true`);
      }
    });
  },
};
