import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { NODE_GROUP } from "../support/types";

export const nodeGroupUpdate: ResourceRule = {
  id: "node-group-update",
  title: "Nodes are replaced a few at a time",
  area: "availability",
  severity: "medium",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.14"), iso27001("A.5.30"), soc2("CC8.1")],
  why: "Without a limit an upgrade drains nodes one by one for hours, or too many at once.",
  fix: "Set updateConfig.maxUnavailable or maxUnavailablePercentage (33 at most).",
  scope: "resource",
  types: [NODE_GROUP],
  check(group, { report }) {
    if (!group.has("updateConfig.maxUnavailable") && !group.has("updateConfig.maxUnavailablePercentage")) {
      report("updateConfig is not set");
    }
    const percent = group.number("updateConfig.maxUnavailablePercentage") ?? 0;
    if (percent > 34) {
      report(`updateConfig.maxUnavailablePercentage is ${percent}, more than a third`);
    }
  },
};
