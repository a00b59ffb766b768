import { s3KmsEncryption } from "../../../../policies/rules/encryption/s3KmsEncryption";
import { BUCKET_ENCRYPTION, LOAD_BALANCER } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { bucket, ofBucket, ofNewBucket } from "../aws";

const by = (algorithm: string) => ({ rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: algorithm } }] });

describeRule(s3KmsEncryption, {
  passes: [
    { what: "aws:kms by the split resource", resources: [bucket(), ofBucket(BUCKET_ENCRYPTION, by("aws:kms"))] },
    {
      what: "the old V2 tokens",
      resources: [
        draft("aws:s3/bucketV2:BucketV2", {}, { name: "bucket", id: "bucket-1" }),
        ofBucket(
          "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
          by("aws:kms"),
        ),
      ],
    },
    {
      what: "in a preview, by what depends on the bucket",
      resources: [bucket({}, { id: undefined, outputs: {} }), ofNewBucket(BUCKET_ENCRYPTION, by("aws:kms"), unknown)],
    },
  ],
  fails: [{ what: "keys of S3", resources: [bucket(), ofBucket(BUCKET_ENCRYPTION, by("AES256"))], message: /AES256/ }],
  boundary: [
    {
      what: "load balancers write to keys of S3 only",
      resources: [
        bucket(),
        ofBucket(BUCKET_ENCRYPTION, by("AES256")),
        draft(LOAD_BALANCER, { accessLogs: { bucket: "bucket-1" } }, { name: "lb" }),
      ],
      expect: "passed",
    },
    {
      what: "another bucket's configuration does not count",
      resources: [bucket(), draft(BUCKET_ENCRYPTION, { bucket: "other", ...by("aws:kms") }, { name: "e" })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no configuration", resources: [bucket()] }],
  unknown: [{ what: "the algorithm", resources: [bucket(), ofBucket(BUCKET_ENCRYPTION, by(unknown))] }],
  secret: [
    {
      what: "a secret algorithm",
      resources: [
        bucket(),
        ofBucket(BUCKET_ENCRYPTION, {
          rules: secret([{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }]),
        }),
      ],
      expect: "passed",
    },
  ],
  notApplicable: [{ what: "a bucket that is only read", resources: [draft(BUCKET_ENCRYPTION, {})] }],
});
