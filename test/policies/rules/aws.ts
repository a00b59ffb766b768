import { BUCKET, DATABASE, KEY, SUBNET } from "../../../policies/rules/support/types";
import { draft, type Draft } from "../support/draft";

/** ARNs, addresses and providers that specs share. */
export const key = (region: string) => `arn:aws:kms:${region}:123456789012:key/0478fbd6`;
export const databaseArn = (region: string) => `arn:aws:rds:${region}:123456789012:db:records`;
export const vaultArn = (region: string) => `arn:aws:backup:${region}:123456789012:backup-vault:vault`;

/** What makes a resource stand in a region: its provider. */
export const inRegion = (region: string): Pick<Draft, "provider"> => ({ provider: { region } });

/** Tags of a store of education records. */
export const RECORD_TAGS = {
  owner: "platform",
  "data-class": "education-record",
  residency: "US",
  "legal-basis": "public-task",
};

/** A bucket, by the name `bucket`, and what refers to it by its name. */
export const bucket = (inputs: Draft["inputs"] = {}, more: Partial<Draft> = {}) =>
  draft(BUCKET, inputs, { name: "bucket", id: "bucket-1", outputs: { arn: "arn:aws:s3:::bucket-1" }, ...more });
export const recordsBucket = (more: Partial<Draft> = {}) => bucket({ tags: RECORD_TAGS }, more);
export const ofBucket = (type: string, inputs: Draft["inputs"], more: Partial<Draft> = {}) =>
  draft(type, { bucket: "bucket-1", ...inputs }, { name: type.split(":").at(-1)!, ...more });

/** The same in a preview: nobody knows the bucket's name, and the engine says what depends on it. */
export const ofNewBucket = (type: string, inputs: Draft["inputs"], unknownName: string) =>
  draft(type, { bucket: unknownName, ...inputs }, { name: type.split(":").at(-1)!, refers: { bucket: ["bucket"] } });

/** A policy of IAM as text. */
export const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A subnet in a zone, by its name. */
export const subnet = (name: string, zone: string, inputs: Draft["inputs"] = {}) =>
  draft(SUBNET, { availabilityZone: zone, vpcId: "vpc-1", ...inputs }, { name, id: name });

/** A database in a region. */
export const database = (inputs: Draft["inputs"], region = "us-east-1", more: Partial<Draft> = {}) =>
  draft(DATABASE, inputs, { name: "database", ...inRegion(region), ...more });

/** A key that nothing is wrong with. */
export const GOOD_KEY = draft(
  KEY,
  { enableKeyRotation: true, rotationPeriodInDays: 365, deletionWindowInDays: 30 },
  { name: "key", protect: true },
);
