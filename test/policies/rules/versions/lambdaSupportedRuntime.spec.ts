import { lambdaSupportedRuntime } from "../../../../policies/rules/versions/lambdaSupportedRuntime";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(lambdaSupportedRuntime, {
  ...valuesOf({
    type: "aws:lambda/function:Function",
    path: "runtime",
    good: ["nodejs22.x", "python3.13"],
    bad: ["nodejs18.x", "python3.9", "nodejs12.x"],
    absent: "notApplicable",
    notApplicable: [
      { what: "a language without a table", resources: [draft("aws:lambda/function:Function", { runtime: "java21" })] },
    ],
  }),
  boundary: [
    {
      what: "its last day",
      resources: [draft("aws:lambda/function:Function", { runtime: "nodejs22.x" })],
      today: "2027-04-30",
      expect: "passed",
    },
    {
      what: "the day after",
      resources: [draft("aws:lambda/function:Function", { runtime: "nodejs22.x" })],
      today: "2027-05-01",
      expect: "violated",
      message: /2027-04-30/,
    },
    {
      what: "newer than the table",
      resources: [draft("aws:lambda/function:Function", { runtime: "nodejs26.x" })],
      expect: "passed",
    },
  ],
});
