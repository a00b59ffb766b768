import { isViolation, type CheckResult, type RuleResult } from "../check";
import type { Level, Severity } from "../rule";

/** What GitHub and GitLab rank findings by: https://docs.github.com/en/code-security/code-scanning */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
};

/** How SARIF calls the levels. */
const LEVEL: Readonly<Record<Level, "error" | "warning">> = { mandatory: "error", advisory: "warning" };

/**
 * The report of a check as SARIF 2.1.0, for merge requests. A violation stands in the file that the stack's config is in:
 * a resource has no line of its own.
 *
 * @param fileOf - The file of a stack, relative to the repository.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(result: CheckResult, fileOf: (stack: string) => string): unknown {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "cutover check",
            rules: result.rules.map(({ rule, frameworks }) => ({
              id: rule.id,
              shortDescription: { text: rule.title },
              fullDescription: { text: rule.why },
              help: { text: rule.fix },
              properties: {
                "security-severity": SECURITY_SEVERITY[rule.severity],
                tags: [rule.area, ...frameworks.map(({ name, clause }) => `${name} ${clause}`)],
              },
            })),
          },
        },
        results: result.rules.flatMap((one, index) => results(one, index, fileOf)),
      },
    ],
  };
}

function results({ rule, findings }: RuleResult, ruleIndex: number, fileOf: (stack: string) => string): unknown[] {
  return findings.flatMap((finding) => {
    const { verdict, waiver, urn, stack, level } = finding;
    if (verdict.outcome !== "violated") {
      return [];
    }
    return {
      ruleId: rule.id,
      ruleIndex,
      level: LEVEL[level],
      message: { text: `${urn.split("::").at(-1)}: ${verdict.message}` },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: fileOf(stack) }, region: { startLine: 1 } },
          logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }],
        },
      ],
      // The same violation of the same resource is the same finding, in every run.
      partialFingerprints: { ruleAndResource: `${rule.id} ${urn}` },
      ...(isViolation(finding)
        ? {}
        : {
            suppressions: [
              { kind: "external", status: "accepted", justification: `${waiver!.who}: ${waiver!.reason}` },
            ],
          }),
    };
  });
}
