import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { BUCKET, BUCKET_PUBLIC_ACCESS } from "../support/types";

const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const s3PublicAccessBlock: GraphRule = {
  id: "s3-public-access-block",
  title: "Every bucket blocks public access",
  area: "exposure",
  severity: "critical",
  frameworks: [
    ferpa("99.31(a)(1)(ii)"),
    coppa("312.8(a)"),
    gdpr("32(1)(b)"),
    soc2("CC6.1"),
    iso27001("A.8.3"),
    ferpa("99.30"),
  ],
  why: "One wrong policy or ACL publishes every record in a bucket.",
  fix: "Add a BucketPublicAccessBlock for the bucket with all four flags true.",
  scope: "stack",
  types: [BUCKET],
  check(bucket, { report, graph, each }) {
    const blocks = graph.referrers(bucket, BUCKET_PUBLIC_ACCESS, "bucket");
    if (blocks.length === 0) {
      report("it has no BucketPublicAccessBlock");
    }
    each(blocks, (block) => {
      const off = FLAGS.filter((flag) => block.flag(flag) !== true);
      if (off.length > 0) {
        report(`its public access block leaves ${off.join(", ")} off`);
      }
    });
  },
};
