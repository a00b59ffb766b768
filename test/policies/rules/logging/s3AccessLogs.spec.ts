import { s3AccessLogs } from "../../../../policies/rules/logging/s3AccessLogs";
import { BUCKET, BUCKET_LOGGING, LOAD_BALANCER } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { bucket, ofBucket, ofNewBucket } from "../aws";

describeRule(s3AccessLogs, {
  passes: [{ what: "logged", resources: [bucket(), ofBucket(BUCKET_LOGGING, { targetBucket: "logs" })] }],
  fails: [
    {
      what: "another bucket is logged",
      resources: [bucket(), draft(BUCKET_LOGGING, { bucket: "other", targetBucket: "logs" }, { name: "logging" })],
    },
  ],
  boundary: [
    {
      what: "in a preview, by what depends on the bucket",
      resources: [bucket({}, { id: undefined, outputs: {} }), ofNewBucket(BUCKET_LOGGING, {}, unknown)],
      expect: "passed",
    },
  ],
  absent: [{ what: "no log", resources: [bucket()] }],
  unknown: [{ what: "logging of the bucket itself", resources: [draft(BUCKET, { logging: unknown })] }],
  secret: { none: "nothing of a log is a secret" },
  notApplicable: [
    {
      what: "the bucket of access logs",
      resources: [bucket(), draft(LOAD_BALANCER, { accessLogs: { bucket: "bucket-1" } }, { name: "lb" })],
    },
  ],
});
