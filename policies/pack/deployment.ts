import type { AnalyzeRequest, AnalyzerProviderResource, AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb";
import type { ValueMap } from "../../pulumi/values";
import { graphOf, type Graph, type ResourceRecord } from "../graph";

/** What the pack knows of a deployment while the engine goes through it. */
export class Deployment {
  private readonly providers = new Map<string, ResourceRecord>();
  private readonly inputs = new Map<string, ValueMap>();

  /** A resource before anything is done, by itself. */
  public one(request: AnalyzeRequest): Graph {
    const provider = this.provider(request.getProvider());
    const options = request.getOptions();
    const record: ResourceRecord = {
      urn: request.getUrn(),
      type: request.getType(),
      inputs: properties(request),
      ...(provider === undefined ? {} : { provider: provider.urn }),
      ...(options?.getParent() ? { parent: options.getParent() } : {}),
      protect: options?.getProtect() === true,
    };
    this.inputs.set(record.urn, record.inputs);
    return graphOf(provider === undefined ? [record] : [provider, record], "inputs");
  }

  /** All resources in the end; then the next deployment begins. */
  public all(resources: readonly AnalyzerResource[]): Graph {
    const there = new Set(resources.map((resource) => resource.getUrn()));
    const records = resources.map((resource) => this.record(resource));
    const providers = [...this.providers.values()].filter(({ urn }) => !there.has(urn));
    this.providers.clear();
    this.inputs.clear();
    return graphOf([...providers, ...records], "all");
  }

  private record(resource: AnalyzerResource): ResourceRecord {
    const urn = resource.getUrn();
    const provider = this.provider(resource.getProvider());
    const dependencies = [...resource.getPropertydependenciesMap().entries()];
    return {
      urn,
      type: resource.getType(),
      inputs: this.inputs.get(urn) ?? {},
      outputs: properties(resource),
      ...(provider === undefined ? {} : { provider: provider.urn }),
      ...(resource.getParent() === "" ? {} : { parent: resource.getParent() }),
      dependencies: resource.getDependenciesList(),
      propertyDependencies: Object.fromEntries(dependencies.map(([property, on]) => [property, on.getUrnsList()])),
      protect: resource.getOptions()?.getProtect() === true,
    };
  }

  private provider(of: AnalyzerProviderResource | undefined): ResourceRecord | undefined {
    if (of === undefined) {
      return undefined;
    }
    const urn = of.getUrn();
    let record = this.providers.get(urn);
    if (record === undefined) {
      this.providers.set(urn, (record = { urn, type: of.getType(), inputs: properties(of) }));
    }
    return record;
  }
}

/** Properties as the engine sends them: with the marks of secrets, and of what is not known yet. */
function properties(of: AnalyzeRequest | AnalyzerResource | AnalyzerProviderResource): ValueMap {
  return of.getProperties()?.toJavaScript() ?? {};
}
