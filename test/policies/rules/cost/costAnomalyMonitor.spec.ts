import { costAnomalyMonitor } from "../../../../policies/rules/cost/costAnomalyMonitor";
import { VPC, ROLE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { inRegion } from "../aws";

const MONITOR = draft("aws:costexplorer/anomalyMonitor:AnomalyMonitor", {}, { name: "monitor" });
const SUBSCRIPTION = draft("aws:costexplorer/anomalySubscription:AnomalySubscription", {}, { name: "subscription" });
const NETWORK = draft(VPC, {}, { name: "network", ...inRegion("us-east-1") });

describeRule(costAnomalyMonitor, {
  passes: [{ what: "both", resources: [NETWORK, MONITOR, SUBSCRIPTION] }],
  fails: [{ what: "a monitor that tells nobody", resources: [NETWORK, MONITOR] }],
  boundary: { none: "the amount is the owner's choice" },
  absent: [{ what: "none", resources: [NETWORK] }],
  unknown: [{ what: "the region in use", resources: [draft(VPC, { region: unknown })] }],
  secret: { none: "nothing of it is a secret" },
  notApplicable: [{ what: "a stack without regional resources", resources: [draft(ROLE, {})] }],
});
