import { Secret, type PolicyResource, type ResourceValidationArgs } from "@pulumi/policy";
import { SECRET, SIGNATURE, type Value, type ValueMap } from "../../rehearsal/engine/values";
import { looksAt } from "../evaluate";
import { baseType, graphOf, type Graph, type ResourceRecord } from "../graph";
import type { Rule } from "../rule";
import type { Checked } from "./policies";

/** What the SDK hands to a policy is wrapped, so that reading an unknown value throws; this is the key of what is inside. */
const INSIDE = "__getSpecialProxyTarget";

/** The properties themselves. */
function inside(properties: Record<string, unknown>): ValueMap {
  return (properties[INSIDE] ?? properties) as ValueMap;
}

/** Properties of a remediation, in which secrets are marked by objects of the SDK, with the engine's own marks. */
function marked(value: unknown): Value {
  if (value instanceof Secret) {
    return { [SIGNATURE]: SECRET, value: marked(value.value) };
  }
  if (Array.isArray(value)) {
    return value.map(marked);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, marked(item)]));
  }
  return value as Value;
}

/** A provider, as it comes with each of its resources. */
interface Provider {
  urn: string;
  type: string;
  props: Record<string, unknown>;
}

function providerRecord({ urn, type, props }: Provider): ResourceRecord {
  return { urn, type, inputs: inside(props) };
}

/** What the pack knows of a deployment while the engine goes through it. */
export class Deployment {
  private readonly inputs = new Map<string, ValueMap>();
  private single?: { key: object; graph: Graph };
  private whole?: { key: object; graph: Graph };
  private readonly types = new Set<string>();
  /** What came of the rules on the stack; absent until they ran, and when another resource comes. */
  public results?: Map<Rule, Checked>;

  /**
   * Notes the inputs of a resource with the marks of their secrets: only remediations see them.
   *
   * @returns Always undefined: nothing is remediated.
   */
  public note({ urn, type, props }: Pick<ResourceValidationArgs, "urn" | "type" | "props">): undefined {
    const unwrapped = inside(inside(props));
    this.results = undefined;
    this.inputs.set(urn, marked(unwrapped) as ValueMap);
    this.types.add(baseType(type));
    return undefined;
  }

  /** Whether it is known that there is no resource of the types that a rule looks at. */
  public lacks(rule: Rule): boolean {
    return this.types.size > 0 && ![...this.types].some((type) => looksAt(rule, type));
  }

  /** The graph of one resource, by itself. */
  public graphOfOne(args: ResourceValidationArgs): Graph {
    const key = inside(args.props);
    this.results = undefined;
    if (this.single?.key !== key) {
      const record: ResourceRecord = {
        urn: args.urn,
        type: args.type,
        inputs: this.inputs.get(args.urn) ?? key,
        ...(args.provider === undefined ? {} : { provider: args.provider.urn }),
        ...(args.opts.parent === undefined ? {} : { parent: args.opts.parent }),
        protect: args.opts.protect,
      };
      const records = args.provider === undefined ? [record] : [providerRecord(args.provider), record];
      this.single = { key, graph: graphOf(records, "inputs") };
    }
    return this.single.graph;
  }

  /** The graph of the stack. */
  public graphOfAll(resources: readonly PolicyResource[]): Graph {
    const key = resources.length === 0 ? this : inside(resources[0]!.props);
    if (this.whole?.key !== key) {
      const providers = new Map(
        resources.flatMap(({ provider }) => (provider === undefined ? [] : [[provider.urn, provider]])),
      );
      const there = new Set(resources.map(({ urn }) => urn));
      const records = [
        ...[...providers.values()].filter(({ urn }) => !there.has(urn)).map(providerRecord),
        ...resources.map((resource) => this.record(resource)),
      ];
      this.whole = { key, graph: graphOf(records, "all") };
    }
    return this.whole.graph;
  }

  private record(resource: PolicyResource): ResourceRecord {
    const { urn, type, props, opts, provider, parent, dependencies, propertyDependencies } = resource;
    return {
      urn,
      type,
      inputs: this.inputs.get(urn) ?? {},
      outputs: inside(props),
      ...(provider === undefined ? {} : { provider: provider.urn }),
      ...(parent === undefined ? {} : { parent: parent.urn }),
      dependencies: dependencies.map((one) => one.urn),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([property, targets]) => [property, targets.map((one) => one.urn)]),
      ),
      protect: opts.protect,
    };
  }
}
