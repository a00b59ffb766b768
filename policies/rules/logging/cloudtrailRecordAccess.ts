import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import type { GraphRule } from "../../rule";
import { holdsRecords } from "../support/stores";
import { BUCKET, TRAIL } from "../support/types";

/** A selector for data events of all objects: it names the type, and no ARN. */
function isAllObjects(selector: Node): boolean {
  const fields = selector.list("fieldSelectors");
  return (
    fields.some(
      (field) => field.text("field") === "resources.type" && field.texts("equals").includes("AWS::S3::Object"),
    ) && !fields.some((field) => field.text("field") === "resources.ARN")
  );
}

export const cloudtrailRecordAccess: GraphRule = {
  id: "cloudtrail-record-access",
  title: "Every access to education records is recorded",
  area: "logging",
  severity: "critical",
  frameworks: [ferpa("99.32"), gdpr("5(2)"), gdpr("30"), soc2("CC7.2"), iso27001("A.8.15")],
  why: "FERPA demands a record of who read what, for as long as the record itself is kept.",
  fix: "Give a trail a selector for data events of the bucket's objects (advancedEventSelectors, resources.ARN).",
  scope: "stack",
  types: [BUCKET],
  settings: ["dataTag", "recordClasses"],
  applies: (bucket, { settings }) => holdsRecords(bucket, settings),
  check(bucket, { report, graph, each }) {
    const arns = [bucket.isUnknown("arn") ? undefined : bucket.text("arn"), bucket.id && `arn:aws:s3:::${bucket.id}`];
    const names = arns.filter((arn) => arn !== undefined).map((arn) => `${arn}/`);
    let watched = false;
    const known = each(graph.ofType(TRAIL), (trail) => {
      const selected = [
        ...trail.texts("advancedEventSelectors[*].fieldSelectors[*].startsWiths"),
        ...trail.texts("advancedEventSelectors[*].fieldSelectors[*].equals"),
        ...trail.texts("eventSelectors[*].dataResources[*].values"),
      ];
      const isAll = trail.nodes("advancedEventSelectors[*]").some(isAllObjects);
      watched ||=
        isAll ||
        selected.some(
          (value) =>
            value === "arn:aws:s3" || names.some((name) => name.startsWith(value) && value.startsWith("arn:aws:s3:::")),
        );
    });
    if (!watched && known) {
      report("no trail of the stack records who reads and writes its objects");
    }
  },
};
