import type { Models } from "../model";

/** What belongs to a bucket is called like it. */
const ofBucket = { id: "{bucket}", scope: "global" } as const;

/** S3: bucket names are unique among all accounts and regions. */
export const storage: Models = {
  "aws:s3/bucket:Bucket": {
    id: "{name}",
    scope: "global",
    tagged: true,
    name: {
      property: "bucket",
      max: 63,
      pattern: /^(?!xn--|sthree-)[a-z0-9][a-z0-9.-]+[a-z0-9]$/,
      lower: true,
      taken: "BucketAlreadyExists: The requested bucket name is not available: {name}",
    },
    outputs: {
      arn: "arn:aws:s3:::{name}",
      bucketDomainName: "{name}.s3.amazonaws.com",
      bucketRegion: "{region}",
      bucketRegionalDomainName: "{name}.s3.{region}.amazonaws.com",
      hostedZoneId: "Z{ALNUM:13}",
    },
  },
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket,
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": ofBucket,
  "aws:s3/bucketLogging:BucketLogging": ofBucket,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket,
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": ofBucket,
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": { id: "{account}", scope: "account" },
};
