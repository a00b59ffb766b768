import * as pulumi from "@pulumi/pulumi";
import { after } from "../../components/internal/after";
import { ClusterControllers } from "../../components/kubernetes/clusterControllers";
import { HostCertificate, shownOnPort80 } from "../../components/kubernetes/hostCertificate";
import { POSTGRES, Postgres } from "../../components/kubernetes/postgres";
import { ProductionSpace } from "../../components/kubernetes/productionSpace";
import { INFRASTRUCTURE_NAMESPACE } from "../../components/internal/names";
import type { PlatformConfig } from "../config/schema";
import type { KubernetesPlatform } from "../contract/platform/kubernetes";
import { Providers } from "../providers";

type Config = PlatformConfig<"kubernetes">;

/**
 * The platform layer on clusters that are there already: what runs besides the workloads, the database, the namespace in front of
 * both colors with the host's certificate. It makes no cluster, no network, no name in DNS, no Vault.
 *
 * @param providers - The providers of this run, which other layers of the same stack have too.
 */
export function platform(config: Config, providers = new Providers()): KubernetesPlatform {
  const regions = Object.keys(config.regions).map(
    (region) => [region, deployRegion(config, region, providers)] as const,
  );
  const { name, environment, owner, hosts } = config.deployment;
  const [primaryRegion] = Object.entries(config.regions).find(([, { role }]) => role === "primary")!;
  return {
    facts: { cloud: "kubernetes", name, environment, owner, hosts, primaryRegion },
    jurisdictions: Object.fromEntries(
      regions.map(([region, { database }]) => [
        config.regions[region]!.jurisdiction,
        { facts: { regions: [region], primaryRegion: region }, database },
      ]),
    ),
    regions: Object.fromEntries(regions.map(([region, { outputs }]) => [region, outputs])),
  };
}

function deployRegion(config: Config, region: string, providers: Providers) {
  const { deployment, vault, entry } = config;
  const { cluster, jurisdiction, role, share } = config.regions[region]!;
  const opts = { providers: [providers.cluster(region, cluster)] };
  const controllers = new ClusterControllers(
    `controllers-${region}`,
    {
      cluster,
      vaultPort: portOf(vault.address),
      proxies: entry.proxies,
      gateways: entry.certificate !== undefined && entry.certificate.ingressClass === undefined,
      config: config.controllers,
    },
    opts,
  );
  const database = new Postgres(
    `postgres-${region}`,
    {
      deployment: deployment.name,
      namespace: INFRASTRUCTURE_NAMESPACE,
      storageClass: cluster.storageClass,
      vault,
      controlPlane: { cidr: cluster.controlPlaneCidr, port: cluster.controlPlanePort },
      config: config.database,
    },
    { ...opts, dependsOn: controllers },
  );
  const production = new ProductionSpace(
    `production-${region}`,
    { deployment: deployment.name, labels: labels(config), proxies: entry.proxies },
    opts,
  );
  const certificate =
    entry.certificate === undefined
      ? undefined
      : new HostCertificate(
          `certificate-${region}`,
          {
            host: deployment.hosts.app,
            namespace: production.namespace,
            labels: labels(config),
            proof: shownOnPort80(deployment.name, entry.certificate.ingressClass),
            config: entry.certificate,
          },
          { ...opts, dependsOn: controllers },
        );
  const { name, user, owner, backups } = config.database;
  const { secrets, ca, address, ...known } = vault;
  // Who is told these makes objects that the controllers define, and waits for them.
  const ready = (value: string) => after(pulumi.output(value), controllers.ready);
  return {
    outputs: {
      facts: { jurisdiction, role, share, zones: cluster.zones, nodes: cluster.nodes, secrets },
      cluster: { name: cluster.name, context: cluster.context },
      vault: { ...known, address: ready(address), ...(ca === undefined ? {} : { ca }) },
      entry: {
        proxies: entry.proxies,
        namespace: production.namespace,
        ...(certificate === undefined ? {} : { certificateName: certificate.secretName }),
      },
    },
    database: {
      namespace: database.namespace,
      cluster: POSTGRES,
      host: database.host,
      port: database.port,
      name,
      user: ready(user),
      owner: ready(owner),
      backups: { destination: backups.destination, endpoint: backups.endpoint },
    },
  };
}

function labels({ deployment: { name, environment } }: Config): Record<string, string> {
  return {
    "app.kubernetes.io/part-of": name,
    "app.kubernetes.io/managed-by": "pulumi",
    "cutover/environment": environment,
  };
}

/** The port of an https address. */
function portOf(address: string): number {
  const { port } = new URL(address);
  return port === "" ? 443 : Number(port);
}
