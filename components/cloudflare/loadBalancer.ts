import { LoadBalancer as CloudflareLoadBalancer } from "@pulumi/cloudflare/loadBalancer";
import { LoadBalancerMonitor } from "@pulumi/cloudflare/loadBalancerMonitor";
import { LoadBalancerPool } from "@pulumi/cloudflare/loadBalancerPool";
import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancerConfig } from "../../stacks/config/edge";
import { JURISDICTION_HEADER, ORIGIN_HEADER } from "../internal/headers";
import { failoverSeconds } from "./failover";
import type { Steering } from "./steering";

const TOKEN = "cutover:cloudflare:LoadBalancer";

export interface LoadBalancerArgs {
  /** Prefix of the pools' names, which are unique in the Cloudflare account. */
  deployment: string;
  accountId: string;
  zoneId: pulumi.Input<string>;
  /** The DNS zone, whose settings the health checks follow. */
  zone: string;
  /** Host name that the load balancer answers. */
  appHost: string;
  /** DNS name of each region's load balancer: serving and recovery regions. */
  origins: Readonly<Record<string, pulumi.Input<string>>>;
  steering: readonly Steering[];
  config: LoadBalancerConfig;
  /** What the health checks prove to come from the edge with: rules of the zone do not touch them. Secret. */
  originSecret: pulumi.Input<string>;
}

/**
 * The load balancer at the edge: it sends each user to a healthy region of the user's jurisdiction, and never to
 * another. Creates a health check for each jurisdiction, a pool for each region, and one rule for each jurisdiction,
 * which replaces pools, weights and fallback; a request that no rule knows goes where `elsewhere` says.
 *
 * Regions that serve are drawn at random by their weights among those that are healthy, and kept for a user by a cookie.
 * A recovery region is only a fallback. No stage of a release touches any of this: colors are split inside a region.
 *
 * The rules read the jurisdiction from a header that the zone's rules set from the user's country, because the fields
 * that load balancing rules may read hold headers and no country; the firewall of every region checks it again.
 *
 * @see https://developers.cloudflare.com/load-balancing/additional-options/load-balancing-rules/reference/
 */
export class LoadBalancer extends pulumi.ComponentResource {
  public readonly loadBalancerId: pulumi.Output<string>;
  /** Id of each region's pool. */
  public readonly poolIds: Record<string, pulumi.Output<string>> = {};

  /**
   * @throws RangeError when routing would take as long as the budget or longer, or a region has no origin.
   */
  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const worst = failoverSeconds(args.config);
    if (worst >= args.config.budgetSeconds) {
      throw new RangeError(`routing would move in ${worst} s, less than ${args.config.budgetSeconds} s are allowed`);
    }

    for (const steering of args.steering) {
      const monitor = this.monitor(name, args, steering);
      for (const region of steering.checked) {
        this.poolIds[region] = this.pool(name, args, steering, region, monitor.id).id;
      }
    }
    const elsewhere = args.steering.find((steering) => steering.elsewhere);
    if (elsewhere === undefined) {
      throw new RangeError("one jurisdiction must take the users of other countries (elsewhere: true), none does");
    }
    const loadBalancer = new CloudflareLoadBalancer(
      `${name}-load-balancer`,
      {
        zoneId: args.zoneId,
        name: args.appHost,
        description: "Sends each user to a healthy region of the user's jurisdiction.",
        proxied: true,
        enabled: true,
        // A session lives in the cache of one region, so a user stays in the region that was drawn first, as long as it
        // is healthy. This holds regions, never colors: it neither delays a shift nor a rollback.
        sessionAffinity: "cookie",
        sessionAffinityTtl: args.config.affinitySeconds,
        sessionAffinityAttributes: { samesite: "Lax", secure: "Always", zeroDowntimeFailover: "sticky" },
        ...this.destination(elsewhere),
        rules: args.steering.map((steering, index) => ({
          name: `users of ${steering.jurisdiction}`,
          condition: `any(http.request.headers["${JURISDICTION_HEADER}"][*] eq "${steering.jurisdiction}")`,
          priority: index,
          terminates: true,
          overrides: this.destination(steering),
        })),
      },
      { parent: this },
    );

    this.loadBalancerId = loadBalancer.id;
    this.registerOutputs({ loadBalancerId: this.loadBalancerId, poolIds: this.poolIds });
  }

  private monitor(name: string, args: LoadBalancerArgs, { jurisdiction }: Steering): LoadBalancerMonitor {
    return new LoadBalancerMonitor(
      `${name}-monitor-${jurisdiction.toLowerCase()}`,
      {
        accountId: args.accountId,
        description: `Health of the regions of ${jurisdiction}.`,
        type: "https",
        method: "GET",
        path: args.config.path,
        expectedCodes: "200",
        followRedirects: false,
        allowInsecure: false,
        probeZone: args.zone,
        interval: args.config.intervalSeconds,
        timeout: args.config.timeoutSeconds,
        retries: args.config.retries,
        consecutiveDown: args.config.failures,
        consecutiveUp: args.config.recoveries,
        header: {
          Host: [args.appHost],
          [ORIGIN_HEADER]: [pulumi.secret(args.originSecret)],
          [JURISDICTION_HEADER]: [jurisdiction],
        },
      },
      { parent: this, additionalSecretOutputs: ["header"] },
    );
  }

  private pool(
    name: string,
    args: LoadBalancerArgs,
    { jurisdiction }: Steering,
    region: string,
    monitor: pulumi.Input<string>,
  ): LoadBalancerPool {
    const address = args.origins[region];
    if (address === undefined) {
      throw new RangeError(`region ${region} has no origin; got ${Object.keys(args.origins).join(", ")}`);
    }
    return new LoadBalancerPool(
      `${name}-pool-${region}`,
      {
        accountId: args.accountId,
        name: `${args.deployment}-${region}`,
        description: `Region ${region} of ${jurisdiction}.`,
        enabled: true,
        minimumOrigins: 1,
        monitor,
        checkRegions: args.config.checkRegions[jurisdiction],
        origins: [{ name: region, address, enabled: true, weight: 1, header: { hosts: [args.appHost] } }],
      },
      { parent: this },
    );
  }

  /** Pools, weights and fallback of a jurisdiction. A pool without a weight gets nothing. */
  private destination({ serving, weights, fallback }: Steering) {
    const id = (region: string) => this.poolIds[region] as pulumi.Output<string>;
    const poolWeights = pulumi
      .all(serving.map(id))
      .apply((ids) =>
        Object.fromEntries(ids.map((poolId, index) => [poolId, weights[serving[index] as string] as number])),
      );
    return {
      steeringPolicy: "random",
      defaultPools: serving.map(id),
      fallbackPool: id(fallback),
      randomSteering: { defaultWeight: 0, poolWeights },
    };
  }
}
