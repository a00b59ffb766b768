import { checkPlans, type CheckedStack } from "../../../policies/check";
import { baseType, type ResourceRecord } from "../../../policies/graph";
import type { Rule } from "../../../policies/rule";
import { RULES } from "../../../policies/rules";
import { DEFAULT_SETTINGS } from "../../../policies/settings";
import { recordsOfDrafts } from "./draft";
import type { Mutation } from "./mutation";

/** A mutation, and the stack before and after it. */
export interface Mutant {
  before: CheckedStack;
  after: CheckedStack;
  /** The broken resource by itself: rules on one resource say of all others what they said before. */
  alone: CheckedStack;
}

const TODAY = new Date("2026-11-21");

/** Applies a mutation to its fixture, or to the stack of production that has the resource. */
export function mutant(mutation: Mutation, production: readonly CheckedStack[]): Mutant {
  const stacks =
    mutation.fixture === undefined
      ? production
      : [{ stack: "test", records: recordsOfDrafts(mutation.fixture), settings: DEFAULT_SETTINGS }];
  const isMeant = ({ type, urn }: ResourceRecord) =>
    baseType(type) === mutation.type && urn.includes(mutation.urn ?? "");
  const before = stacks.find(({ records }) => records.some(isMeant));
  if (before === undefined) {
    throw new Error(`no stack has a ${mutation.type} with ${JSON.stringify(mutation.urn ?? "")} in its URN`);
  }
  const exact = before.records.findIndex((record) => isMeant(record) && record.urn.endsWith(mutation.urn ?? ""));
  const at = exact >= 0 ? exact : before.records.findIndex(isMeant);
  const broken = change(mutation, before.records[at]!, before.records);
  const others = before.records.toSpliced(at, 1);
  return {
    before,
    after: { ...before, records: before.records.toSpliced(at, 1, ...broken) },
    alone: { ...before, records: [...others.filter(({ type }) => type.startsWith("pulumi:")), ...broken] },
  };
}

function change({ change }: Mutation, record: ResourceRecord, all: readonly ResourceRecord[]): ResourceRecord[] {
  if (change === undefined) {
    return [];
  }
  const inputs = structuredClone(record.inputs);
  change(inputs, (urn) => all.find((one) => one.urn.includes(urn))?.id ?? "");
  // What the cloud answered is as old as the inputs that were broken.
  const outputs = Object.fromEntries(
    Object.entries(record.outputs ?? {}).filter(
      ([key]) => record.inputs[key] === undefined && inputs[key] === undefined,
    ),
  );
  return [{ ...record, inputs, outputs }];
}

const old = new WeakMap<CheckedStack, Set<string>>();

/** The rules that say what they did not say before the mutation, waived or not. */
export function fired({ before, after, alone }: Mutant): Set<string> {
  let known = old.get(before);
  if (known === undefined) {
    old.set(before, (known = violations(before, RULES)));
  }
  const found = [
    ...violations(
      alone,
      RULES.filter(({ scope }) => scope === "resource"),
    ),
    ...violations(
      after,
      RULES.filter(({ scope }) => scope !== "resource"),
    ),
  ];
  return new Set(found.filter((one) => !known.has(one)).map((one) => one.split(" ")[0]!));
}

/** What is violated in a stack: the rule and the resource. */
function violations(stack: CheckedStack, rules: readonly Rule[]): Set<string> {
  const result = checkPlans([stack], { today: TODAY, rules });
  return new Set(
    result.rules.flatMap(({ rule, findings }) =>
      findings.filter(({ verdict }) => verdict.outcome === "violated").map(({ urn }) => `${rule.id} ${urn}`),
    ),
  );
}
