import { kmsKeyPolicy } from "../../../../policies/rules/encryption/kmsKeyPolicy";
import { KEY } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { policy } from "../aws";

const ALLOW = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };

describeRule(kmsKeyPolicy, {
  passes: [
    {
      what: "the account",
      resources: [draft(KEY, { policy: policy({ ...ALLOW, Principal: { AWS: "arn:aws:iam::123456789012:root" } }) })],
    },
  ],
  fails: [
    { what: "everybody", resources: [draft(KEY, { policy: policy({ ...ALLOW, Principal: "*" }) })] },
    { what: "everybody, of AWS", resources: [draft(KEY, { policy: policy({ ...ALLOW, Principal: { AWS: ["*"] } }) })] },
    {
      what: "everybody but one",
      resources: [draft(KEY, { policy: policy({ ...ALLOW, NotPrincipal: { AWS: "x" } }) })],
    },
  ],
  boundary: [
    {
      what: "everybody, through one service",
      resources: [
        draft(KEY, {
          policy: policy({
            ...ALLOW,
            Principal: "*",
            Condition: { StringEquals: { "kms:ViaService": "s3.amazonaws.com" } },
          }),
        }),
      ],
      expect: "passed",
    },
  ],
  absent: { none: "a key without a policy has the account's default" },
  unknown: [{ what: "the policy", resources: [draft(KEY, { policy: unknown })] }],
  secret: [
    {
      what: "a secret policy",
      resources: [draft(KEY, { policy: secret(policy({ ...ALLOW, Principal: "*" })) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "no policy", resources: [draft(KEY, {})] }],
});
