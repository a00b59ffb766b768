import { strict as assert } from "node:assert";
import type { CostInputs } from "../../../cost/inputs";
import { evaluate, subjects, type Verdict } from "../../../policies/evaluate";
import type { Rule } from "../../../policies/rule";
import { DEFAULT_SETTINGS, type Settings } from "../../../policies/settings";
import type { Value, ValueMap } from "../../../pulumi/values";
import { changed } from "./change";
import { draft, graphOfDrafts, secret, unknown, type Draft } from "./draft";

type Outcome = Verdict["outcome"];

/** Resources, and what the rule says about those of them that it looks at: the worst verdict is compared. */
export interface Case {
  /** What is special about them; the sentence of the test. */
  what: string;
  resources: readonly Draft[];
  /** @default - what the kind of case says */
  expect?: Outcome;
  /** What the violation's message says. */
  message?: RegExp;
  settings?: Partial<Settings>;
  today?: string;
  /** What the cost depends on. */
  cost?: CostInputs;
  /** What there was before. */
  before?: readonly Draft[];
}

/** Why there is no case of a kind. */
export interface NoCase {
  none: string;
}

/** Cases of every kind. Each kind is there, or says why there is none. */
export interface Cases {
  passes: readonly Case[] | NoCase;
  fails: readonly Case[];
  /** The values on both sides of a limit; each says what it expects. */
  boundary: readonly Case[] | NoCase;
  /** The property is not set: violated, where nothing is said. */
  absent: readonly Case[] | NoCase;
  /** The property is not known yet: undetermined, where nothing is said. */
  unknown: readonly Case[] | NoCase;
  /** The property is a secret: each says what it expects; its value is in no message. */
  secret: readonly Case[] | NoCase;
  /** Resources of its types that it has nothing to say about. */
  notApplicable: readonly Case[] | NoCase;
}

const EXPECTED: Record<keyof Cases, Outcome | undefined> = {
  passes: "passed",
  fails: "violated",
  boundary: undefined,
  absent: "violated",
  unknown: "undetermined",
  secret: undefined,
  notApplicable: "notApplicable",
};

/** What stands in every secret of a test: it may be in no message. */
export const HIDDEN = "hunter2-hunter2";

/** Tests a rule: one test for each case. */
export function describeRule(rule: Rule, cases: Cases): void {
  describe(`rule ${rule.id}`, () => {
    for (const kind of Object.keys(EXPECTED) as (keyof Cases)[]) {
      const given = cases[kind];
      for (const one of "none" in given ? [] : given) {
        it(`${kind}: ${one.what}`, () => checkCase(rule, one, EXPECTED[kind]));
      }
    }
  });
}

function checkCase(rule: Rule, one: Case, usual: Outcome | undefined): void {
  const expected = one.expect ?? usual;
  assert.ok(expected !== undefined, "the case says what it expects");
  const verdicts = verdictsOf(rule, one);
  assert.equal(worst(verdicts), expected, JSON.stringify(verdicts));
  for (const verdict of verdicts) {
    if (verdict.outcome === "violated") {
      assert.ok(!verdict.message.includes(HIDDEN), "the message quotes no secret");
      assert.match(verdict.message, one.message ?? /./);
    }
  }
}

/** What a rule says about each resource of a case. */
export function verdictsOf(rule: Rule, { resources, settings, today, cost, before }: Case): Verdict[] {
  const graph = graphOfDrafts(resources, rule.scope === "resource" ? "inputs" : "all");
  const circumstances = {
    settings: { ...DEFAULT_SETTINGS, ...settings },
    today: new Date(today ?? "2026-11-21"),
    ...(cost === undefined ? {} : { cost }),
    ...(before === undefined ? {} : { before: graphOfDrafts(before, "all") }),
  };
  return subjects(rule, graph).map((resource) => evaluate(rule, resource, graph, circumstances));
}

/** The verdict that decides; without any resource nothing applies. */
function worst(verdicts: readonly Verdict[]): Outcome {
  const order: Outcome[] = ["violated", "undetermined", "passed", "notApplicable"];
  return order.find((outcome) => verdicts.some((verdict) => verdict.outcome === outcome)) ?? "notApplicable";
}

/** Values of one property, and what a rule says about them. */
export interface Values {
  /** The resource, with everything else as it should be. */
  type: string;
  base?: ValueMap;
  path: string;
  good: readonly Value[];
  bad: readonly Value[];
  /** What is said when the property is not set. @default "violated" */
  absent?: Outcome;
  /** Values on both sides of a limit. @default - a property without a limit */
  within?: Value;
  beyond?: Value;
  /** @default - the rule applies to every resource of its types */
  notApplicable?: readonly Case[];
  /** More about the resource: its provider, its references. */
  more?: Parameters<typeof draft>[2];
  /** What stands around it. */
  others?: readonly Draft[];
}

/** Cases of every kind for a rule that looks at one property of a resource. */
export function valuesOf(values: Values): Cases {
  const { type, base = {}, path, good, bad, absent = "violated", more, others = [] } = values;
  const one = (what: string, value: Value | undefined, expect?: Outcome): Case => {
    const inputs = changed(base, { [path]: value });
    return { what: `${path} ${what}`, resources: [draft(type, inputs, more), ...others], ...(expect && { expect }) };
  };
  return {
    passes: good.map((value) => one(`is ${JSON.stringify(value)}`, value)),
    fails: bad.map((value) => one(`is ${JSON.stringify(value)}`, value)),
    boundary:
      values.within === undefined
        ? { none: "the property has no limit" }
        : [
            one(`is ${String(values.within)}`, values.within, "passed"),
            one(`is ${String(values.beyond)}`, values.beyond, "violated"),
          ],
    absent: [one("is not set", undefined, absent)],
    unknown: [one("is not known yet", unknown)],
    secret: [
      one("is a secret, and as it should be", secret(good[0]!), "passed"),
      one("is a secret, and not as it should be", secret(bad[0]!), "violated"),
    ],
    notApplicable: values.notApplicable ?? { none: "it applies to every resource of its types" },
  };
}
