import { ResourceQuota } from "@pulumi/kubernetes/core/v1";
import type * as inputs from "@pulumi/kubernetes/types/input";
import * as pulumi from "@pulumi/pulumi";
import type { Workloads } from "../../stacks/config/workloads";
import { regionalImage } from "../internal/image";
import { namespaceName } from "../internal/names";
import type { Furnish, MakeCredentials } from "./credentials";
import { colorLabels, type ColorIdentity } from "./labels";
import { Namespace } from "./namespace";
import { NetworkPolicies, type Peer, type StoreAccess } from "./networkPolicies";
import { Workload, type PodCount, type WorkloadArgs } from "./workload";
import type { SecretSource } from "./workloadSecrets";

const TOKEN = "cutover:kubernetes:Color";

/** What a workload may reach, by config. */
type Access = Workloads[string]["access"];

/** What the workloads of a color find in a region: all in which clouds differ. */
export interface Place {
  region: string;
  jurisdiction: string;
  environment: string;
  appHost: string;
  /** Where users' requests come from. */
  entry: pulumi.Input<Peer[]>;
  /** Where the database stands; absent where there is none. */
  database?: Omit<StoreAccess, "clients">;
  /** Where the cache stands; absent where there is none. */
  cache?: Omit<StoreAccess, "clients">;
  /** The environment of a workload besides where it is: where the things are that it may reach. Nothing secret. */
  settings(workload: string, access: Access): Record<string, pulumi.Input<string>>;
  /** What a workload proves with who it is. */
  credentials(workload: string, access: Access, namespace: string): MakeCredentials;
  /** Where the secrets of a workload are read, at least one. */
  secrets(workload: string, names: readonly string[]): SecretSource;
  /** The target group of a routed workload; none where requests find pods inside the cluster. */
  target?(workload: string): WorkloadArgs["target"];
  /** Makes what credentials need in the color's namespace. */
  furnish?: Furnish;
}

export interface ColorArgs {
  identity: ColorIdentity;
  place: Place;
  release: { version: string; images: Readonly<Record<string, string>> };
  workloads: Workloads;
  /** Pods of each workload. */
  pods: Readonly<Record<string, PodCount>>;
  /** Name of the pods that take from a workload's queues. */
  consumerName: (workload: string) => string;
  /**
   * Labels of the namespace besides those of the color.
   *
   * @default - none
   */
  namespaceLabels?: Readonly<Record<string, string>>;
  /**
   * The most that the namespace may ask for.
   *
   * @default - no limit besides the nodes
   */
  quota?: inputs.core.v1.ResourceQuotaSpec;
}

/** One color in one region: its namespace, what may talk to it, and its workloads. */
export class Color extends pulumi.ComponentResource {
  public readonly namespace: pulumi.Output<string>;

  public constructor(name: string, args: ColorArgs, opts: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { place, release, identity } = args;
    const fixedName = namespaceName(identity.deployment, identity.color);
    const labels = colorLabels(identity);
    this.namespace = new Namespace(
      `${name}-space`,
      { namespace: fixedName, labels: { ...labels, ...args.namespaceLabels } },
      { parent: this },
    ).namespaceName;
    const policies = this.networkPolicies(name, args, labels);
    place.furnish?.(name, this, this.namespace, labels);
    if (args.quota !== undefined) {
      new ResourceQuota(
        `${name}-quota`,
        { metadata: { name: "color", namespace: this.namespace, labels }, spec: args.quota },
        { parent: this },
      );
    }

    for (const [workload, config] of Object.entries(args.workloads)) {
      const { access, target } = config;
      new Workload(
        `${name}-${workload}`,
        {
          identity,
          namespace: this.namespace,
          workload,
          version: release.version,
          image: regionalImage(release.images[workload]!, place.region),
          config,
          pods: args.pods[workload]!,
          settings: settings(args, workload, access),
          credentials: place.credentials(workload, access, fixedName),
          secrets: access.secrets.length === 0 ? undefined : place.secrets(workload, access.secrets),
          consumerName: args.consumerName(workload),
          target: target === undefined ? undefined : place.target?.(workload),
        },
        // No pod starts before the rules are there that close its namespace.
        { parent: this, dependsOn: policies },
      );
    }
    this.registerOutputs({ namespace: this.namespace });
  }

  private networkPolicies(name: string, args: ColorArgs, labels: Record<string, string>): NetworkPolicies {
    const { place } = args;
    const workloads = Object.entries(args.workloads);
    const access = (store: "database" | "cache"): StoreAccess | undefined => {
      const clients = workloads.flatMap(([workload, config]) => (config.access[store] ? [workload] : []));
      const at = place[store];
      return at === undefined ? undefined : { ...at, clients };
    };
    return new NetworkPolicies(
      `${name}-network`,
      {
        namespace: this.namespace,
        labels,
        workloads: Object.fromEntries(
          workloads.map(([workload, { port, metricsPort, target }]) => [
            workload,
            { port, metricsPort, routed: target !== undefined },
          ]),
        ),
        entry: place.entry,
        database: access("database"),
        cache: access("cache"),
      },
      { parent: this },
    );
  }
}

/** The environment of a workload. */
function settings(
  { place, identity, release }: ColorArgs,
  workload: string,
  access: Access,
): Record<string, pulumi.Input<string>> {
  return {
    ENVIRONMENT: place.environment,
    REGION: place.region,
    JURISDICTION: place.jurisdiction,
    COLOR: identity.color,
    RELEASE: release.version,
    APP_HOST: place.appHost,
    ...place.settings(workload, access),
  };
}
