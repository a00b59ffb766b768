import { s3TlsOnly } from "../../../../policies/rules/transit/s3TlsOnly";
import { BUCKET_POLICY } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { bucket, ofBucket, policy } from "../aws";

const DENY = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

describeRule(s3TlsOnly, {
  passes: [{ what: "denied without TLS", resources: [bucket(), ofBucket(BUCKET_POLICY, { policy: policy(DENY) })] }],
  fails: [
    {
      what: "a policy about something else",
      resources: [bucket(), ofBucket(BUCKET_POLICY, { policy: policy({ ...DENY, Effect: "Allow" }) })],
    },
    {
      what: "denied to some only",
      resources: [
        bucket(),
        ofBucket(BUCKET_POLICY, { policy: policy({ ...DENY, Principal: { AWS: "123456789012" } }) }),
      ],
    },
  ],
  boundary: [
    {
      what: "denied for reading only",
      resources: [bucket(), ofBucket(BUCKET_POLICY, { policy: policy({ ...DENY, Action: "s3:GetObject" }) })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no policy", resources: [bucket()], message: /no policy/ }],
  unknown: [{ what: "the policy", resources: [bucket(), ofBucket(BUCKET_POLICY, { policy: unknown })] }],
  secret: [
    {
      what: "a secret policy",
      resources: [bucket(), ofBucket(BUCKET_POLICY, { policy: secret(policy(DENY)) })],
      expect: "passed",
    },
  ],
  notApplicable: { none: "it applies to every bucket" },
});
