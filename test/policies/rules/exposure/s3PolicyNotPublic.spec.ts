import { s3PolicyNotPublic } from "../../../../policies/rules/exposure/s3PolicyNotPublic";
import { BUCKET, BUCKET_POLICY } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { policy } from "../aws";

const READ = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

describeRule(s3PolicyNotPublic, {
  passes: [
    {
      what: "one distribution",
      resources: [
        draft(BUCKET_POLICY, { policy: policy({ ...READ, Principal: { Service: "cloudfront.amazonaws.com" } }) }),
      ],
    },
    {
      what: "everybody is denied",
      resources: [draft(BUCKET_POLICY, { policy: policy({ ...READ, Effect: "Deny", Principal: "*" }) })],
    },
  ],
  fails: [{ what: "everybody", resources: [draft(BUCKET_POLICY, { policy: policy({ ...READ, Principal: "*" }) })] }],
  boundary: [
    {
      what: "everybody from one network",
      resources: [
        draft(BUCKET_POLICY, {
          policy: policy({ ...READ, Principal: "*", Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }),
        }),
      ],
      expect: "passed",
    },
  ],
  absent: { none: "without a policy there is nothing that lets anybody in" },
  unknown: [{ what: "the policy", resources: [draft(BUCKET_POLICY, { policy: unknown })] }],
  secret: [
    {
      what: "a secret policy",
      resources: [draft(BUCKET_POLICY, { policy: secret(policy({ ...READ, Principal: "*" })) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a bucket without a policy of its own", resources: [draft(BUCKET, {})] }],
});
