import { isViolation, statusOf, type CheckResult, type Finding, type RuleResult, type Status } from "../check";
import { FRAMEWORKS, type Framework } from "../frameworks";
import { nameOf, typeOf } from "../../pulumi/urn";
import { escapeHtml, PAGE_STYLE } from "./style";
import { plural } from "./text";

/** How each status is shown: never by color alone. */
const SHOWN: Readonly<Record<Status | "notEvaluable", { mark: string; word: string }>> = {
  passed: { mark: "✓", word: "passed" },
  violated: { mark: "✗", word: "failed" },
  waived: { mark: "◆", word: "waived" },
  undetermined: { mark: "?", word: "not yet known" },
  notApplicable: { mark: "–", word: "nothing to check" },
  notEvaluable: { mark: "○", word: "not evaluable" },
};

/**
 * The evidence of a check, framework by framework and clause by clause: one HTML file that needs nothing else, made to be
 * read, printed and kept.
 */
export function htmlReport(result: CheckResult): string {
  const frameworks = FRAMEWORKS.filter(({ name }) => result.frameworks.includes(name));
  const violations = result.rules.flatMap(({ findings }) => findings.filter(isViolation)).length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Compliance evidence: ${escapeHtml(result.stacks.join(", "))}, ${result.day}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>Compliance evidence</h1>
<p>${escapeHtml(result.stacks.join(", "))} on <time datetime="${result.day}">${result.day}</time>:
${plural(result.resources, "resource")}, ${plural(result.rules.length, "rule")},
<strong class="${violations === 0 ? "passed" : "violated"}">${plural(violations, "violation")}</strong>.</p>
<p class="note">A rule is counted under each clause that it is evidence for. “Nothing to check” means that the plan holds no
resource that a rule is about; “not yet known” that a value is decided by the cloud during the deployment. What
infrastructure code cannot show is listed as not evaluable, and never as passed.</p>
</header>
<main>
${summary(frameworks, result)}
${violationSection(result)}
${waiverSection(result)}
${frameworks.map((framework) => frameworkSection(framework, result)).join("\n")}
${ruleSection(result)}
</main>
</body>
</html>
`;
}

function rulesOf(framework: Framework, clause: string, { rules }: CheckResult): RuleResult[] {
  return rules.filter((one) =>
    one.frameworks.some((cited) => cited.name === framework.name && cited.clause === clause),
  );
}

/** The clauses of a framework that rules of the check are evidence for, in its own order. */
function clausesIn(
  framework: Framework,
  result: CheckResult,
): { clause: string; title: string; rules: RuleResult[] }[] {
  return Object.entries(framework.clauses)
    .map(([clause, title]) => ({ clause, title, rules: rulesOf(framework, clause, result) }))
    .filter(({ rules }) => rules.length > 0);
}

function summary(frameworks: readonly Framework[], result: CheckResult): string {
  const rows = frameworks.map((framework) => {
    const rules = result.rules.filter((one) => one.frameworks.some(({ name }) => name === framework.name));
    const count = (status: Status) => rules.filter((one) => statusOf(one) === status).length;
    const cells = (["passed", "violated", "waived", "undetermined", "notApplicable"] as const).map(
      (status) => `<td class="number ${count(status) > 0 ? status : ""}">${count(status)}</td>`,
    );
    return `<tr><th scope="row"><a href="#${anchor(framework.name)}">${escapeHtml(framework.name)}</a></th><td>${escapeHtml(framework.version)}</td><td class="number">${clausesIn(framework, result).length}</td>${cells.join("")}<td class="number">${framework.notEvaluable.length}</td></tr>`;
  });
  return `<section aria-labelledby="summary"><h2 id="summary">Summary</h2>
<table><thead><tr><th scope="col">Framework</th><th scope="col">Version</th>${["Clauses", "Rules passed", "failed", "waived", "not yet known", "nothing to check", "Not evaluable"].map((text) => `<th scope="col" class="number">${text}</th>`).join("")}</tr></thead>
<tbody>${rows.join("\n")}</tbody></table></section>`;
}

function violationSection({ rules }: CheckResult): string {
  const violated = rules.filter(({ findings }) => findings.some(isViolation));
  if (violated.length === 0) {
    return "";
  }
  const items = violated.map(({ rule, findings }) => {
    const rows = findings
      .filter(isViolation)
      .map(
        ({ urn, verdict }) =>
          `<li><code>${escapeHtml(urn)}</code><br>${escapeHtml(verdict.outcome === "violated" ? verdict.message : "")}</li>`,
      );
    return `<article><h3>${badge("violated")} ${escapeHtml(rule.title)} <span class="id">${rule.id}, ${rule.severity}</span></h3><p>${escapeHtml(rule.why)}</p><p><strong>Fix:</strong> ${escapeHtml(rule.fix)}</p><ul>${rows.join("\n")}</ul></article>`;
  });
  return `<section aria-labelledby="violations"><h2 id="violations">Violations</h2>${items.join("\n")}</section>`;
}

function waiverSection({ rules }: CheckResult): string {
  const rows = rules.flatMap(({ rule, findings }) => {
    const waivers = new Set(findings.flatMap(({ waiver }) => waiver ?? []));
    return [...waivers].map((waiver) => {
      const names = findings.filter((one) => one.waiver === waiver).map(({ urn }) => escapeHtml(nameOf(urn)));
      return `<tr><th scope="row">${rule.id}</th><td>${escapeHtml(waiver.reason)}</td><td>${escapeHtml(waiver.who)}</td><td><time datetime="${waiver.expires}">${waiver.expires}</time></td><td>${names.join("<br>")}</td></tr>`;
    });
  });
  return rows.length === 0
    ? ""
    : `<section aria-labelledby="waivers"><h2 id="waivers">Waivers in use</h2>
<table><thead><tr><th scope="col">Rule</th><th scope="col">Reason</th><th scope="col">Decided by</th><th scope="col">Until</th><th scope="col">Resources</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></section>`;
}

function frameworkSection(framework: Framework, result: CheckResult): string {
  const clauses = clausesIn(framework, result).map(
    ({ clause, title, rules }) =>
      `<h3>${escapeHtml(clause)} <span class="title">${escapeHtml(title)}</span></h3>
<table class="rules"><thead><tr><th scope="col">Result</th><th scope="col">Rule</th><th scope="col">Checked on</th></tr></thead>
<tbody>${rules.map(ruleRow).join("\n")}</tbody></table>`,
  );
  const demands = framework.notEvaluable.map(
    ({ clause, title, evidence }) =>
      `<tr><td>${badge("notEvaluable")}</td><th scope="row">${escapeHtml(clause)} ${escapeHtml(title)}</th><td>${escapeHtml(evidence)}</td></tr>`,
  );
  return `<section class="framework" aria-labelledby="${anchor(framework.name)}"><h2 id="${anchor(framework.name)}">${escapeHtml(framework.name)}</h2>
<p>${escapeHtml(framework.specification)} (${escapeHtml(framework.version)}). <a href="${escapeHtml(framework.source)}">Source</a></p>
${clauses.join("\n")}
<h3>Not evaluable <span class="title">what infrastructure code cannot show</span></h3>
<table class="rules"><thead><tr><th scope="col">Result</th><th scope="col">Demand</th><th scope="col">Where the evidence is</th></tr></thead>
<tbody>${demands.join("\n")}</tbody></table></section>`;
}

/** A rule under a clause: its resources are listed once, with the rule. */
function ruleRow(result: RuleResult): string {
  const { rule } = result;
  const count = looked(result).length;
  return `<tr><td>${badge(statusOf(result))}</td><th scope="row"><a href="#rule-${rule.id}">${escapeHtml(rule.title)}</a></th><td>${count === 0 ? "no such resource" : plural(count, "resource")}</td></tr>`;
}

function ruleSection({ rules }: CheckResult): string {
  const items = rules.map((result) => {
    const { rule } = result;
    const names = looked(result).map(
      ({ urn, stack, verdict }) =>
        `<li>${escapeHtml(nameOf(urn))} <span class="id">${escapeHtml(typeOf(urn))}, ${escapeHtml(stack)}${verdict.outcome === "passed" ? "" : `: ${verdict.outcome}`}</span></li>`,
    );
    const list =
      names.length === 0
        ? "<p>The plan holds no resource that it is about.</p>"
        : `<details><summary>${plural(names.length, "resource")}</summary><ul>${names.join("")}</ul></details>`;
    return `<article id="rule-${rule.id}"><h3>${badge(statusOf(result))} ${escapeHtml(rule.title)} <span class="id">${rule.id}, ${rule.severity}</span></h3><p>${escapeHtml(rule.why)}</p>${list}</article>`;
  });
  return `<section class="annex" aria-labelledby="rules"><h2 id="rules">Rules, and what they were checked on</h2>${items.join("\n")}</section>`;
}

/** What a rule applied to. */
function looked({ findings }: RuleResult): readonly Finding[] {
  return findings.filter(({ verdict }) => verdict.outcome !== "notApplicable");
}

function badge(status: Status | "notEvaluable"): string {
  const { mark, word } = SHOWN[status];
  return `<span class="badge ${status}"><span aria-hidden="true">${mark}</span> ${word}</span>`;
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}
