import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { takesAccessLogs } from "../support/stores";
import { BUCKET, BUCKET_LOGGING } from "../support/types";

export const s3AccessLogs: GraphRule = {
  id: "s3-access-logs",
  title: "A bucket logs who reads and writes it",
  area: "logging",
  severity: "high",
  frameworks: [ferpa("99.32"), gdpr("30"), gdpr("33"), soc2("CC7.2"), iso27001("A.8.15")],
  why: "Without it nobody can say what was read before a leak was closed.",
  fix: "Add a BucketLogging with a targetBucket in the same region.",
  scope: "stack",
  types: [BUCKET],
  // A bucket of access logs would log its own log.
  applies: (bucket, { graph }) => !takesAccessLogs(bucket, graph),
  check(bucket, { report, graph }) {
    if (graph.referrers(bucket, BUCKET_LOGGING, "bucket").length === 0 && !bucket.has("logging.targetBucket")) {
      report("it has no access log");
    }
  },
};
