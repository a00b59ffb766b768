import * as pulumi from "@pulumi/pulumi";
import { Controllers } from "../../../components/azure/controllers";
import { FrontDoor } from "../../../components/azure/frontDoor";
import { Gateway, ROUTES_LABELS } from "../../../components/azure/gateway";
import { GATEWAY_NAMESPACE } from "../../../components/azure/gatewayValues";
import { HostProof } from "../../../components/azure/hostProof";
import { TesterToken } from "../../../components/azure/testerToken";
import { Zone } from "../../../components/azure/zone";
import { after } from "../../../components/internal/after";
import { namespaceName, productionNamespaceName } from "../../../components/internal/names";
import { ProductionSpace } from "../../../components/kubernetes/productionSpace";
import { COLORS } from "../../config/fields";
import { certificateAuthority } from "./clusterAccess";
import type { PlatformContext, RegionBase } from "./region";

/** Name of the secret in the vault that testers prove themselves with. */
const TESTER_SECRET = "tester-token";

/** How requests come in. */
export interface EntryBase {
  zone: Zone;
  controllers: Controllers;
  gateway: Gateway;
  /** Namespace of routes, known once the gateway is there. */
  routesNamespace: pulumi.Output<string>;
  privateLinkId: pulumi.Output<string>;
  frontDoor: FrontDoor;
  certificateAuthority: pulumi.Output<string>;
}

/** The zone, what the cluster runs for itself, its gateway with its certificate, and Front Door over it. */
export function deployEntry(context: PlatformContext, base: RegionBase): EntryBase {
  const { config, region, azure, globalTags } = context;
  const { deployment } = config;
  const { place, network, cluster } = base;
  const opts = { providers: [azure] };

  const zone = new Zone(
    "zone",
    { resourceGroupName: place.resourceGroupName, tags: globalTags, zone: deployment.hosts.zone },
    opts,
  );
  const authority = certificateAuthority(cluster, place.resourceGroupName, azure);
  const kubernetes = context.providers.aks(region, {
    name: cluster.clusterName,
    endpoint: cluster.endpoint,
    certificateAuthority: authority,
    tenantId: deployment.tenantId,
  });
  const controllers = new Controllers(
    `controllers-${region}`,
    { config: config.cluster, diskEncryptionSetId: cluster.diskEncryptionSetId },
    // Releases wait for ready pods, so they wait for nodes.
    { providers: [kubernetes], dependsOn: [cluster] },
  );
  const { certificate } = config.vault;
  const proof = new HostProof(
    `proof-${region}`,
    {
      ...place,
      subscriptionId: deployment.subscriptionId,
      host: certificate.host,
      zone: deployment.hosts.zone,
      zoneName: zone.zoneName,
      oidcIssuer: cluster.oidcIssuer,
    },
    opts,
  );
  const labels = {
    "app.kubernetes.io/part-of": deployment.name,
    "app.kubernetes.io/managed-by": "pulumi",
    "cutover/environment": deployment.environment,
  };
  const privateLinkName = `${deployment.name}-gateway`;
  const gateway = new Gateway(
    `gateway-${region}`,
    {
      config: config.cluster,
      namespaces: [
        ...COLORS.map((color) => namespaceName(deployment.name, color)),
        productionNamespaceName(deployment.name),
      ],
      subnetCidr: network.plan.gateway,
      subnetName: network.gatewaySubnetName,
      privateLinkName,
      certificate: { host: certificate.host, labels, proof: { dns01: proof.solver }, config: certificate },
    },
    // Its certificate comes by cert-manager.
    { providers: [kubernetes], dependsOn: [cluster, controllers] },
  );
  const routes = new ProductionSpace(
    `routes-${region}`,
    {
      deployment: deployment.name,
      labels: { ...labels, ...ROUTES_LABELS },
      proxies: GATEWAY_NAMESPACE,
    },
    { providers: [kubernetes] },
  );
  const privateLinkId = after(
    pulumi.interpolate`/subscriptions/${deployment.subscriptionId}/resourceGroups/${cluster.nodeResourceGroup}/providers/Microsoft.Network/privateLinkServices/${privateLinkName}`,
    gateway.gatewayId,
  );
  const token = new TesterToken(
    "testers",
    {
      resourceGroupName: place.resourceGroupName,
      tags: globalTags,
      vaultName: base.vault.vaultName,
      secretName: TESTER_SECRET,
      generation: config.edge.secretGeneration,
    },
    { providers: [azure, context.providers.random()] },
  );
  const frontDoor = new FrontDoor(
    "edge",
    {
      resourceGroupName: place.resourceGroupName,
      tags: globalTags,
      config: config.edge,
      thresholds: config.observability.thresholds,
      workspaceId: base.logs.workspaceId,
      listeners: base.listeners,
      zone: { name: deployment.hosts.zone, zoneId: zone.zoneId, zoneName: zone.zoneName },
      appHost: deployment.hosts.app,
      testerToken: token.value,
      origins: { [region]: { location: region, privateLinkId, host: certificate.host } },
    },
    opts,
  );
  return {
    zone,
    controllers,
    gateway,
    routesNamespace: after(routes.namespace, gateway.gatewayId),
    privateLinkId,
    frontDoor,
    certificateAuthority: authority,
  };
}
