import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";

export const ebsVolumeEncrypted: ResourceRule = {
  id: "ebs-volume-encrypted",
  title: "A volume is encrypted",
  area: "encryption",
  severity: "high",
  frameworks: [gdpr("32(1)(a)"), ferpa("99.31(a)(1)(ii)"), coppa("312.8(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Whoever gets hold of a snapshot of an unencrypted volume reads it.",
  fix: "Set encrypted to true: the volume is replaced.",
  scope: "resource",
  types: ["aws:ebs/volume:Volume"],
  check(volume, { report }) {
    if (volume.flag("encrypted") !== true) {
      report("encrypted is not true");
    }
  },
};
