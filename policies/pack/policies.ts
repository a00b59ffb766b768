import type {
  Policies,
  PolicyConfigSchema,
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { z } from "zod";
import { policiesSchema } from "../../stacks/config/policies";
import { clausesOf, levelOf } from "../check";
import { evaluate, looksAt, subjects } from "../evaluate";
import { FRAMEWORKS } from "../frameworks";
import type { Graph, Resource } from "../graph";
import { AREAS, type GraphRule, type ResourceRule, type Rule } from "../rule";
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
  return [
    { ...NOTE, remediateResource: (args) => deployment.note(args), validateResource: () => undefined },
    ...rules.flatMap((rule) => {
      const run = new Run(rule, settings, today);
      return rule.scope === "resource"
        ? resourcePolicy(rule, run, deployment)
        : rule.scope === "stack"
          ? stackPolicy(rule, run, deployment)
          : [];
    }),
  ];
}

function resourcePolicy(rule: ResourceRule, run: Run, deployment: Deployment): ResourceValidationPolicy {
  const validate: ResourceValidationPolicy["validateResource"] = (args, report) => {
    if (!looksAt(rule, args.type)) {
      args.notApplicable();
    }
    const graph = deployment.graphOfOne(args);
    const { outcome, reason } = run.check(graph.byUrn(args.urn)!, graph, args.getConfig(), report);
    if (outcome !== "decided") {
      args.notApplicable(reason);
    }
  };
  return { ...described(rule, run), validateResource: typed(validate, rule) };
}

function stackPolicy(rule: GraphRule, run: Run, deployment: Deployment): StackValidationPolicy {
  const validate: StackValidationPolicy["validateStack"] = (args, report) => {
    const graph = deployment.graphOfAll(args.resources);
    const checked = subjects(rule, graph).map((resource) => run.check(resource, graph, args.getConfig(), report));
    const open = checked.filter(({ outcome }) => outcome === "open");
    if (open.length > 0 || checked.every(({ outcome }) => outcome === "notApplicable")) {
      args.notApplicable(open[0]?.reason);
    }
  };
  return { ...described(rule, run), validateStack: validate };
}

/** The SDK asks no policy about a type that it is not for, where it is for one. Split resources have two. */
function typed<F extends NonNullable<ResourceValidationPolicy["validateResource"]>>(validate: F, { types }: Rule): F {
  const [only] = types;
  return types.length === 1 && typeof only === "string" && !only.startsWith("aws:s3/")
    ? Object.assign(validate, { __pulumiType: only })
    : validate;
}

function described(rule: Rule, run: Run): Omit<ResourceValidationPolicy, "validateResource"> {
  const [main] = rule.frameworks;
  const framework = FRAMEWORKS.find(({ name }) => name === main.name)!;
  const level = run.level;
  return {
    name: rule.id,
    displayName: rule.title,
    description: `${rule.title}. ${rule.why}`,
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
      } as PolicyConfigSchema["properties"][string],
    },
  };
}

/** What came of a check: a verdict, none because something is not known yet, or nothing to say. */
interface Checked {
  outcome: "decided" | "open" | "notApplicable";
  reason?: string;
}

/** A rule in a stack. */
class Run {
  public readonly level: "mandatory" | "advisory" | "disabled";
  private settings?: Settings;

  public constructor(
    private readonly rule: Rule,
    private readonly base: Settings,
    private readonly today: Date,
  ) {
    this.level = clausesOf(rule, base, {}).length === 0 ? "disabled" : levelOf(rule, base);
  }

  /**
   * Checks a resource, and reports its violation. What is not known in a preview is checked again in the update: until
   * then Pulumi counts the policy as not applicable, with the reason, and not as passed.
   */
  public check(resource: Resource, graph: Graph, config: object, report: ReportViolation): Checked {
    const settings = (this.settings ??= withRuleConfig(this.base, this.rule.id, config));
    const verdict = evaluate(this.rule, resource, graph, { settings, today: this.today });
    switch (verdict.outcome) {
      case "notApplicable":
        return { outcome: "notApplicable" };
      case "undetermined":
        return { outcome: "open", reason: `not known yet: ${verdict.reason}` };
      case "violated":
        if (!isWaived(settings, this.rule, resource, this.today)) {
          report(verdict.message, resource.urn);
        }
    }
    return { outcome: "decided" };
  }
}

function isWaived({ waivers }: Settings, rule: Rule, { urn }: Resource, today: Date): boolean {
  return waivers.some((waiver) => !isExpired(waiver, today) && waives(waiver, rule, urn));
}
