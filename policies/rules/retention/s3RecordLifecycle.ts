import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { coversAll, expiryDaysOf, holdsRecords } from "../support/stores";
import { BUCKET, BUCKET_LIFECYCLE } from "../support/types";

export const s3RecordLifecycle: GraphRule = {
  id: "s3-record-lifecycle",
  title: "Data about pupils in a bucket is deleted in the end, old versions and torn uploads too",
  area: "retention",
  severity: "critical",
  frameworks: [coppa("312.10"), gdpr("5(1)(e)"), gdpr("17"), ferpa("99.35(b)"), soc2("C1.2"), iso27001("A.8.10")],
  why: "Children's data may not be kept indefinitely (COPPA); what nobody deletes, stays.",
  fix: "Add a BucketLifecycleConfiguration with a rule for all objects: expiration.days, noncurrentVersionExpiration and abortIncompleteMultipartUpload.",
  scope: "stack",
  types: [BUCKET],
  settings: ["dataTag", "recordClasses", "maxRetentionDays"],
  applies: (bucket, { settings }) => holdsRecords(bucket, settings),
  check(bucket, { report, graph, settings }) {
    const rules = graph
      .referrers(bucket, BUCKET_LIFECYCLE, "bucket")
      .flatMap((lifecycle) => lifecycle.list("rules"))
      .filter((rule) => rule.text("status") === "Enabled" && coversAll(rule));
    const days = expiryDaysOf(bucket, graph);
    if (days === undefined) {
      report("no lifecycle rule expires its objects");
    } else if (days > settings.maxRetentionDays) {
      report(`its objects expire after ${days} days, more than ${settings.maxRetentionDays}`);
    }
    if (!rules.some((rule) => rule.has("noncurrentVersionExpiration.noncurrentDays"))) {
      report("no lifecycle rule expires old versions");
    }
    if (!rules.some((rule) => rule.has("abortIncompleteMultipartUpload.daysAfterInitiation"))) {
      report("no lifecycle rule ends torn uploads");
    }
  },
};
