import { ferpa, gdpr, iso27001 } from "../../frameworks";
import { regionOf, regionOfArn } from "../../regions";
import type { GraphRule } from "../../rule";
import { reportTransfer } from "../support/transfer";
import { BUCKET_LOGGING, LOAD_BALANCER, TRAIL } from "../support/types";

const PATHS = ["s3BucketName", "accessLogs.bucket", "targetBucket", "logDestination", "destinationArn"];

export const residencyLogDestinations: GraphRule = {
  id: "residency-log-destinations",
  title: "Logs stay in the jurisdiction of what they are about",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), gdpr("5(1)(f)"), ferpa("99.31(a)(1)(i)(B)"), iso27001("A.5.34"), iso27001("A.5.23")],
  why: "Access logs hold addresses of pupils, and trails what was done to their records.",
  fix: "Write logs to a bucket or log group in the same jurisdiction.",
  scope: "stack",
  types: [
    TRAIL,
    LOAD_BALANCER,
    BUCKET_LOGGING,
    "aws:ec2/flowLog:FlowLog",
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
  ],
  settings: ["jurisdictions"],
  check(source, { report, graph, settings, each }) {
    each(PATHS, (path) => {
      for (const target of graph.targets(
        source,
        path,
        /^aws:(s3\/bucket|cloudwatch\/logGroup|kinesis\/\w+|cfg\/\w+):/,
      )) {
        reportTransfer(regionOf(source), regionOf(target), settings, report);
      }
      if (path === "destinationArn" || path === "logDestination") {
        reportTransfer(regionOf(source), regionOfArn(source.text(path)), settings, report);
      }
    });
  },
};
