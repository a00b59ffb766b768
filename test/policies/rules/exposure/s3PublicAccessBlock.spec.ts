import { s3PublicAccessBlock } from "../../../../policies/rules/exposure/s3PublicAccessBlock";
import { BUCKET_PUBLIC_ACCESS } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { bucket, ofBucket, ofNewBucket } from "../aws";

const ALL = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

describeRule(s3PublicAccessBlock, {
  passes: [
    { what: "all four", resources: [bucket(), ofBucket(BUCKET_PUBLIC_ACCESS, ALL)] },
    {
      what: "in a preview, by what depends on the bucket",
      resources: [bucket({}, { id: undefined, outputs: {} }), ofNewBucket(BUCKET_PUBLIC_ACCESS, ALL, unknown)],
    },
  ],
  fails: [{ what: "none", resources: [bucket()], message: /no BucketPublicAccessBlock/ }],
  boundary: [
    {
      what: "three of four",
      resources: [bucket(), ofBucket(BUCKET_PUBLIC_ACCESS, { ...ALL, ignorePublicAcls: false })],
      expect: "violated",
      message: /leaves ignorePublicAcls off/,
    },
  ],
  absent: [
    {
      what: "a flag that is not set is off",
      resources: [bucket(), ofBucket(BUCKET_PUBLIC_ACCESS, { blockPublicAcls: true })],
    },
  ],
  unknown: [
    { what: "a flag", resources: [bucket(), ofBucket(BUCKET_PUBLIC_ACCESS, { ...ALL, blockPublicPolicy: unknown })] },
  ],
  secret: [
    {
      what: "a secret flag",
      resources: [bucket(), ofBucket(BUCKET_PUBLIC_ACCESS, { ...ALL, blockPublicPolicy: secret(true) })],
      expect: "passed",
    },
  ],
  notApplicable: { none: "it applies to every bucket" },
});
