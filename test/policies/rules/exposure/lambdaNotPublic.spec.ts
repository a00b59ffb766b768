import { lambdaNotPublic } from "../../../../policies/rules/exposure/lambdaNotPublic";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

const PERMISSION = "aws:lambda/permission:Permission";

describeRule(lambdaNotPublic, {
  passes: [
    {
      what: "a service, for one resource",
      resources: [draft(PERMISSION, { principal: "elasticloadbalancing.amazonaws.com", sourceArn: "arn:tg" })],
    },
  ],
  fails: [
    { what: "everybody", resources: [draft(PERMISSION, { principal: "*", sourceArn: "arn:tg" })] },
    { what: "a service, for any account", resources: [draft(PERMISSION, { principal: "s3.amazonaws.com" })] },
    {
      what: "an address without a login",
      resources: [draft("aws:lambda/functionUrl:FunctionUrl", { authorizationType: "NONE" })],
    },
  ],
  boundary: [
    {
      what: "everybody of the organization",
      resources: [draft(PERMISSION, { principal: "*", principalOrgId: "o-1" })],
      expect: "passed",
    },
  ],
  absent: [{ what: "an address that says nothing", resources: [draft("aws:lambda/functionUrl:FunctionUrl", {})] }],
  unknown: [{ what: "the principal", resources: [draft(PERMISSION, { principal: unknown })] }],
  secret: [
    { what: "a secret principal", resources: [draft(PERMISSION, { principal: secret("*") })], expect: "violated" },
  ],
  notApplicable: { none: "it applies to every permission" },
});
