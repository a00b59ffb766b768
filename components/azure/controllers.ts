import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as storage from "@pulumi/kubernetes/storage/v1";
import * as pulumi from "@pulumi/pulumi";
import type { AksConfig } from "../../stacks/config/azure/cluster";
import { CERTIFICATES } from "../kubernetes/certificates";
import { certManagerValues } from "../kubernetes/clusterControllerValues";
import { Controller, named } from "../kubernetes/controller";
import {
  devicePluginValues,
  externalSecretsValues,
  NAMESPACES,
  PROMETHEUS_PORT,
  prometheusAdapterValues,
  prometheusValues,
  RELEASES,
} from "../kubernetes/controllerValues";
import { fromControlPlane } from "./controlPlane";

const TOKEN = "cutover:azure:Controllers";

/** Name of the storage class of volumes that are encrypted with the deployment's key, in the zone of their pod. */
const STORAGE_CLASS = "encrypted-zone";

export interface ControllersArgs {
  config: Pick<AksConfig, "version" | "pools" | "controllers">;
  /** Encryption set of volumes. */
  diskEncryptionSetId: pulumi.Input<string>;
}

/**
 * What the cluster runs besides the workloads and the gateway: cert-manager, External Secrets, Prometheus with the adapter
 * for requests per second, the GPU device plugin, and the storage class of encrypted volumes. cert-manager alone has an
 * identity in Azure, for the gateway's certificate: External Secrets reads as the workload whose secrets it brings. AKS
 * itself scales the nodes.
 *
 * The releases wait until their pods are ready, so the cluster must have nodes.
 */
export class Controllers extends pulumi.ComponentResource {
  /** Name of External Secrets' release status: whoever makes secrets of it waits for its definitions. */
  public readonly externalSecretsStatus: pulumi.Output<string>;
  /** Address of Prometheus inside the cluster. */
  public readonly prometheusUrl: pulumi.Output<string>;

  constructor(name: string, args: ControllersArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { controllers: config, version, pools } = args.config;

    const storageClass = new storage.StorageClass(
      `${name}-storage`,
      {
        metadata: { name: STORAGE_CLASS },
        provisioner: "disk.csi.azure.com",
        parameters: { skuName: "Premium_LRS", diskEncryptionSetID: args.diskEncryptionSetId },
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
        reclaimPolicy: "Delete",
      },
      { parent: this },
    );
    const prometheusOf = (namespace: string) => [{ namespaceSelector: { matchLabels: named(namespace) } }];
    new Controller(
      `${name}-certificates`,
      {
        release: CERTIFICATES,
        namespace: CERTIFICATES,
        podSecurity: "restricted",
        kubernetesVersion: version,
        chart: config.certManager,
        values: {
          ...certManagerValues(config.certManager, false),
          // It signs in to Azure DNS as its service account.
          podLabels: { "azure.workload.identity/use": "true" },
          // Before the authority looks it looks itself, through the cluster's DNS: it may ask no other.
          dns01RecursiveNameserversOnly: true,
        },
        // Its webhook checks issuers and certificates.
        ingress: [fromControlPlane(10_250)],
      },
      { parent: this },
    );
    const secrets = new Controller(
      `${name}-external-secrets`,
      {
        release: RELEASES.externalSecrets,
        namespace: NAMESPACES.externalSecrets,
        podSecurity: "restricted",
        kubernetesVersion: version,
        chart: config.externalSecrets,
        values: externalSecretsValues(config.externalSecrets),
        // Its webhooks check secret stores and external secrets.
        ingress: [fromControlPlane(10_250)],
      },
      { parent: this },
    );
    const prometheus = new Controller(
      `${name}-prometheus`,
      {
        release: RELEASES.prometheus,
        namespace: NAMESPACES.prometheus,
        podSecurity: "restricted",
        kubernetesVersion: version,
        chart: config.prometheus,
        values: prometheusValues(config.prometheus, STORAGE_CLASS),
        ingress: [
          {
            from: prometheusOf(NAMESPACES.prometheusAdapter),
            ports: [{ protocol: "TCP", port: PROMETHEUS_PORT }],
          },
        ],
        // Pods choose the port that they are scraped on.
        egress: [{ to: [{ namespaceSelector: {} }] }],
      },
      { parent: this, dependsOn: [storageClass] },
    );
    // A policy of Kubernetes has no words for nodes that Cilium understands.
    new CustomResource(
      `${name}-prometheus-kubelets`,
      {
        apiVersion: "cilium.io/v2",
        kind: "CiliumNetworkPolicy",
        metadata: { name: "kubelets", namespace: prometheus.namespace },
        spec: {
          description: "Prometheus scrapes the kubelets.",
          endpointSelector: {},
          egress: [
            {
              toEntities: ["host", "remote-node"],
              toPorts: [{ ports: [{ port: "10250", protocol: "TCP" }] }],
            },
          ],
        },
      },
      { parent: this },
    );
    new Controller(
      `${name}-adapter`,
      {
        release: RELEASES.prometheusAdapter,
        namespace: NAMESPACES.prometheusAdapter,
        podSecurity: "restricted",
        kubernetesVersion: version,
        chart: config.prometheusAdapter,
        values: prometheusAdapterValues(config.prometheusAdapter),
        // The Kubernetes API asks it for metrics.
        ingress: [fromControlPlane(6443)],
        egress: [{ to: prometheusOf(NAMESPACES.prometheus), ports: [{ protocol: "TCP", port: PROMETHEUS_PORT }] }],
      },
      { parent: this },
    );
    if (Object.values(pools).some(({ allocatable }) => allocatable.gpus > 0)) {
      new Controller(
        `${name}-device-plugin`,
        {
          release: RELEASES.devicePlugin,
          namespace: NAMESPACES.devicePlugin,
          // It talks to the kubelet through a directory of the host, which only the privileged standard allows.
          podSecurity: "privileged",
          kubernetesVersion: version,
          chart: config.devicePlugin,
          values: devicePluginValues(config.devicePlugin, gpuTaints(pools)),
        },
        { parent: this },
      );
    }

    this.externalSecretsStatus = secrets.status;
    this.prometheusUrl = pulumi.interpolate`http://${RELEASES.prometheus}.${prometheus.namespace}.svc:${PROMETHEUS_PORT}`;
    this.registerOutputs({ prometheusUrl: this.prometheusUrl });
  }
}

const EFFECTS = { NoSchedule: "NO_SCHEDULE", NoExecute: "NO_EXECUTE", PreferNoSchedule: "PREFER_NO_SCHEDULE" } as const;

/** Taints of the pools that have GPUs, as the values of the device plugin's chart take them. */
function gpuTaints(pools: AksConfig["pools"]) {
  return Object.values(pools)
    .filter(({ allocatable }) => allocatable.gpus > 0)
    .flatMap(({ taints }) => taints.map(({ key, value, effect }) => ({ key, value, effect: EFFECTS[effect] })));
}
