import { gdpr, iso27001, soc2 } from "../../frameworks";
import { regionOf } from "../../regions";
import type { GraphRule } from "../../rule";
import { holdsRecords } from "../support/stores";
import { BUCKET, BUCKET_REPLICATION } from "../support/types";

export const s3RecordsReplicated: GraphRule = {
  id: "s3-records-replicated",
  title: "Education records in a bucket are replicated to another region",
  area: "availability",
  severity: "high",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.14"), iso27001("A.5.30"), gdpr("32(1)(c)")],
  why: "S3 loses a region's objects for as long as the region is gone.",
  fix: "Add a BucketReplicationConfig with an enabled rule to a versioned bucket in another region, and say deleteMarkerReplication.",
  scope: "stack",
  types: [BUCKET],
  settings: ["dataTag", "recordClasses"],
  applies: (bucket, { settings }) => holdsRecords(bucket, settings),
  check(bucket, { report, graph, each }) {
    const replications = graph.referrers(bucket, BUCKET_REPLICATION, "bucket");
    if (replications.length === 0) {
      report("it is not replicated");
    }
    each(replications, (replication) => {
      const rules = replication.list("rules");
      if (!rules.some((rule) => rule.text("status") === "Enabled")) {
        report("no rule of its replication is enabled");
      }
      if (!rules.every((rule) => rule.has("deleteMarkerReplication.status"))) {
        report("its replication does not say what becomes of deletions (deleteMarkerReplication)");
      }
      for (const target of graph.targets(replication, "rules[*].destination.bucket", BUCKET)) {
        if (regionOf(target) === regionOf(bucket)) {
          report("it is replicated inside its own region");
        }
      }
    });
  },
};
