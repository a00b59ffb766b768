import { ferpa, gdpr, iso27001 } from "../../frameworks";
import { regionOf } from "../../regions";
import type { GraphRule } from "../../rule";
import { reportTransfer } from "../support/transfer";
import { BUCKET, BUCKET_REPLICATION } from "../support/types";

export const residencyBucketReplication: GraphRule = {
  id: "residency-bucket-replication",
  title: "Objects are replicated inside their jurisdiction",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), gdpr("5(1)(f)"), ferpa("99.31(a)(1)(i)(B)"), iso27001("A.5.34"), iso27001("A.5.23")],
  why: "A replica is a whole copy of the records, in another country.",
  fix: "Replicate to a bucket in another region of the same jurisdiction.",
  scope: "stack",
  types: [BUCKET_REPLICATION],
  settings: ["jurisdictions"],
  check(replication, { report, graph, settings, each }) {
    const from = regionOf(graph.targets(replication, "bucket", BUCKET)[0] ?? replication);
    each(graph.targets(replication, "rules[*].destination.bucket", BUCKET), (bucket) => {
      reportTransfer(from, regionOf(bucket), settings, report);
    });
  },
};
