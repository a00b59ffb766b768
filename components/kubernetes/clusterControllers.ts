import * as pulumi from "@pulumi/pulumi";
import type { ClusterConfig } from "../../stacks/config/kubernetes/regions";
import type { KubernetesControllersConfig } from "../../stacks/config/kubernetes/controllers";
import { CERTIFICATES } from "./certificates";
import { certManagerValues } from "./clusterControllerValues";
import { Controller, named, type ControllerArgs } from "./controller";
import { externalSecretsValues, NAMESPACES, PROMETHEUS_PORT, prometheusValues, RELEASES } from "./controllerValues";
import { DatabaseOperator } from "./databaseOperator";
import { KONNECTIVITY } from "./networkPolicies";

const TOKEN = "cutover:kubernetes:ClusterControllers";
const HTTPS_PORT = 443;

export interface ClusterControllersArgs {
  cluster: Pick<ClusterConfig, "version" | "controlPlaneCidr" | "controlPlanePort" | "storageClass">;
  /** Port of Vault, which External Secrets and cert-manager ask. */
  vaultPort: number;
  /** Namespace of the pods through which requests come in. */
  proxies: string;
  /** Whether the cluster has the Gateway API. */
  gateways: boolean;
  config: KubernetesControllersConfig;
}

/** What a cluster that is there already gets besides the workloads: each in a namespace of its own, closed but for what it needs. */
export class ClusterControllers extends pulumi.ComponentResource {
  /** Known once all of them are ready: objects that they define can be made then. */
  public readonly ready: pulumi.Output<string[]>;

  public constructor(name: string, args: ClusterControllersArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { config, cluster } = args;
    const controlPlane = { cidr: cluster.controlPlaneCidr, port: cluster.controlPlanePort };
    const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: "TCP", port }));
    const webhook = (port: number) => ({
      from: [{ ipBlock: { cidr: controlPlane.cidr } }, ...KONNECTIVITY],
      ports: tcp(port),
    });
    const api = { to: [{ ipBlock: { cidr: controlPlane.cidr } }], ports: tcp(controlPlane.port) };
    const vault =
      args.vaultPort === HTTPS_PORT ? [] : [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: tcp(args.vaultPort) }];
    const controller = (
      role: string,
      made: Pick<ControllerArgs, "release" | "namespace" | "chart" | "values" | "ingress" | "egress">,
    ) =>
      new Controller(
        `${name}-${role}`,
        { ...made, podSecurity: "restricted", kubernetesVersion: cluster.version },
        { parent: this },
      );

    const certificates = controller("certificates", {
      release: CERTIFICATES,
      namespace: CERTIFICATES,
      chart: config.certManager,
      values: certManagerValues(config.certManager, args.gateways),
      ingress: [webhook(10_250)],
      egress: [
        api,
        ...vault,
        // Before it asks the authority to look, it looks itself whether the challenge can be seen on port 80.
        { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: tcp(80) },
        // From inside the cluster that look ends at the gateway's pods: Envoy has 80 and 443 at 10080 and 10443.
        { to: [{ namespaceSelector: { matchLabels: named(args.proxies) } }], ports: tcp(10_080, 10_443) },
      ],
    });
    const secrets = controller("external-secrets", {
      release: RELEASES.externalSecrets,
      namespace: NAMESPACES.externalSecrets,
      chart: config.externalSecrets,
      values: externalSecretsValues(config.externalSecrets),
      ingress: [webhook(10_250)],
      egress: [api, ...vault],
    });
    const prometheus = controller("prometheus", {
      release: RELEASES.prometheus,
      namespace: NAMESPACES.prometheus,
      chart: config.prometheus,
      values: prometheusValues(config.prometheus, cluster.storageClass),
      ingress: config.readers.map((reader) => ({
        from: [{ namespaceSelector: { matchLabels: named(reader) } }],
        ports: tcp(PROMETHEUS_PORT),
      })),
      // Pods choose the port that they are scraped on.
      egress: [api, { to: [{ namespaceSelector: {} }] }],
    });
    const database = new DatabaseOperator(
      `${name}-database`,
      { kubernetesVersion: cluster.version, controlPlane, config },
      { parent: this, dependsOn: certificates },
    );
    this.ready = pulumi.all([certificates, secrets, prometheus, database].map(({ status }) => status));
    this.registerOutputs({ ready: this.ready });
  }
}
