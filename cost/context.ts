import { regionOfCluster } from "../components/internal/names";
import { graphOf, type Graph, type Resource, type ResourceRecord } from "../policies/graph";
import { Undetermined } from "../policies/node";
import { regionOf, regionOfArn } from "../policies/regions";
import { STACK_TYPE, typeOf } from "../pulumi/urn";
import type { CostInputs } from "./inputs";
import { planNodes, type NodePlan } from "./nodes";
import { MONTH_DAYS, type PriceTable } from "./priceTable";

/** What belongs to no region: the edge. */
export const GLOBAL = "global";

/** What meters ask: the resources around one, and how much work the students of a region make. */
export class CostContext {
  public readonly graph: Graph;
  private plan?: NodePlan;

  public constructor(
    resources: readonly ResourceRecord[],
    public readonly prices: PriceTable,
    public readonly inputs: CostInputs,
  ) {
    this.graph = graphOf(resources, "inputs");
  }

  /** The region that a resource is charged in: an AWS region, an Azure location, or `global`. */
  public region(resource: Resource): string {
    if (resource.type === "aws:cloudfront/distribution:Distribution" || resource.text("scope") === "CLOUDFRONT") {
      return GLOBAL;
    }
    if (resource.type.startsWith("kubernetes:")) {
      const { record, provider } = resource;
      const cluster =
        provider?.isUnknown("clusterIdentifier") === false ? provider.text("clusterIdentifier") : undefined;
      return (
        regionOfArn(cluster) ??
        regionOfCluster(cluster) ??
        /[a-z]{2}(-gov)?-[a-z]+-\d/.exec(record.provider ?? "")?.[0] ??
        GLOBAL
      );
    }
    const account = resource.type.startsWith("azure-native:") ? this.sibling(resource, AZURE_ACCOUNT) : undefined;
    return regionOf(resource) ?? (account === undefined ? undefined : regionOf(account)) ?? GLOBAL;
  }

  /** The resource of a type in the same component: a component keeps what belongs together, a stack does not. */
  public sibling({ record: { parent } }: Resource, type: string): Resource | undefined {
    return parent === undefined || typeOf(parent) === STACK_TYPE
      ? undefined
      : this.graph.ofType(type).find(({ record }) => record.parent === parent);
  }

  /** Students of a region. */
  public students(region: string): number {
    return (this.inputs.students * (this.inputs.shares[region] ?? 0)) / 100;
  }

  /** Requests of a region's students in a month. */
  public requests(region: string): number {
    return this.students(region) * this.inputs.load.requestsPerStudentDay * MONTH_DAYS;
  }

  /** An amount of MiB per student and day, as the GB of a region in a month. */
  public gigabytes(region: string, mebibytes: number): number {
    return (this.students(region) * mebibytes * MONTH_DAYS) / 1024;
  }

  /** The part of a region's volume that one of several like resources has: all have the same. */
  public portion(resource: Resource, among: (other: Resource) => boolean = () => true): number {
    const region = this.region(resource);
    const others = this.graph.ofType(resource.type).filter((other) => among(other) && this.region(other) === region);
    return 1 / Math.max(1, others.length);
  }

  /** How many nodes the pods need. */
  public get nodes(): NodePlan {
    return (this.plan ??= planNodes(this));
  }
}

const AZURE_ACCOUNT = "azure-native:cognitiveservices:Account";

/** A value that may not be known yet, which the caller can do without. */
export function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Undetermined) {
      return undefined;
    }
    throw error;
  }
}
