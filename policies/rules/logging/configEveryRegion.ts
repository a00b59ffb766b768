import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { regionsOf, unwatched } from "../support/regions";
import { STACK } from "../support/types";

export const configEveryRegion: GraphRule = {
  id: "config-every-region",
  title: "AWS Config records every region in use",
  area: "logging",
  severity: "high",
  frameworks: [soc2("CC7.1"), soc2("CC8.1"), gdpr("5(2)"), iso27001("A.8.9"), iso27001("A.5.28")],
  why: "Without its history nobody can say what was open, and since when.",
  fix: "Add a Recorder, and a RecorderStatus with isEnabled true, in each region.",
  scope: "stacks",
  types: [STACK],
  applies: (stack, { graph }) => regionsOf(stack, graph).length > 0,
  check(stack, { report, graph }) {
    const missing = [
      ...unwatched(stack, graph, ["aws:cfg/recorder:Recorder"]),
      ...unwatched(
        stack,
        graph,
        ["aws:cfg/recorderStatus:RecorderStatus"],
        (status) => status.flag("isEnabled") === true,
      ),
    ];
    if (missing.length > 0) {
      report(`nothing is recorded in ${[...new Set(missing)].join(", ")}`);
    }
  },
};
