import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { regionsOf, unwatched } from "../support/regions";
import { STACK } from "../support/types";

export const guarddutyEveryRegion: GraphRule = {
  id: "guardduty-every-region",
  title: "GuardDuty watches every region in use",
  area: "logging",
  severity: "high",
  frameworks: [soc2("CC7.2"), soc2("CC6.8"), gdpr("32(1)(b)"), gdpr("33"), iso27001("A.8.16"), iso27001("A.8.7")],
  why: "Stolen credentials are used where nobody looks.",
  fix: "Add a Detector with enable true in each region.",
  scope: "stacks",
  types: [STACK],
  applies: (stack, { graph }) => regionsOf(stack, graph).length > 0,
  check(stack, { report, graph }) {
    const missing = unwatched(
      stack,
      graph,
      ["aws:guardduty/detector:Detector"],
      (detector) => detector.flag("enable") !== false,
    );
    if (missing.length > 0) {
      report(`no detector in ${missing.join(", ")}`);
    }
  },
};
