import type { CostInputs } from "../cost/inputs";
import { RULES } from "./rules";
import { FRAMEWORKS, type Clause } from "./frameworks";
import { evaluate, subjects, type Verdict } from "./evaluate";
import { graphOf, type ResourceRecord } from "./graph";
import { defaultLevel, type Level, type Rule } from "./rule";
import type { Settings, Waiver } from "./settings";
import { isExpired, waives } from "./waivers";

/** A stack to check: all its resources, and what is set for it. */
export interface CheckedStack {
  stack: string;
  records: readonly ResourceRecord[];
  settings: Settings;
  /** What its cost depends on; absent where its config does not say. */
  cost?: CostInputs;
  /** What there was before the change that is checked; absent where there is none, or nobody knows it. */
  before?: readonly ResourceRecord[];
}

/** What a rule says about a resource. */
export interface Finding {
  urn: string;
  stack: string;
  verdict: Verdict;
  /** What a violation does, as set for the stack. */
  level: Level;
  /** Who accepted the violation, and until when. */
  waiver?: Waiver;
}

/** What a rule says about all of them. */
export interface RuleResult {
  rule: Rule;
  /** The clauses of the frameworks that apply. */
  frameworks: readonly Clause[];
  findings: readonly Finding[];
}

/** What came out for a rule: the first of these that holds for one of its resources. */
export type Status = "violated" | "undetermined" | "waived" | "passed" | "notApplicable";

/** What a check found. */
export interface CheckResult {
  /** The day for which versions and waivers were judged: `2026-11-21`. */
  day: string;
  stacks: readonly string[];
  /** How many resources were looked at. */
  resources: number;
  /** The frameworks that were checked, by name. */
  frameworks: readonly string[];
  rules: readonly RuleResult[];
  /** Waivers that accept nothing that was found. */
  unusedWaivers: readonly Waiver[];
}

/** What a check is limited to, and when it is. */
export interface CheckOptions {
  today: Date;
  /** Names of the only frameworks to check. @default - all that the stacks' config does not switch off */
  frameworks?: readonly string[];
  /** @default - every rule of the pack */
  rules?: readonly Rule[];
}

/**
 * Checks stacks that are deployed together. Rules on one resource and on one stack see each stack by itself, as Pulumi's
 * engine does; rules over stacks see them all. Pure.
 *
 * @param stacks - The stack that is checked, and all that it reads.
 */
export function checkPlans(stacks: readonly CheckedStack[], options: CheckOptions): CheckResult {
  const { today, rules = RULES } = options;
  const all = stacks.flatMap(({ records }) => records);
  const graphs = {
    resource: stacks.map(({ records }) => graphOf(records, "inputs")),
    stack: stacks.map(({ records }) => graphOf(records, "all")),
    stacks: stacks.length === 1 ? undefined : graphOf(all, "all"),
  };
  const known = stacks.flatMap(({ before }) => before ?? []);
  const before = known.length === 0 ? undefined : graphOf(known, "all");
  const used = new Set<Waiver>();
  const stackOf = new Map(stacks.flatMap((stack) => stack.records.map(({ urn }) => [urn, stack] as const)));

  const findingsOf = (rule: Rule): Finding[] => {
    const looked = rule.scope === "stacks" ? [graphs.stacks ?? graphs.stack[0]!] : graphs[rule.scope];
    return looked.flatMap((graph) =>
      subjects(rule, graph).flatMap((resource): Finding[] => {
        const { stack, settings, cost } = stackOf.get(resource.urn)!;
        const level = levelOf(rule, settings);
        if (level === "disabled" || clausesOf(rule, settings, options).length === 0) {
          return [];
        }
        const verdict = evaluate(rule, resource, graph, {
          settings,
          today,
          ...(cost === undefined ? {} : { cost }),
          ...(before === undefined ? {} : { before }),
        });
        const waiver =
          verdict.outcome === "violated"
            ? settings.waivers.find((one) => !isExpired(one, today) && waives(one, rule, resource.urn))
            : undefined;
        if (waiver !== undefined) {
          used.add(waiver);
        }
        return [{ urn: resource.urn, stack, verdict, level, ...(waiver === undefined ? {} : { waiver }) }];
      }),
    );
  };
  const clauses = (rule: Rule) => [
    ...new Map(
      stacks
        .flatMap(({ settings }) => clausesOf(rule, settings, options))
        .map((clause) => [`${clause.name} ${clause.clause}`, clause]),
    ).values(),
  ];
  const results = rules
    .map((rule) => ({ rule, frameworks: clauses(rule), findings: findingsOf(rule) }))
    .filter(({ frameworks }) => frameworks.length > 0);
  return {
    day: today.toISOString().slice(0, 10),
    stacks: stacks.map(({ stack }) => stack),
    resources: all.length,
    frameworks: FRAMEWORKS.map(({ name }) => name).filter((name) =>
      results.some(({ frameworks }) => frameworks.some((clause) => clause.name === name)),
    ),
    rules: results,
    unusedWaivers: stacks.flatMap(({ settings }) => settings.waivers).filter((waiver) => !used.has(waiver)),
  };
}

/** The level of a rule, as set for a stack. */
export function levelOf(rule: Rule, settings: Settings): Level | "disabled" {
  return settings.levels[rule.id] ?? defaultLevel(rule);
}

/** The clauses of a rule whose frameworks apply to a stack; a rule without one does not run. */
export function clausesOf(rule: Rule, settings: Settings, { frameworks }: Pick<CheckOptions, "frameworks">): Clause[] {
  const applies: Readonly<Record<string, boolean | undefined>> = settings.frameworks;
  return rule.frameworks.filter(
    ({ name }) => applies[name] !== false && (frameworks === undefined || frameworks.includes(name)),
  );
}

/** Whether a finding is a violation that nobody accepted. */
export function isViolation({ verdict, waiver }: Finding): boolean {
  return verdict.outcome === "violated" && waiver === undefined;
}

/** What came out for a rule. */
export function statusOf({ findings }: RuleResult): Status {
  if (findings.some(isViolation)) {
    return "violated";
  }
  const has = (outcome: Verdict["outcome"]) => findings.some(({ verdict }) => verdict.outcome === outcome);
  if (has("undetermined")) {
    return "undetermined";
  }
  return has("violated") ? "waived" : has("passed") ? "passed" : "notApplicable";
}

/** The ids that config names and that no rule has: waivers and levels that would do nothing. */
export function unknownRules({ waivers, levels }: Settings, rules: readonly Rule[] = RULES): string[] {
  const known = new Set(rules.map(({ id }) => id));
  return [...new Set([...waivers.map(({ rule }) => rule), ...Object.keys(levels)])].filter((id) => !known.has(id));
}

/** Whether the check fails: a violation at the mandatory level. */
export function fails({ rules }: CheckResult): boolean {
  return rules.some(({ findings }) =>
    findings.some((finding) => isViolation(finding) && finding.level === "mandatory"),
  );
}
