import { cloudtrailEveryRegion } from "../../../../policies/rules/logging/cloudtrailEveryRegion";
import { TRAIL, ROLE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { bucket } from "../aws";

const trail = (inputs: any) => draft(TRAIL, inputs, { name: "trail" });

describeRule(cloudtrailEveryRegion, {
  passes: [{ what: "one of all regions", resources: [bucket(), trail({ isMultiRegionTrail: true })] }],
  fails: [{ what: "one of its own region", resources: [bucket(), trail({ isMultiRegionTrail: false })] }],
  boundary: [
    {
      what: "without global services",
      resources: [bucket(), trail({ isMultiRegionTrail: true, includeGlobalServiceEvents: false })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no trail", resources: [bucket()] }],
  unknown: [{ what: "whether it is of all regions", resources: [bucket(), trail({ isMultiRegionTrail: unknown })] }],
  secret: { none: "nothing of a trail is a secret" },
  notApplicable: [{ what: "a stack without data", resources: [draft(ROLE, {})] }],
});
