import { strict as assert } from "node:assert";
import { evaluate, subjects, type Verdict } from "../../../policies/evaluate";
import type { Rule } from "../../../policies/rule";
import { DEFAULT_SETTINGS, type Settings } from "../../../policies/settings";
import { graphOfDrafts, type Draft } from "./draft";

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
}

/** Why there is no case of a kind. */
export interface NoCase {
  none: string;
}

/** Cases of every kind. Each kind is there, or says why there is none. */
export interface Cases {
  passes: readonly Case[];
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
export function verdictsOf(rule: Rule, { resources, settings, today }: Case): Verdict[] {
  const graph = graphOfDrafts(resources, rule.scope === "resource" ? "inputs" : "all");
  const circumstances = {
    settings: { ...DEFAULT_SETTINGS, ...settings },
    today: new Date(today ?? "2026-11-21"),
  };
  return subjects(rule, graph).map((resource) => evaluate(rule, resource, graph, circumstances));
}

/** The verdict that decides; without any resource nothing applies. */
function worst(verdicts: readonly Verdict[]): Outcome {
  const order: Outcome[] = ["violated", "undetermined", "passed", "notApplicable"];
  return order.find((outcome) => verdicts.some((verdict) => verdict.outcome === outcome)) ?? "notApplicable";
}
