import * as redis from "@pulumi/azure-native/redisenterprise";
import * as pulumi from "@pulumi/pulumi";
import type { RedisConfig } from "../../stacks/config/azure/cache";
import type { AzureObservabilityConfig } from "../../stacks/config/azure/observability";
import { dataTags } from "../aws/dataTags";
import { after } from "../internal/after";
import { diagnostics } from "./diagnostics";
import { metricAlert } from "./metricAlert";
import type { Place, Watch } from "./place";
import { PrivateLink } from "./privateLink";

const TOKEN = "cutover:azure:Cache";
const NAMESPACE = "Microsoft.Cache/redisEnterprise";

/** Port of Azure Managed Redis. */
const PORT = 10_000;

export interface CacheArgs extends Place, Watch {
  config: RedisConfig;
  thresholds: AzureObservabilityConfig["thresholds"];
  subnetId: pulumi.Input<string>;
  zoneId: pulumi.Input<string>;
  /** Version of the key that what is written to disk is encrypted with, and the identity that uses it. */
  encryption: { keyVersionUri: pulumi.Input<string>; identityId: pulumi.Input<string> };
  /** Principal of each identity that may sign in, by its name. */
  users: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * Azure Managed Redis: sessions of both colors. Two nodes in two zones; TLS only; no public address; no keys: workloads
 * sign in with tokens of their identities, with the object id as the user name.
 *
 * Cost: by the size, for each of the two nodes. Failure: when one is lost, the other takes over within seconds;
 * the last second of writes can be lost. Redis does not follow a rotation of its key: `pulumi up --refresh` moves it to the
 * newest version, which has to happen before the old one expires.
 *
 * @stateful
 */
export class Cache extends pulumi.ComponentResource {
  /** Host name; inside the network only. Known once it resolves. */
  public readonly endpoint: pulumi.Output<string>;
  public readonly port: number = PORT;
  public readonly cacheId: pulumi.Output<string>;

  constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags, config, thresholds, encryption } = args;

    const cache = new redis.RedisEnterprise(
      `${name}-redis`,
      {
        resourceGroupName,
        location,
        clusterName: config.name,
        sku: { name: config.sku },
        highAvailability: "Enabled",
        minimumTlsVersion: "1.2",
        publicNetworkAccess: "Disabled",
        identity: {
          type: "UserAssigned",
          userAssignedIdentities: [encryption.identityId],
        },
        encryption: {
          customerManagedKeyEncryption: {
            keyEncryptionKeyUrl: encryption.keyVersionUri,
            keyEncryptionKeyIdentity: {
              identityType: "userAssignedIdentity",
              userAssignedIdentityResourceId: encryption.identityId,
            },
          },
        },
        tags: dataTags(tags, "session"),
      },
      { parent: this, protect: true, retainOnDelete: true, customTimeouts: { create: "1h", update: "1h" } },
    );
    const database = new redis.Database(
      `${name}-database`,
      {
        resourceGroupName,
        clusterName: cache.name,
        databaseName: "default",
        port: PORT,
        clientProtocol: "Encrypted",
        accessKeysAuthentication: "Disabled",
        // One address, whatever the client library knows of clusters.
        clusteringPolicy: "EnterpriseCluster",
        evictionPolicy: config.evictionPolicy,
        persistence: { rdbEnabled: true, rdbFrequency: config.backupEvery },
        // Versions move in the open: a release should not meet one.
        deferUpgrade: "Deferred",
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const last: pulumi.Resource[] = [database];
    for (const [user, objectId] of Object.entries(args.users)) {
      const assignment = new redis.AccessPolicyAssignment(
        `${name}-user-${user}`,
        {
          resourceGroupName,
          clusterName: cache.name,
          databaseName: database.name,
          accessPolicyAssignmentName: user.replaceAll("-", ""),
          // The one policy that there is: reads and writes of data.
          accessPolicyName: "default",
          user: { objectId },
        },
        // One after the other: the database is busy while it takes a user.
        { parent: this, dependsOn: [...last] },
      );
      last.splice(0, 1, assignment);
    }
    const link = new PrivateLink(
      `${name}-link`,
      {
        resourceGroupName,
        location,
        tags,
        subnetId: args.subnetId,
        zoneId: args.zoneId,
        resourceId: cache.id,
        group: "redisEnterprise",
      },
      { parent: this },
    );
    diagnostics(
      `${name}-diagnostics`,
      // Who connected. A database has no metrics of its own: they are the cache's.
      { resourceUri: database.id, workspaceId: args.workspaceId, metrics: false },
      { parent: this },
    );
    const watch = (role: string, metric: string, what: string, threshold: number) =>
      metricAlert(
        `${name}-${role}`,
        {
          resourceGroupName,
          tags,
          description: `${what} of the cache ${config.name} is above ${threshold} %.`,
          scope: cache.id,
          namespace: NAMESPACE,
          metric,
          statistic: "Maximum",
          when: "above",
          threshold,
          minutes: 5,
          to: "warning",
          listeners: args.listeners,
        },
        { parent: this },
      );
    watch("cpu", "percentProcessorTime", "CPU", thresholds.cpuPercent);
    watch("memory", "usedmemorypercentage", "Memory", thresholds.memoryPercent);

    this.endpoint = after(cache.hostName, link.endpointId);
    this.cacheId = cache.id;
    this.registerOutputs({ endpoint: this.endpoint, port: this.port, cacheId: this.cacheId });
  }
}
