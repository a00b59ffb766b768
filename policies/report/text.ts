import type { createColors } from "picocolors";
import { isViolation, statusOf, type CheckResult, type Finding, type RuleResult } from "../check";
import { nameOf, typeOf } from "../../pulumi/urn";
import { AREAS, SEVERITIES, type Area } from "../rule";
import { demands } from "./json";
import { printable } from "./printable";

type Colors = ReturnType<typeof createColors>;

/** So many resources are named for each thing that is said; the others are counted. `--json` names all. */
const NAMED = 5;

/** The report of a check, for people: 80 columns, the violations last, where the eye is. */
export function textReport(result: CheckResult, colors: Colors): string {
  const { bold, dim, yellow } = colors;
  const count = (status: ReturnType<typeof statusOf>) => result.rules.filter((one) => statusOf(one) === status).length;
  const violations = result.rules.flatMap(({ findings }) => findings.filter(isViolation));
  const rest = [
    `${count("passed")} rules passed`,
    ...some(count("violated"), "violated"),
    ...some(count("waived"), "waived"),
    ...some(count("undetermined"), "not yet known"),
    ...some(count("notApplicable"), "without a resource here"),
  ];
  const isIdle = count("notApplicable") === result.rules.length;
  const summary = isIdle
    ? "nothing was checked: there is no resource that a rule is about."
    : `${plural(violations.length, "violation")} of ${result.frameworks.join(", ")} on ${result.day}.`;
  const paint = isIdle ? yellow : violations.length === 0 ? colors.green : colors.red;
  return [
    ...wrapped(
      `${result.stacks.join(", ")}: ${plural(result.resources, "resource")}, ${plural(result.rules.length, "rule")}`,
      "",
    ).map(dim),
    "",
    ...areaLines(result, colors),
    "",
    ...waiverLines(result, colors),
    ...undeterminedLines(result, colors),
    ...result.rules
      .filter(({ findings }) => findings.some(isViolation))
      .sort((one, other) => SEVERITIES.indexOf(other.rule.severity) - SEVERITIES.indexOf(one.rule.severity))
      .flatMap((one) => violatedLines(one, colors)),
    bold(paint(summary)),
    ...wrapped(`${rest.join(", ")}.`, ""),
    ...(result.unusedWaivers.length > 0
      ? [
          ...wrapped(
            `${plural(result.unusedWaivers.length, "waiver")} not needed: ${result.unusedWaivers.map(({ rule }) => rule).join(", ")}`,
            "",
          ).map(yellow),
        ]
      : []),
    ...wrapped(
      `${plural(demands(result).length, "demand")} of the frameworks cannot be seen in infrastructure code: docs/compliance.md.`,
      "",
    ).map(dim),
    "",
  ].join("\n");
}

function areaLines({ rules }: CheckResult, { green, red, yellow, dim }: Colors): string[] {
  return (Object.keys(AREAS) as Area[]).flatMap((area) => {
    const own = rules.filter(({ rule, findings }) => rule.area === area && findings.length > 0).map(statusOf);
    const of = (status: ReturnType<typeof statusOf>) => own.filter((one) => one === status).length;
    if (own.every((status) => status === "notApplicable")) {
      return [];
    }
    const mark = of("violated") > 0 ? red("✗") : green("✓");
    const parts = [
      `${String(of("passed")).padStart(3)} passed`,
      ...some(of("violated"), "violated").map(red),
      ...some(of("waived"), "waived").map(yellow),
      ...some(of("undetermined"), "not yet known").map(dim),
    ];
    return [`${mark} ${AREAS[area].padEnd(28)} ${parts.join(", ")}`];
  });
}

function waiverLines({ rules }: CheckResult, { yellow, dim }: Colors): string[] {
  const lines = rules.flatMap(({ rule, findings }) => {
    const waived = findings.filter(({ waiver }) => waiver !== undefined);
    return [...new Set(waived.map(({ waiver }) => waiver!))].flatMap((waiver) => [
      `${yellow("waived")} ${rule.id}`,
      ...wrapped(
        `until ${waiver.expires}, by ${waiver.who}, on ${plural(waived.filter((one) => one.waiver === waiver).length, "resource")}`,
        "  ",
      ).map(dim),
      ...wrapped(waiver.reason, "  "),
    ]);
  });
  return lines.length === 0 ? [] : [...lines, ""];
}

function undeterminedLines({ rules }: CheckResult, { dim }: Colors): string[] {
  const lines = rules
    .filter((one) => statusOf(one) === "undetermined")
    .flatMap(({ rule, findings }) => {
      const open = findings.filter(({ verdict }) => verdict.outcome === "undetermined");
      const { verdict } = open[0]!;
      return [
        `${dim("not yet known")} ${rule.id} ${dim(`on ${plural(open.length, "resource")}`)}`,
        ...wrapped(verdict.outcome === "undetermined" ? verdict.reason : "", "  "),
      ];
    });
  return lines.length === 0 ? [] : [...lines, ""];
}

function violatedLines({ rule, frameworks, findings }: RuleResult, { red, yellow, bold, dim }: Colors): string[] {
  const violations = findings.filter(isViolation);
  const isMandatory = violations.some(({ level }) => level === "mandatory");
  return [
    `${isMandatory ? red("✗") : yellow("!")} ${bold(rule.id)} ${dim(`${rule.severity}${isMandatory ? "" : ", advisory"}`)}`,
    ...wrapped(rule.title, "  "),
    ...byMessage(violations).flatMap(([message, resources]) => [
      ...resources.slice(0, NAMED).map((resource) => `    ${resourceText(resource, dim)}`),
      ...(resources.length > NAMED ? [`    and ${resources.length - NAMED} more`] : []),
      ...wrapped(message, "      "),
    ]),
    ...wrapped(`fix: ${rule.fix}`, "  "),
    ...wrapped(frameworks.map(({ name, clause }) => `${name} ${clause}`).join(", "), "  ").map(dim),
    "",
  ];
}

/** Resources of which the same is said. */
function byMessage(violations: readonly Finding[]): [string, Finding[]][] {
  const groups = new Map<string, Finding[]>();
  for (const violation of violations) {
    const message = violation.verdict.outcome === "violated" ? violation.verdict.message : "";
    groups.set(message, [...(groups.get(message) ?? []), violation]);
  }
  return [...groups];
}

function resourceText({ urn, stack }: Finding, dim: Colors["dim"]): string {
  return `${printable(nameOf(urn))} ${dim(printable(`(${typeOf(urn).split(":").at(-1)}, ${stack})`))}`;
}

/** A text, which may be a foreign one, in lines of 80 columns. */
export function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).map(printable)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= 80) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(indent + word);
    }
  }
  return lines;
}

/** `1 rule`, `2 rules`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

function some(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}
