import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { keepsData } from "../support/regions";
import { STACK, TRAIL } from "../support/types";

export const cloudtrailEveryRegion: GraphRule = {
  id: "cloudtrail-every-region",
  title: "A trail records management events of every region",
  area: "logging",
  severity: "critical",
  frameworks: [ferpa("99.32"), gdpr("30"), gdpr("33"), soc2("CC7.2"), iso27001("A.8.15")],
  why: "What somebody does in a region that nobody watches is seen by nobody.",
  fix: "Set isMultiRegionTrail and includeGlobalServiceEvents to true on one trail of the account.",
  scope: "stacks",
  types: [STACK],
  applies: (stack, { graph }) => keepsData(stack, graph),
  check(_stack, { report, graph }) {
    const trails = graph.ofType(TRAIL);
    if (
      !trails.some(
        (trail) => trail.flag("isMultiRegionTrail") === true && trail.flag("includeGlobalServiceEvents") !== false,
      )
    ) {
      report("no trail of all regions, with global services, is among the stacks");
    }
  },
};
