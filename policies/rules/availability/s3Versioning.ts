import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { BUCKET, BUCKET_VERSIONING } from "../support/types";

export const s3Versioning: GraphRule = {
  id: "s3-versioning",
  title: "Every bucket keeps old versions",
  area: "availability",
  severity: "high",
  frameworks: [gdpr("32(1)(c)"), soc2("A1.2"), iso27001("A.8.13"), ferpa("99.32")],
  why: "What is overwritten or deleted by mistake, or by an extortionist, is gone.",
  fix: "Add a BucketVersioning with status Enabled.",
  scope: "stack",
  types: [BUCKET],
  check(bucket, { report, graph, each }) {
    const versionings = graph.referrers(bucket, BUCKET_VERSIONING, "bucket");
    if (versionings.length === 0 && bucket.flag("versioning.enabled") !== true) {
      report("it has no versioning");
    }
    each(versionings, (versioning) => {
      if (versioning.text("versioningConfiguration.status") !== "Enabled") {
        report("its versioning is not enabled");
      }
    });
  },
};
