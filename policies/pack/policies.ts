import type {
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { z } from "zod";
import { policiesSchema } from "../../stacks/config/policies";
import { clausesOf, levelOf } from "../check";
import { evaluate, looksAt, subjects } from "../evaluate";
import { FRAMEWORKS } from "../frameworks";
import type { Graph, Resource } from "../graph";
import { AREAS, type Rule } from "../rule";
import type { Settings } from "../settings";
import { isExpired, waives } from "../waivers";
import { Deployment } from "./records";
import { withRuleConfig } from "./settings";

/** Remediations are the only way in which the SDK shows what is secret. This one looks, and changes nothing. */
const NOTE: ResourceValidationPolicy = {
  name: "note-secrets",
  displayName: "Which values are secret",
  description: "Tells the other policies which values are secret. It changes nothing, and finds nothing.",
  enforcementLevel: "remediate",
};

/** Rules as policies of Pulumi. Rules over several stacks are left out: the engine sees one stack at a time. */
export function policiesOf(rules: readonly Rule[], settings: Settings, today: Date): Policies {
  const deployment = new Deployment();
  const runs = rules.map((rule) => new Run(rule, settings, today));
  const stackRuns = runs.filter(({ rule }) => rule.scope === "stack");
  return [
    { ...NOTE, remediateResource: (args) => deployment.note(args), validateResource: () => undefined },
    ...runs.filter(({ rule }) => rule.scope === "resource").map((run) => resourcePolicy(run, deployment)),
    ...stackRuns.map((run) => stackPolicy(run, stackRuns, deployment)),
  ];
}

function resourcePolicy(run: Run, deployment: Deployment): ResourceValidationPolicy {
  const { rule } = run;
  const validate: ResourceValidationPolicy["validateResource"] = (args, report) => {
    if (!looksAt(rule, args.type)) {
      notApplicable(args);
    }
    const graph = deployment.graphOfOne(args);
    const checked = run.check([graph.byUrn(args.urn)!], graph, args.getConfig());
    conclude(checked, args, report);
  };
  return { ...described(run), enforcementLevel: run.level, validateResource: typed(validate, rule) };
}

/** The SDK asks no policy about a type that it is not for, where it is for one. Split resources have two. */
function typed<F extends NonNullable<ResourceValidationPolicy["validateResource"]>>(validate: F, { types }: Rule): F {
  const [only] = types;
  return types.length === 1 && typeof only === "string" && !only.startsWith("aws:s3/")
    ? Object.assign(validate, { __pulumiType: only })
    : validate;
}

/**
 * A rule on the stack as a policy. For each such policy the SDK makes all resources anew, which takes longer than all rules
 * together. So the first of them that runs checks all; one that then has nothing to report says that it is disabled when it
 * is asked, and the SDK leaves it out. The engine, which knows its real level from the start, counts it as passed, as it is.
 */
function stackPolicy(run: Run, all: readonly Run[], deployment: Deployment): StackValidationPolicy {
  const validate: StackValidationPolicy["validateStack"] = (args, report) => {
    const graph = deployment.graphOfAll(args.resources);
    const results = (deployment.results ??= new Map(
      all.map((one) => [one.rule, one.check(subjects(one.rule, graph), graph, {})]),
    ));
    const config = args.getConfig<object>();
    const hasOwn = Object.keys(config).length > 0;
    conclude(hasOwn ? run.check(subjects(run.rule, graph), graph, config) : results.get(run.rule)!, args, report);
  };
  return {
    ...described(run),
    get enforcementLevel() {
      const result = deployment.results?.get(run.rule);
      return result !== undefined && result.violations.length === 0 && result.decided ? "disabled" : run.level;
    },
    validateStack: Object.defineProperty(validate, "__pulumiType", {
      // A type that is not there makes the SDK say so, without asking the policy.
      get: () => (deployment.lacks(run.rule) ? String(run.rule.types[0]) : undefined),
    }),
  };
}

/** Tells the SDK what came of a check. What is not known yet counts as not applicable there, with the reason. */
function conclude(
  { violations, decided, reason }: Checked,
  args: ResourceValidationArgs | StackValidationArgs,
  report: ReportViolation,
): void {
  for (const { message, urn } of violations) {
    report(message, urn);
  }
  if (violations.length === 0 && !decided) {
    notApplicable(args, reason);
  }
}

/** The SDK throws: a stack trace for each resource would take longer than the check. */
function notApplicable(args: ResourceValidationArgs | StackValidationArgs, reason?: string): never {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return args.notApplicable(reason);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function described({ rule }: Run): Omit<ResourceValidationPolicy, "enforcementLevel" | "validateResource"> {
  const [main] = rule.frameworks;
  const framework = FRAMEWORKS.find(({ name }) => name === main.name)!;
  return {
    name: rule.id,
    displayName: rule.title,
    description: `${rule.title}. ${rule.why}`,
    severity: rule.severity,
    framework: {
      name: main.name,
      version: main.version,
      reference: main.clause,
      specification: framework.specification,
    },
    tags: [AREAS[rule.area], ...rule.frameworks.map(({ name, clause }) => `${name} ${clause}`)],
    remediationSteps: rule.fix,
    configSchema: configSchema(rule),
  };
}

/** What can be set for a rule: what it reads, and its waivers. */
function configSchema({ settings = [] }: Rule): PolicyConfigSchema {
  const schema = z.toJSONSchema(policiesSchema, { io: "input", unrepresentable: "any" });
  const all = schema.properties as unknown as PolicyConfigSchema["properties"];
  const waiver = (all["waivers"] as { items: { required: string[] } }).items;
  return {
    properties: {
      ...Object.fromEntries(settings.map((name) => [name, all[name]!])),
      waivers: {
        ...all["waivers"],
        items: { ...waiver, required: waiver.required.filter((name) => name !== "rule") },
      },
    },
  };
}

/** What came of a check. */
export interface Checked {
  violations: { message: string; urn: string }[];
  /** Whether the rule applied to something, and everything that it needed was known. */
  decided: boolean;
  /** What was not known. */
  reason?: string;
}

/** A rule in a stack. */
class Run {
  public readonly level: "mandatory" | "advisory" | "disabled";
  private settings?: Settings;

  public constructor(
    public readonly rule: Rule,
    private readonly base: Settings,
    private readonly today: Date,
  ) {
    this.level = clausesOf(rule, base, {}).length === 0 ? "disabled" : levelOf(rule, base);
  }

  /** Checks resources. What is not known in a preview is checked again in the update: until then it is not passed. */
  public check(resources: readonly Resource[], graph: Graph, config: object): Checked {
    const settings = (this.settings ??= withRuleConfig(this.base, this.rule.id, config));
    const verdicts = resources.map((resource) => ({
      urn: resource.urn,
      ...evaluate(this.rule, resource, graph, { settings, today: this.today }),
    }));
    const open = verdicts.find((verdict) => verdict.outcome === "undetermined");
    return {
      violations: verdicts.flatMap((verdict) =>
        verdict.outcome === "violated" && !this.isWaived(settings, verdict.urn) ? verdict : [],
      ),
      decided: open === undefined && verdicts.some(({ outcome }) => outcome !== "notApplicable"),
      ...(open?.outcome === "undetermined" ? { reason: `not known yet: ${open.reason}` } : {}),
    };
  }

  private isWaived({ waivers }: Settings, urn: string): boolean {
    return waivers.some((waiver) => !isExpired(waiver, this.today) && waives(waiver, this.rule, urn));
  }
}
