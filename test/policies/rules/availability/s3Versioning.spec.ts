import { s3Versioning } from "../../../../policies/rules/availability/s3Versioning";
import { BUCKET_VERSIONING } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { unknown } from "../../support/draft";
import { bucket, ofBucket } from "../aws";

const versioning = (status: string) => ofBucket(BUCKET_VERSIONING, { versioningConfiguration: { status } });

describeRule(s3Versioning, {
  passes: [
    { what: "enabled", resources: [bucket(), versioning("Enabled")] },
    { what: "on the bucket itself", resources: [bucket({ versioning: { enabled: true } })] },
  ],
  fails: [{ what: "suspended", resources: [bucket(), versioning("Suspended")] }],
  boundary: { none: "there is no limit" },
  absent: [{ what: "none", resources: [bucket()] }],
  unknown: [{ what: "the status", resources: [bucket(), versioning(unknown)] }],
  secret: { none: "nothing of it is a secret" },
  notApplicable: { none: "it applies to every bucket" },
});
