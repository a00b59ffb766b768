import * as compute from "@pulumi/azure-native/compute";
import * as containerservice from "@pulumi/azure-native/containerservice";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import type { AksConfig } from "../../stacks/config/azure/cluster";
import type { AzureObservabilityConfig } from "../../stacks/config/azure/observability";
import { after } from "../internal/after";
import { apiAccess } from "./apiAccess";
import { clusterAlerts } from "./clusterAlerts";
import { containerLogs } from "./containerLogs";
import { diagnostics } from "./diagnostics";
import { imageAccess } from "./imageAccess";
import { poolArgs, type PoolPlace } from "./nodePool";
import type { Place, Watch } from "./place";
import { roleAssignment, type Role } from "./roleAssignment";

const TOKEN = "cutover:azure:Cluster";

/** What upgrades by itself, by the name of its schedule: names that AKS knows. */
const SCHEDULES = { version: "aksManagedAutoUpgradeSchedule", nodes: "aksManagedNodeOSUpgradeSchedule" } as const;

export interface ClusterArgs extends Place, Watch {
  subscriptionId: string;
  tenantId: string;
  clusterName: string;
  zones: readonly string[];
  config: AksConfig;
  thresholds: AzureObservabilityConfig["thresholds"];
  /** Subnets that nodes and the gateway stand in: what the cluster may change. */
  subnetIds: Record<"nodes" | "gateway", pulumi.Input<string>>;
  /** Version of the key of disks, and the identity that uses it. */
  encryption: { keyVersionUri: pulumi.Input<string>; identityId: pulumi.Input<string> };
}

/**
 * An AKS cluster: system, user and GPU pools over the zones of the region, which grow and shrink by themselves; pods in
 * an overlay, with network policies by Cilium; a private API that only identities of Entra use; disks encrypted with the
 * deployment's key; tokens of service accounts that are traded for identities of Azure.
 *
 * The API has a name that everybody resolves and an address that only the network, and what is connected with it,
 * reaches. Everything leaves through the network's NAT gateway.
 *
 * Cost: the control plane 0.10 dollars an hour (tier Standard), besides the nodes. Failure: a zone's nodes are lost with
 * it; the others grow. Azure renews node images in the window, a third of a pool at a time.
 */
export class Cluster extends pulumi.ComponentResource {
  public readonly clusterId: pulumi.Output<string>;
  public readonly clusterName: pulumi.Output<string>;
  /** Address of the Kubernetes API; known once the pools are there, and may pull images. */
  public readonly endpoint: pulumi.Output<string>;
  /** Issuer of service account tokens, without `https://`. */
  public readonly oidcIssuer: pulumi.Output<string>;
  /** Resource group in which AKS keeps what it makes by itself: load balancers, the private link service. */
  public readonly nodeResourceGroup: pulumi.Output<string>;
  /** Encryption set of the disks that pods ask for. */
  public readonly diskEncryptionSetId: pulumi.Output<string>;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, location, tags, config } = args;
    const place = { resourceGroupName, location, tags };

    const identity = new managedidentity.UserAssignedIdentity(`${name}-identity`, place, { parent: this });
    const disks = new compute.DiskEncryptionSet(
      `${name}-disks`,
      {
        ...place,
        identity: { type: "UserAssigned", userAssignedIdentities: [args.encryption.identityId] },
        activeKey: { keyUrl: args.encryption.keyVersionUri },
        encryptionType: "EncryptionAtRestWithCustomerKey",
        rotationToLatestKeyVersionEnabled: true,
      },
      // A set begins with a version, and Azure moves it on from there.
      { parent: this, protect: true, retainOnDelete: true, ignoreChanges: ["activeKey.keyUrl"] },
    );
    const grant = (role: string, kind: Role, scope: pulumi.Input<string>, description: string) =>
      roleAssignment(
        `${name}-${role}-role`,
        { role: kind, subscriptionId: args.subscriptionId, principalId: identity.principalId, scope, description },
        { parent: this },
      );
    const grants = [
      grant("nodes", "manageNetwork", args.subnetIds.nodes, "Nodes join their subnet."),
      grant(
        "gateway",
        "manageNetwork",
        args.subnetIds.gateway,
        "The gateway's load balancer and private link service.",
      ),
      grant("disks", "read", disks.id, "Volumes are encrypted with this set."),
    ];
    const cluster = this.cluster(name, args, { identityId: identity.id, disksId: disks.id, grants });
    const pull =
      config.registryId === undefined
        ? []
        : [
            imageAccess(
              name,
              { subscriptionId: args.subscriptionId, cluster, registryId: config.registryId },
              { parent: this },
            ),
          ];
    const pools = Object.entries(config.pools)
      .filter(([, { mode }]) => mode === "User")
      .map(
        ([agentPoolName, pool]) =>
          new containerservice.AgentPool(
            `${name}-pool-${agentPoolName}`,
            { resourceGroupName, resourceName: cluster.name, agentPoolName, ...poolArgs(pool, poolPlace(args)) },
            // The autoscaler decides how many nodes there are.
            { parent: this, ignoreChanges: ["count"], customTimeouts: { create: "1h", update: "3h" } },
          ),
      );
    this.schedules(name, args, cluster);
    apiAccess(
      name,
      { subscriptionId: args.subscriptionId, clusterId: cluster.id, access: config.access },
      { parent: this },
    );
    diagnostics(
      `${name}-diagnostics`,
      {
        resourceUri: cluster.id,
        workspaceId: args.workspaceId,
        // Who did what to which object; reads are left out, they are most of the volume.
        categories: ["kube-audit-admin", "guard", "kube-apiserver", "kube-controller-manager", "cluster-autoscaler"],
      },
      { parent: this },
    );
    containerLogs(`${name}-logs`, { ...place, clusterId: cluster.id, workspaceId: args.workspaceId }, { parent: this });
    clusterAlerts(
      name,
      {
        resourceGroupName,
        tags,
        clusterId: cluster.id,
        clusterName: args.clusterName,
        thresholds: args.thresholds,
        listeners: args.listeners,
      },
      { parent: this },
    );

    this.clusterId = cluster.id;
    this.clusterName = cluster.name;
    this.endpoint = after(pulumi.interpolate`https://${cluster.fqdn}:443`, ...[...pools, ...pull].map(({ id }) => id));
    // In a preview that makes the cluster the profile is what was asked for, without the issuer.
    this.oidcIssuer = after(cluster.oidcIssuerProfile, cluster.fqdn).apply((profile) =>
      profile!.issuerURL.replace(/^https:\/\//, ""),
    );
    this.nodeResourceGroup = cluster.nodeResourceGroup.apply((group) => group!);
    this.diskEncryptionSetId = disks.id;
    this.registerOutputs({
      clusterId: this.clusterId,
      clusterName: this.clusterName,
      endpoint: this.endpoint,
      oidcIssuer: this.oidcIssuer,
    });
  }

  private cluster(
    name: string,
    args: ClusterArgs,
    made: { identityId: pulumi.Output<string>; disksId: pulumi.Output<string>; grants: pulumi.Resource[] },
  ): containerservice.ManagedCluster {
    const { config, clusterName, tenantId } = args;
    const [systemName, system] = Object.entries(config.pools).find(([, { mode }]) => mode === "System")!;
    return new containerservice.ManagedCluster(
      `${name}-cluster`,
      {
        resourceGroupName: args.resourceGroupName,
        location: args.location,
        resourceName: clusterName,
        dnsPrefix: clusterName,
        kubernetesVersion: config.version,
        sku: { name: "Base", tier: "Standard" },
        identity: { type: "UserAssigned", userAssignedIdentities: [made.identityId] },
        enableRBAC: true,
        disableLocalAccounts: true,
        aadProfile: { managed: true, enableAzureRBAC: true, tenantID: tenantId },
        apiServerAccessProfile: {
          enablePrivateCluster: true,
          // A name that everybody resolves, for a private address: operators need no zone of this network.
          enablePrivateClusterPublicFQDN: true,
          privateDNSZone: "none",
          disableRunCommand: true,
        },
        oidcIssuerProfile: { enabled: true },
        securityProfile: {
          workloadIdentity: { enabled: true },
          imageCleaner: { enabled: true, intervalHours: 168 },
          defender: { logAnalyticsWorkspaceResourceId: args.workspaceId, securityMonitoring: { enabled: true } },
        },
        networkProfile: {
          networkPlugin: "azure",
          networkPluginMode: "overlay",
          networkDataplane: "cilium",
          networkPolicy: "cilium",
          loadBalancerSku: "standard",
          outboundType: "userAssignedNATGateway",
          podCidr: config.podCidr,
          serviceCidr: config.serviceCidr,
          dnsServiceIP: dnsAddress(config.serviceCidr),
        },
        diskEncryptionSetID: made.disksId,
        autoUpgradeProfile: { upgradeChannel: config.upgradeChannel, nodeOSUpgradeChannel: config.nodeImageChannel },
        autoScalerProfile: {
          balanceSimilarNodeGroups: "true",
          expander: "least-waste",
          // Pods of kube-system and pods with scratch space would otherwise keep an empty node for ever.
          skipNodesWithSystemPods: "false",
          skipNodesWithLocalStorage: "false",
        },
        addonProfiles: {
          omsagent: {
            enabled: true,
            config: pulumi
              .output(args.workspaceId)
              .apply((workspace) => ({ logAnalyticsWorkspaceResourceID: workspace, useAADAuth: "true" })),
          },
          // Refuses what breaks the baseline of Azure's own policies; the program's policies are stricter.
          azurepolicy: { enabled: true },
        },
        agentPoolProfiles: [{ name: systemName, ...poolArgs(system, poolPlace(args)) }],
        tags: args.tags,
      },
      {
        parent: this,
        protect: true,
        dependsOn: made.grants,
        ignoreChanges: ["agentPoolProfiles[0].count"],
        customTimeouts: { create: "1h", update: "3h" },
      },
    );
  }

  /** When Azure may upgrade. */
  private schedules(name: string, args: ClusterArgs, cluster: containerservice.ManagedCluster): void {
    const { day, startHour, hours } = args.config.maintenance;
    for (const [role, configName] of Object.entries(SCHEDULES)) {
      new containerservice.MaintenanceConfiguration(
        `${name}-${role}-window`,
        {
          resourceGroupName: args.resourceGroupName,
          resourceName: cluster.name,
          configName,
          maintenanceWindow: {
            schedule: { weekly: { dayOfWeek: day, intervalWeeks: 1 } },
            startTime: `${String(startHour).padStart(2, "0")}:00`,
            durationHours: hours,
            utcOffset: "+00:00",
          },
        },
        { parent: this },
      );
    }
  }
}

function poolPlace({ config, zones, subnetIds, tags }: ClusterArgs): PoolPlace {
  return { version: config.version, zones, subnetId: subnetIds.nodes, tags };
}

/** The tenth address of the services: where pods ask for names. */
function dnsAddress(serviceCidr: string): string {
  return serviceCidr.replace(/\.\d+\/\d+$/, ".10");
}
