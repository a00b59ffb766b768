import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";

export const efsEncrypted: ResourceRule = {
  id: "efs-encrypted",
  title: "A file system is encrypted",
  area: "encryption",
  severity: "high",
  frameworks: [gdpr("32(1)(a)"), ferpa("99.31(a)(1)(ii)"), coppa("312.8(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Files of pupils lie in clear on disks that others use afterwards.",
  fix: "Set encrypted to true: the file system is replaced.",
  scope: "resource",
  types: ["aws:efs/fileSystem:FileSystem"],
  check(fileSystem, { report }) {
    if (fileSystem.flag("encrypted") !== true) {
      report("encrypted is not true");
    }
  },
};
