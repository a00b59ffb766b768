import { iamIrsaExactSubject } from "../../../../policies/rules/identity/iamIrsaExactSubject";
import { ROLE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { policy } from "../aws";

const ISSUER = "oidc.eks.us-east-1.amazonaws.com/id/ABC";
const role = (condition?: object) =>
  draft(ROLE, {
    assumeRolePolicy: policy({
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` },
      ...(condition === undefined ? {} : { Condition: condition }),
    }),
  });

describeRule(iamIrsaExactSubject, {
  passes: [
    {
      what: "one service account",
      resources: [
        role({
          StringEquals: { [`${ISSUER}:sub`]: "system:serviceaccount:blue:api", [`${ISSUER}:aud`]: "sts.amazonaws.com" },
        }),
      ],
    },
  ],
  fails: [
    {
      what: "any of a namespace",
      resources: [
        role({
          StringEquals: { [`${ISSUER}:sub`]: "system:serviceaccount:blue:*", [`${ISSUER}:aud`]: "sts.amazonaws.com" },
        }),
      ],
    },
    {
      what: "no audience",
      resources: [role({ StringEquals: { [`${ISSUER}:sub`]: "system:serviceaccount:blue:api" } })],
      message: /aud/,
    },
  ],
  boundary: [
    {
      what: "compared by pattern",
      resources: [
        role({
          StringLike: { [`${ISSUER}:sub`]: "system:serviceaccount:blue:api" },
          StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" },
        }),
      ],
      expect: "violated",
    },
  ],
  absent: [{ what: "no condition", resources: [role(undefined)] }],
  unknown: [{ what: "the trust policy", resources: [draft(ROLE, { assumeRolePolicy: unknown })] }],
  secret: { none: "a trust policy is no secret" },
  notApplicable: [
    {
      what: "a role of a service",
      resources: [
        draft(ROLE, { assumeRolePolicy: policy({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" } }) }),
      ],
    },
  ],
});
