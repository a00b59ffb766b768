import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { VPC } from "../support/types";

export const vpcFlowLog: GraphRule = {
  id: "vpc-flow-log",
  title: "Every network keeps a flow log",
  area: "exposure",
  severity: "high",
  frameworks: [soc2("CC7.2"), gdpr("33"), iso27001("A.8.15"), iso27001("A.8.16")],
  why: "After a breach nobody can say who talked to whom, and how much went out.",
  fix: "Add a FlowLog with trafficType ALL for the VPC.",
  scope: "stack",
  types: [VPC],
  check(vpc, { report, graph, each }) {
    const logs = graph.referrers(vpc, "aws:ec2/flowLog:FlowLog", "vpcId");
    if (logs.length === 0) {
      report("it has no flow log");
    }
    each(logs, (log) => {
      if (log.text("trafficType") !== undefined && log.text("trafficType") !== "ALL") {
        report("its flow log does not take all traffic");
      }
    });
  },
};
