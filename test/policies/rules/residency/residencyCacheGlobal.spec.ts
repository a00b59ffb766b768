import { residencyCacheGlobal } from "../../../../policies/rules/residency/residencyCacheGlobal";
import { CACHE } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";
import { inRegion } from "../aws";

const members = (primary: string, secondary: string) => [
  draft(CACHE, { globalReplicationGroupId: "global-1" }, inRegion(secondary)),
  draft(
    "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup",
    { primaryReplicationGroupId: "primary-1" },
    { name: "global", id: "global-1" },
  ),
  draft(CACHE, {}, { name: "primary", id: "primary-1", ...inRegion(primary) }),
];

describeRule(residencyCacheGlobal, {
  passes: [{ what: "at home", resources: members("us-east-1", "us-west-2") }],
  fails: [{ what: "in another jurisdiction", resources: members("eu-west-1", "us-west-2") }],
  boundary: [{ what: "in the same region", resources: members("eu-west-1", "eu-west-1"), expect: "passed" }],
  absent: [
    {
      what: "a datastore of another stack",
      resources: [draft(CACHE, { globalReplicationGroupId: "elsewhere" }, inRegion("us-east-1"))],
      expect: "passed",
    },
  ],
  unknown: [
    {
      what: "the region of a member",
      resources: [
        ...members("eu-west-1", "us-west-2").slice(1),
        draft(CACHE, { globalReplicationGroupId: "global-1", region: unknown }),
      ],
    },
  ],
  secret: { none: "identifiers are no secrets" },
  notApplicable: [{ what: "a cache by itself", resources: [draft(CACHE, {}, inRegion("us-east-1"))] }],
});
