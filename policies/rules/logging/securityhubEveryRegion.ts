import { iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { regionsOf, unwatched } from "../support/regions";
import { STACK } from "../support/types";

export const securityhubEveryRegion: GraphRule = {
  id: "securityhub-every-region",
  title: "Security Hub collects findings in every region in use",
  area: "logging",
  severity: "high",
  frameworks: [soc2("CC7.1"), soc2("CC7.3"), iso27001("A.8.16"), iso27001("A.8.8")],
  why: "Findings that nobody collects are read by nobody.",
  fix: "Add a securityhub Account in each region.",
  scope: "stacks",
  types: [STACK],
  applies: (stack, { graph }) => regionsOf(stack, graph).length > 0,
  check(stack, { report, graph }) {
    const missing = unwatched(stack, graph, ["aws:securityhub/account:Account"]);
    if (missing.length > 0) {
      report(`no Security Hub in ${missing.join(", ")}`);
    }
  },
};
