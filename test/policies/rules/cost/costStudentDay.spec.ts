import { costInputs } from "../../../../cost/inputs";
import { costStudentDay } from "../../../../policies/rules/cost/costStudentDay";
import { CACHE, CLUSTER } from "../../../../policies/rules/support/types";
import { costSchema } from "../../../../stacks/config/cost";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { inRegion } from "../aws";

/** 0.10 USD an hour, 2.40 a day: 0.05 each for 48 students. */
const cluster = draft(CLUSTER, {}, { name: "cluster", ...inRegion("us-east-1") });
const cache = (nodeType: string | ReturnType<typeof secret>) =>
  draft(CACHE, { nodeType, engine: "redis", numCacheClusters: 1 }, { name: "cache", ...inRegion("us-east-1") });
const of = (students: number) => costInputs(costSchema.parse({ students }), { "us-east-1": { share: 100 } });

describeRule(costStudentDay, {
  passes: [{ what: "many students", resources: [cluster], cost: of(100_000) }],
  fails: [
    {
      what: "few students",
      resources: [cluster],
      cost: of(10),
      message: /^a student costs 0\.2400 USD a day with 10 students, more than 0\.05$/,
    },
  ],
  boundary: [
    { what: "exactly the budget", resources: [cluster], cost: of(48), expect: "passed" },
    { what: "a student too few", resources: [cluster], cost: of(47), expect: "violated" },
  ],
  absent: [{ what: "nothing that costs", resources: [], cost: of(1), expect: "passed" }],
  unknown: [
    { what: "what may cost more", resources: [cluster, cache(unknown)], cost: of(1_000) },
    {
      what: "what is known costs too much already",
      resources: [cluster, cache(unknown)],
      cost: of(10),
      expect: "violated",
    },
  ],
  secret: [
    {
      what: "a secret size is priced",
      resources: [cache(secret("cache.r6g.xlarge"))],
      cost: of(1),
      expect: "violated",
    },
    { what: "and passes", resources: [cache(secret("cache.r6g.xlarge"))], cost: of(100_000), expect: "passed" },
  ],
  notApplicable: [{ what: "a stack whose config says nothing of students", resources: [cluster] }],
});
