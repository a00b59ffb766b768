import { securityhubEveryRegion } from "../../../../policies/rules/logging/securityhubEveryRegion";
import { VPC, ROLE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { inRegion } from "../aws";

const NETWORK = draft(VPC, {}, { name: "network", ...inRegion("us-east-1") });

describeRule(securityhubEveryRegion, {
  passes: [
    {
      what: "in the region in use",
      resources: [NETWORK, draft("aws:securityhub/account:Account", {}, { name: "hub", ...inRegion("us-east-1") })],
    },
  ],
  fails: [
    {
      what: "in another region",
      resources: [NETWORK, draft("aws:securityhub/account:Account", {}, { name: "hub", ...inRegion("eu-west-1") })],
      message: /us-east-1/,
    },
  ],
  boundary: [
    {
      what: "its own region argument counts more than its provider",
      resources: [
        NETWORK,
        draft("aws:securityhub/account:Account", { region: "us-east-1" }, { name: "hub", ...inRegion("eu-west-1") }),
      ],
      expect: "passed",
    },
  ],
  absent: [{ what: "nowhere", resources: [NETWORK] }],
  unknown: [{ what: "the region in use", resources: [draft(VPC, { region: unknown })] }],
  secret: { none: "a region is no secret" },
  notApplicable: [{ what: "a stack without regional resources", resources: [draft(ROLE, {})] }],
});
