import { SUPPORT, type SupportTable } from "./data/versions";
import { FRAMEWORKS, type Framework } from "./frameworks";
import { AREAS, defaultLevel, type Area, type Rule } from "./rule";
import { RULES } from "./rules";

/** The text of docs/compliance.md: what the pack covers, and what it does not. Pure. */
export function compliancePage(rules: readonly Rule[] = RULES): string {
  const lines = [
    INTRODUCTION,
    "## Frameworks",
    "",
    "| framework | version | clauses with rules | rules | not evaluable |",
    "| --- | --- | --- | --- | --- |",
    ...FRAMEWORKS.map((framework) => frameworkRow(framework, rules)),
    "",
    HOW,
    "## Rules",
    "",
    ...(Object.keys(AREAS) as Area[]).flatMap((area) => areaSection(area, rules)),
    "## Clauses",
    "",
    "What each clause that rules cite demands, and the rules that are evidence for it.",
    "",
    ...FRAMEWORKS.flatMap((framework) => clauseSection(framework, rules)),
    "## Not evaluable",
    "",
    "What infrastructure code cannot show. `cutover check` lists it as not evaluable, never as passed.",
    "",
    "| demand | clause | where the evidence is |",
    "| --- | --- | --- |",
    ...FRAMEWORKS.flatMap(({ name, notEvaluable }) =>
      notEvaluable.map(({ clause, title, evidence }) => `| ${cell(title)} | ${name} ${clause} | ${cell(evidence)} |`),
    ),
    "",
    "## Supported versions",
    "",
    "The table behind the rules on versions (`policies/data/versions.ts`). A warning comes 90 days before an end.",
    "",
    "| product | lines, and the last day of standard support | as of |",
    "| --- | --- | --- |",
    ...Object.values(SUPPORT).map(supportRow),
    "",
  ];
  return lines.join("\n");
}

const INTRODUCTION = `# Compliance

Generated from the rules in \`policies/rules\` by \`npm run docs\`: do not edit.

The policy pack checks a plan against the law and the standards that schools live under. It runs in three ways, with the same
rules: \`cutover check --stack NAME\` on the rehearsal of a stack and of all that it reads; \`cutover check --state FILE\` on any
exported Pulumi state; and \`pulumi preview --policy-pack policies\` in Pulumi's own engine, on any Pulumi program.

A passed check is evidence for what stands in the code, and for nothing else: it does not make a deployment compliant.
`;

const HOW = `## How a rule decides

- **passed, violated**: what the clouds do with an absent property is what counts. A violation at the level \`mandatory\` fails a
  check and stops a deployment; one at \`advisory\` is reported.
- **not yet known**: in a preview some values are decided by the cloud. Such a rule has neither passed nor failed; Pulumi
  counts it as not applicable, with the reason, and asks again during the update. In a rehearsal everything is known. An
  encrypted secret of a state file stays closed, and is not known either.
- **waived**: \`cutover:policies.waivers\` accepts a violation, with a reason, who decided, and a last day. After it the waiver
  is a violation, and what it accepted is one again.
- **secret** values are read like any other, and are in no message.
- Rules of the scope *resource* look at what the program asks for, before anything is done; *stack* at relations inside of a
  stack; *stacks* at all stacks that are read together: they run in \`cutover check\` and before each stage of a rollout.
- The region of a resource is its own \`region\` argument, else its provider's, else the one in its ARN. The jurisdictions of
  regions are in \`policies/data/regions.ts\`; \`cutover:policies.jurisdictions\` adds to it.
- Config: [\`cutover:policies\`](configuration.md#cutoverpolicies). With Pulumi, \`--policy-pack-config\` sets the same for one
  rule (\`waivers\`, and what the rule reads), and its level.
`;

function frameworkRow({ name, version, clauses, notEvaluable, source }: Framework, rules: readonly Rule[]): string {
  const citing = rules.filter(({ frameworks }) => frameworks.some((clause) => clause.name === name));
  const covered = Object.keys(clauses).filter((clause) => rulesFor(name, clause, rules).length > 0);
  return `| [${name}](${source}) | ${version} | ${covered.length} | ${citing.length} | ${notEvaluable.length} |`;
}

function areaSection(area: Area, rules: readonly Rule[]): string[] {
  const own = rules.filter((rule) => rule.area === area);
  return own.length === 0
    ? []
    : [
        `### ${AREAS[area]}`,
        "",
        "| rule | demands | severity | clauses |",
        "| --- | --- | --- | --- |",
        ...own.map(ruleRow),
        "",
      ];
}

function ruleRow(rule: Rule): string {
  const notes = [
    rule.severity,
    ...(defaultLevel(rule) === "advisory" ? ["advisory"] : []),
    ...(rule.scope === "stacks" ? ["over stacks"] : []),
  ];
  const clauses = rule.frameworks.map(({ name, clause }) => `${name} ${clause}`).join(", ");
  return `| \`${rule.id}\` | ${cell(rule.title)}. ${cell(rule.why)} *${cell(rule.fix)}* | ${notes.join(", ")} | ${clauses} |`;
}

function clauseSection({ name, clauses }: Framework, rules: readonly Rule[]): string[] {
  const rows = Object.entries(clauses)
    .map(([clause, title]) => ({ clause, title, ids: rulesFor(name, clause, rules).map(({ id }) => `\`${id}\``) }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ clause, title, ids }) => `| ${clause} | ${cell(title)} | ${ids.join(", ")} |`);
  return [`### ${name}`, "", "| clause | demands | rules |", "| --- | --- | --- |", ...rows, ""];
}

function rulesFor(name: string, clause: string, rules: readonly Rule[]): Rule[] {
  return rules.filter(({ frameworks }) => frameworks.some((cited) => cited.name === name && cited.clause === clause));
}

function supportRow({ product, lines, asOf, source }: SupportTable): string {
  const texts = lines.map(({ version, until }) => `${version}: ${until ?? "none announced"}`);
  return `| [${product}](${source}) | ${texts.join(", ")} | ${asOf} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("*", "\\*");
}
