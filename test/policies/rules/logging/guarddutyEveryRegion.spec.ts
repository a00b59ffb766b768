import { guarddutyEveryRegion } from "../../../../policies/rules/logging/guarddutyEveryRegion";
import { VPC, ROLE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { inRegion } from "../aws";

const NETWORK = draft(VPC, {}, { name: "network", ...inRegion("us-east-1") });

describeRule(guarddutyEveryRegion, {
  passes: [
    {
      what: "in the region in use",
      resources: [
        NETWORK,
        draft("aws:guardduty/detector:Detector", { enable: true }, { name: "detector", ...inRegion("us-east-1") }),
      ],
    },
  ],
  fails: [
    {
      what: "in another region",
      resources: [
        NETWORK,
        draft("aws:guardduty/detector:Detector", { enable: true }, { name: "detector", ...inRegion("eu-west-1") }),
      ],
      message: /us-east-1/,
    },
  ],
  boundary: [
    {
      what: "one that is switched off",
      resources: [
        NETWORK,
        draft("aws:guardduty/detector:Detector", { enable: false }, { name: "detector", ...inRegion("us-east-1") }),
      ],
      expect: "violated",
    },
  ],
  absent: [{ what: "nowhere", resources: [NETWORK] }],
  unknown: [{ what: "the region in use", resources: [draft(VPC, { region: unknown })] }],
  secret: { none: "a region is no secret" },
  notApplicable: [{ what: "a stack without regional resources", resources: [draft(ROLE, {})] }],
});
