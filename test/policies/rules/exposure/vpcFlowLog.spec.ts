import { vpcFlowLog } from "../../../../policies/rules/exposure/vpcFlowLog";
import { VPC } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const LOG = "aws:ec2/flowLog:FlowLog";
const NETWORK = draft(VPC, {}, { name: "network", id: "vpc-1" });
const log = (inputs: any) => draft(LOG, { vpcId: "vpc-1", ...inputs }, { name: "log" });

describeRule(vpcFlowLog, {
  passes: [{ what: "all traffic", resources: [NETWORK, log({ trafficType: "ALL" })] }],
  fails: [{ what: "only what was accepted", resources: [NETWORK, log({ trafficType: "ACCEPT" })] }],
  boundary: [
    {
      what: "the log of another network",
      resources: [NETWORK, draft(LOG, { vpcId: "vpc-2" }, { name: "log" })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no log", resources: [NETWORK] }],
  unknown: [{ what: "the type of traffic", resources: [NETWORK, log({ trafficType: unknown })] }],
  secret: { none: "nothing of a flow log is a secret" },
  notApplicable: { none: "it applies to every network" },
});
