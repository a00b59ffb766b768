import { capacitySurvivesRegion } from "../../../../policies/rules/availability/capacitySurvivesRegion";
import { CLUSTER, NODE_GROUP } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { inRegion } from "../aws";

const cluster = (region: string) => draft(CLUSTER, {}, { name: `cluster-${region}`, ...inRegion(region) });
const group = (region: string, desiredSize: any, maxSize: number) =>
  draft(
    NODE_GROUP,
    { instanceTypes: ["t3.xlarge"], scalingConfig: { desiredSize, maxSize } },
    { name: `group-${region}`, ...inRegion(region) },
  );
const cells = (desired: number, max: number) =>
  ["us-east-1", "us-west-2"].flatMap((region) => [cluster(region), group(region, desired, max)]);

describeRule(capacitySurvivesRegion, {
  passes: [{ what: "room for all", resources: cells(10, 20) }],
  fails: [{ what: "no room", resources: cells(10, 10), message: /needs 20/ }],
  boundary: [
    { what: "exactly", resources: cells(5, 10), expect: "passed" },
    { what: "one too few", resources: cells(5, 9), expect: "violated" },
  ],
  absent: [
    {
      what: "no sizes",
      resources: [
        cluster("us-east-1"),
        cluster("us-west-2"),
        draft(NODE_GROUP, { instanceTypes: ["t3.xlarge"] }, inRegion("us-east-1")),
      ],
      expect: "passed",
    },
  ],
  unknown: [
    { what: "a size", resources: [cluster("us-east-1"), cluster("us-west-2"), group("us-east-1", unknown, 20)] },
  ],
  secret: { none: "sizes are no secrets" },
  notApplicable: [
    { what: "the only region of its jurisdiction", resources: [cluster("us-east-1"), cluster("eu-west-1")] },
  ],
});
