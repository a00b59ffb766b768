import { nameOf, STACK_TYPE } from "../pulumi/urn";
import type { ValueMap } from "../pulumi/values";
import { Node } from "./node";

/** What the engine says about a resource, from wherever it was read: a rehearsal, a state file, or a policy pack's call. */
export interface ResourceRecord {
  urn: string;
  /** Type token, e.g. `aws:s3/bucket:Bucket`. */
  type: string;
  /** The cloud's identifier, where it is known. */
  id?: string;
  /** What the program asks for. */
  inputs: ValueMap;
  /** What the cloud answered; in a preview what is known of it. */
  outputs?: ValueMap;
  /** URN of the parent. */
  parent?: string;
  /** URN of the provider resource. */
  provider?: string;
  /** URNs of what it depends on. */
  dependencies?: readonly string[];
  /** The same by top-level property. */
  propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  protect?: boolean;
  /** Of the stack itself: what keeps the secrets of its state, `passphrase` or `cloud`, where that is known. */
  secretsProvider?: string;
  /** A resource that was only read: it belongs to somebody else. */
  external?: boolean;
}

/** A resource as rules see it: its properties by path (see {@link Node}), and what the engine knows besides. */
export class Resource extends Node {
  public readonly urn: string;
  /** Type token without the `V2` of split resources: `aws:s3/bucketV2:BucketV2` is an `aws:s3/bucket:Bucket`. */
  public readonly type: string;
  /** The logical name in the program. */
  public readonly name: string;
  /** The cloud's identifier; undefined while it is not known. */
  public readonly id: string | undefined;
  public readonly protect: boolean;

  /**
   * @param record - What the engine says.
   * @param properties - What rules read: the inputs, or the inputs over the outputs.
   * @param provider - The configuration of the provider that manages it.
   */
  public constructor(
    public readonly record: ResourceRecord,
    properties: ValueMap,
    public readonly provider?: Node,
  ) {
    super(properties);
    this.urn = record.urn;
    this.type = baseType(record.type);
    this.name = nameOf(record.urn);
    this.id = record.id;
    this.protect = record.protect === true;
  }
}

/** A type token without the suffix of split resources. */
export function baseType(type: string): string {
  return type.replace(/^(aws:.*)V2:(\w+)V2$/, "$1:$2");
}

/** A type token, or a pattern for several. */
export type TypePattern = string | RegExp;

/** The resources of a stack, or of several, with the ways between them. */
export class Graph {
  private readonly urns = new Map<string, Resource>();
  private readonly types = new Map<string, Resource[]>();
  private readonly patterns = new Map<string, readonly Resource[]>();
  private identities?: Map<string, Resource[]>;
  private dependents?: Map<string, Resource[]>;

  public constructor(public readonly resources: readonly Resource[]) {
    for (const resource of resources) {
      this.urns.set(resource.urn, resource);
      push(this.types, resource.type, resource);
    }
  }

  public byUrn(urn: string): Resource | undefined {
    return this.urns.get(urn);
  }

  /** The resources of a type. */
  public ofType(type: TypePattern): readonly Resource[] {
    if (typeof type === "string") {
      return this.types.get(type) ?? [];
    }
    let found = this.patterns.get(type.source);
    if (found === undefined) {
      found = [...this.types.entries()].filter(([name]) => type.test(name)).flatMap(([, resources]) => resources);
      this.patterns.set(type.source, found);
    }
    return found;
  }

  /** The resource that stands for the stack; several when the graph holds several stacks. */
  public get stacks(): readonly Resource[] {
    return this.ofType(STACK_TYPE);
  }

  /**
   * The resources of a type that a property refers to: by the value, where it is known and is the identifier or ARN of
   * one; otherwise by what the engine says that the property depends on, so that it works in a preview, too.
   *
   * @param path - The property, e.g. `bucket` or `rules[*].destination.bucket`.
   */
  public targets(resource: Resource, path: string, type: TypePattern): readonly Resource[] {
    const known = this.byValue(resource, path).filter((target) => matches(target.type, type));
    if (known.length > 0) {
      return known;
    }
    const property = /^\w+/.exec(path)?.[0] ?? path;
    return (resource.record.propertyDependencies?.[property] ?? [])
      .flatMap((urn) => this.urns.get(urn) ?? [])
      .filter((target) => matches(target.type, type));
  }

  /** The resources of a type whose property refers to this one: the other direction of {@link targets}. */
  public referrers(target: Resource, type: TypePattern, path: string): readonly Resource[] {
    return this.ofType(type).filter((resource) => this.targets(resource, path, target.type).includes(target));
  }

  /** The resources of a type that depend on this one, by any property. */
  public dependentsOf(target: Resource, type: TypePattern): readonly Resource[] {
    if (this.dependents === undefined) {
      this.dependents = new Map();
      for (const resource of this.resources) {
        for (const urn of new Set(resource.record.dependencies ?? [])) {
          push(this.dependents, urn, resource);
        }
      }
    }
    return (this.dependents.get(target.urn) ?? []).filter((resource) => matches(resource.type, type));
  }

  private byValue(resource: Resource, path: string): Resource[] {
    const container = /^\w+/.exec(path)?.[0] ?? path;
    if (resource.isUnknown(container)) {
      return [];
    }
    return resource
      .nodes(path)
      .filter((node) => !node.isUnknown(""))
      .flatMap((node) => {
        const value = node.value();
        return typeof value === "string" ? (this.identified().get(value) ?? []) : [];
      });
  }

  /** Who is meant by an identifier. */
  private identified(): Map<string, Resource[]> {
    if (this.identities === undefined) {
      this.identities = new Map();
      for (const resource of this.resources) {
        for (const identity of identitiesOf(resource)) {
          push(this.identities, identity, resource);
        }
      }
    }
    return this.identities;
  }
}

/** Properties that name a resource to others. Their values are unique for a type in what is deployed together. */
const IDENTITIES = ["arn", "bucket", "name", "identifier", "clusterIdentifier", "dbInstanceIdentifier", "keyId"];

function identitiesOf(resource: Resource): Set<string> {
  const known = IDENTITIES.filter((property) => !resource.isUnknown(property) && !resource.isSecret(property));
  const texts = known.map((property) => resource.get(property)).filter((value) => typeof value === "string");
  return new Set([...(resource.id === undefined ? [] : [resource.id]), ...texts]);
}

/** Whether a type is meant by a pattern. */
export function matches(type: string, pattern: TypePattern): boolean {
  return typeof pattern === "string" ? type === pattern : pattern.test(type);
}

/**
 * Makes a graph.
 *
 * @param records - What the engine says about each resource.
 * @param view - What rules read: `inputs` for rules on one resource, as Pulumi's engine gives them before anything is done;
 *   `all` for relations: the inputs over the outputs.
 */
export function graphOf(records: readonly ResourceRecord[], view: "inputs" | "all"): Graph {
  const providers = new Map<string, Node>();
  for (const { urn, type, inputs, outputs } of records) {
    if (type.startsWith("pulumi:providers:")) {
      providers.set(urn, new Node({ ...outputs, ...inputs }));
    }
  }
  return new Graph(
    records.map((record) => {
      const properties = view === "all" ? { ...record.outputs, ...record.inputs } : record.inputs;
      return new Resource(
        record,
        properties,
        record.provider === undefined ? undefined : providers.get(record.provider),
      );
    }),
  );
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) {
    map.set(key, [value]);
  } else {
    list.push(value);
  }
}
