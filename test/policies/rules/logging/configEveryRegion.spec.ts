import { configEveryRegion } from "../../../../policies/rules/logging/configEveryRegion";
import { VPC, ROLE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { inRegion } from "../aws";

const NETWORK = draft(VPC, {}, { name: "network", ...inRegion("us-east-1") });

describeRule(configEveryRegion, {
  passes: [
    {
      what: "in the region in use",
      resources: [
        NETWORK,
        draft("aws:cfg/recorder:Recorder", {}, { name: "recorder", ...inRegion("us-east-1") }),
        draft(
          "aws:cfg/recorderStatus:RecorderStatus",
          { isEnabled: true },
          { name: "status", ...inRegion("us-east-1") },
        ),
      ],
    },
  ],
  fails: [
    {
      what: "in another region",
      resources: [
        NETWORK,
        draft("aws:cfg/recorder:Recorder", {}, { name: "recorder", ...inRegion("eu-west-1") }),
        draft(
          "aws:cfg/recorderStatus:RecorderStatus",
          { isEnabled: true },
          { name: "status", ...inRegion("eu-west-1") },
        ),
      ],
      message: /us-east-1/,
    },
  ],
  boundary: [
    {
      what: "a recorder that does not record",
      resources: [
        NETWORK,
        draft("aws:cfg/recorder:Recorder", {}, { name: "recorder", ...inRegion("us-east-1") }),
        draft(
          "aws:cfg/recorderStatus:RecorderStatus",
          { isEnabled: false },
          { name: "status", ...inRegion("us-east-1") },
        ),
      ],
      expect: "violated",
    },
  ],
  absent: [{ what: "nowhere", resources: [NETWORK] }],
  unknown: [{ what: "the region in use", resources: [draft(VPC, { region: unknown })] }],
  secret: { none: "a region is no secret" },
  notApplicable: [{ what: "a stack without regional resources", resources: [draft(ROLE, {})] }],
});
