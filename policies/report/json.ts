import { FRAMEWORKS, type Clause } from "../frameworks";
import { isViolation, statusOf, type CheckResult, type RuleResult } from "../check";
import type { Severity } from "../rule";

/** A violation, as `cutover check --json` prints it. */
export interface JsonViolation {
  rule: string;
  urn: string;
  severity: Severity;
  frameworks: readonly Clause[];
  message: string;
}

/** A rule, or a demand that no rule can show, with what it is demanded by. */
export interface JsonRule {
  rule: string;
  frameworks: readonly Clause[];
}

/** What `cutover check --json` prints. Rules that nothing of the plan is subject to are in none of the lists. */
export interface JsonReport {
  /** One for each rule and resource. */
  violations: JsonViolation[];
  passed: JsonRule[];
  waived: JsonRule[];
  /** What infrastructure code cannot show, and rules that need a value which is not known. */
  notEvaluable: JsonRule[];
}

/** The report of a check, for programs. */
export function jsonReport(result: CheckResult): JsonReport {
  const withStatus = (...wanted: ReturnType<typeof statusOf>[]): JsonRule[] =>
    result.rules.filter((one) => wanted.includes(statusOf(one))).map(jsonRule);
  return {
    violations: result.rules.flatMap(({ rule, frameworks, findings }) =>
      findings.filter(isViolation).map(({ urn, verdict }) => ({
        rule: rule.id,
        urn,
        severity: rule.severity,
        frameworks,
        message: verdict.outcome === "violated" ? verdict.message : "",
      })),
    ),
    passed: withStatus("passed"),
    waived: withStatus("waived"),
    notEvaluable: [...withStatus("undetermined"), ...demands(result)],
  };
}

function jsonRule({ rule, frameworks }: RuleResult): JsonRule {
  return { rule: rule.id, frameworks };
}

/** What the frameworks that were checked demand, and no rule can show. */
export function demands({ frameworks }: CheckResult): JsonRule[] {
  return FRAMEWORKS.filter(({ name }) => frameworks.includes(name)).flatMap(({ name, version, notEvaluable }) =>
    notEvaluable.map(({ id, clause }) => ({ rule: id, frameworks: [{ name, version, clause }] })),
  );
}
