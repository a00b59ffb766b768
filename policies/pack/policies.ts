import type { Policies, PolicyConfigSchema, ResourceValidationPolicy } from "@pulumi/policy";
import { z } from "zod";
import { policiesSchema } from "../../stacks/config/policies";
import { FRAMEWORKS } from "../frameworks";
import { AREAS, type Rule } from "../rule";
import type { Run } from "./run";

type Properties = PolicyConfigSchema["properties"];

/** What the engine is told of the rules. They are asked by `service.ts`, and not through these. */
export function policiesOf(runs: readonly Run[]): Policies {
  const all = properties();
  return runs.map((run) => {
    const policy = described(run, all);
    return run.rule.scope === "resource"
      ? { ...policy, validateResource: unreachable }
      : { ...policy, validateStack: unreachable };
  });
}

function unreachable(): never {
  throw new Error("@pulumi/policy asks its policies in another way than the version that package.json pins: npm ci");
}

function described({ rule, level }: Run, all: Properties): Omit<ResourceValidationPolicy, "validateResource"> {
  const [main] = rule.frameworks;
  const framework = FRAMEWORKS.find(({ name }) => name === main.name)!;
  return {
    name: rule.id,
    displayName: rule.title,
    description: descriptionOf(rule),
    enforcementLevel: level,
    severity: rule.severity,
    framework: {
      name: main.name,
      version: main.version,
      reference: main.clause,
      specification: framework.specification,
    },
    tags: [AREAS[rule.area], ...rule.frameworks.map(({ name, clause }) => `${name} ${clause}`)],
    remediationSteps: rule.fix,
    configSchema: configSchema(rule, all),
  };
}

/** What a rule demands, and why. */
export function descriptionOf({ title, why }: Rule): string {
  return `${title}. ${why}`;
}

/**
 * What can be set for a rule: what it reads, and its waivers. Without defaults: the engine would hand them to the rule as if
 * somebody had set them, over what the stack's config says. Of a waiver little is said, as the engine reads all schemas before
 * each run; `settings.ts` checks the rest of it.
 */
function configSchema({ settings = [] }: Rule, all: Properties): PolicyConfigSchema {
  return {
    properties: {
      ...Object.fromEntries(settings.map((name) => [name, all[name]!])),
      waivers: {
        type: "array",
        items: { type: "object" },
        description: "Violations that were accepted, each with `resource`, `reason`, `who` and `expires`.",
      },
    },
  };
}

function properties(): Properties {
  const { properties: all } = z.toJSONSchema(policiesSchema, { io: "input", unrepresentable: "any" });
  return withoutDefaults(all) as Properties;
}

function withoutDefaults(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => (key === "default" ? undefined : value));
}
