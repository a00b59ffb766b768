import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { takesAccessLogs } from "../support/stores";
import { BUCKET, BUCKET_ENCRYPTION } from "../support/types";

export const s3KmsEncryption: GraphRule = {
  id: "s3-kms-encryption",
  title: "Every bucket is encrypted under a key of KMS",
  area: "encryption",
  severity: "high",
  frameworks: [gdpr("32(1)(a)"), ferpa("99.31(a)(1)(ii)"), coppa("312.8(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "What a bucket encrypts with S3's own keys is read by everybody who may read the bucket; a key of KMS is a second lock, and leaves a trace of each use.",
  fix: "Add a BucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms and kmsMasterKeyId.",
  scope: "stack",
  types: [BUCKET],
  check(bucket, { report, graph }) {
    const rules = graph.referrers(bucket, BUCKET_ENCRYPTION, "bucket").flatMap((one) => one.list("rules"));
    const split = rules.map((rule) => rule.text("applyServerSideEncryptionByDefault.sseAlgorithm"));
    const inline = bucket.text(
      "serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.sseAlgorithm",
    );
    const algorithms = [...split, inline].filter((algorithm) => algorithm !== undefined);
    if (algorithms.length === 0) {
      report("no encryption is configured: S3 uses keys of its own");
      return;
    }
    const isKms = algorithms.some((algorithm) => algorithm.startsWith("aws:kms"));
    if (!isKms && !takesAccessLogs(bucket, graph)) {
      report(`the algorithm is ${algorithms.join(", ")}, not aws:kms`);
    }
  },
};
