import { rolloutStepLimit } from "../../../../policies/rules/rollout/rolloutStepLimit";
import { STACK } from "../../../../policies/rules/support/types";
import { describeRule } from "../../support/cases";
import { draft, unknown } from "../../support/draft";

const serving = (green: any, active = "blue") =>
  draft(
    STACK,
    {},
    {
      outputs: {
        traffic: {
          facts: { active },
          regions: { "us-east-1": { weights: { green, blue: typeof green === "number" ? 100 - green : green } } },
        },
      },
    },
  );

describeRule(rolloutStepLimit, {
  passes: [
    { what: "a third", resources: [serving(30)], before: [serving(0)] },
    { what: "a way back of any size", resources: [serving(0)], before: [serving(100)] },
  ],
  fails: [
    {
      what: "all at once",
      resources: [serving(100)],
      before: [serving(0)],
      message: /green goes up by 100 % in us-east-1/,
    },
  ],
  boundary: [
    { what: "the limit", resources: [serving(50)], before: [serving(0)], expect: "passed" },
    { what: "more", resources: [serving(50.1)], before: [serving(0)], expect: "violated" },
    {
      what: "a smaller limit",
      resources: [serving(30)],
      before: [serving(0)],
      settings: { maxStepPercent: 20 },
      expect: "violated",
    },
    {
      what: "the other color is the candidate",
      resources: [serving(0, "green")],
      before: [serving(100, "green")],
      expect: "violated",
      message: /blue/,
    },
  ],
  absent: [
    {
      what: "a stack without routers",
      resources: [draft(STACK, {})],
      before: [draft(STACK, {})],
      expect: "notApplicable",
    },
  ],
  unknown: [{ what: "a weight", resources: [serving(unknown)], before: [serving(0)] }],
  secret: { none: "weights are no secrets" },
  notApplicable: [{ what: "nobody knows what was before", resources: [serving(100)] }],
});
