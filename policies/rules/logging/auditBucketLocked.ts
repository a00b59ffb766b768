import { ferpa, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { BUCKET, BUCKET_LOCK, TRAIL } from "../support/types";

export const auditBucketLocked: GraphRule = {
  id: "audit-bucket-locked",
  title: "Files of a trail cannot be deleted for a while",
  area: "logging",
  severity: "medium",
  frameworks: [ferpa("99.32"), soc2("CC7.3"), iso27001("A.5.28"), iso27001("A.5.33")],
  why: "Who breaks in deletes the traces first.",
  fix: "Give the bucket of the trail versioning and a BucketObjectLockConfiguration with a default retention.",
  scope: "stack",
  types: [TRAIL],
  // A bucket of another account is locked there.
  applies: (trail, { graph }) => graph.targets(trail, "s3BucketName", BUCKET).length > 0,
  check(trail, { report, graph, each }) {
    each(graph.targets(trail, "s3BucketName", BUCKET), (bucket) => {
      const locks = graph.referrers(bucket, BUCKET_LOCK, "bucket");
      const days = locks.flatMap((lock) => [
        lock.number("rule.defaultRetention.days") ?? 0,
        lock.number("rule.defaultRetention.years") ?? 0,
      ]);
      if (Math.max(0, ...days) === 0) {
        report(`the bucket ${bucket.name} has no object lock with a default retention`);
      }
    });
  },
};
