import * as storage from "@pulumi/kubernetes/storage/v1";
import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterConfig } from "../../stacks/config/cluster";
import { IrsaRole } from "../aws/irsaRole";
import { Controller, named, type ControllerArgs } from "./controller";
import { autoscalerPolicy, loadBalancerPolicy } from "./controllerPolicies";
import {
  autoscalerValues,
  devicePluginValues,
  externalSecretsValues,
  loadBalancerValues,
  NAMESPACES,
  PROMETHEUS_PORT,
  prometheusAdapterValues,
  prometheusValues,
  RELEASES,
  STORAGE_CLASS,
} from "./controllerValues";

const TOKEN = "cutover:kubernetes:Controllers";

export interface ControllersArgs {
  region: string;
  account: string;
  /** Name of the cluster in AWS. */
  clusterName: string;
  oidcProviderArn: pulumi.Input<string>;
  /** Issuer of service account tokens, without `https://`. */
  oidcIssuer: pulumi.Input<string>;
  vpcId: pulumi.Input<string>;
  /** Range of the VPC: the Kubernetes API calls webhooks from inside it. */
  vpcCidr: string;
  /** Key of the volumes that pods ask for. */
  volumeKeyArn: pulumi.Input<string>;
  /** Prefix of the names of target groups that pods may be registered in, without the hyphen. */
  targetGroupPrefix: string;
  config: Pick<ClusterConfig, "version" | "nodeGroups" | "controllers">;
}

/**
 * What every cluster runs besides the workloads: the load balancer controller, the cluster autoscaler, External
 * Secrets, Prometheus with the adapter for requests per second, the GPU device plugin, and the storage class of
 * encrypted volumes. Each has a namespace of its own; those that call AWS have a role with what they do there.
 *
 * Needs a provider of Kubernetes, for the cluster, and one of AWS, for the roles. The releases wait until their pods
 * are ready, so the cluster must have nodes: create it with `dependsOn: [cluster]`.
 */
export class Controllers extends pulumi.ComponentResource {
  /** Namespace of each, by its name in the config; none of the device plugin where there are no GPUs. */
  public readonly namespaces: pulumi.Output<Partial<Record<keyof typeof RELEASES, string>>>;
  /** Address of Prometheus inside the cluster. */
  public readonly prometheusUrl: string;

  constructor(name: string, args: ControllersArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const { controllers: config } = args.config;
    const scope = {
      region: args.region,
      account: args.account,
      clusterName: args.clusterName,
      targetGroupPrefix: args.targetGroupPrefix,
    };
    const storageClass = this.storageClass(name, args.volumeKeyArn);
    const controller = <Key extends keyof typeof RELEASES>(
      key: Key,
      role: string,
      values: Record<string, unknown>,
      more: Pick<ControllerArgs, "ingress" | "egress"> & { privileged?: boolean; dependsOn?: pulumi.Resource[] } = {},
    ) =>
      new Controller(
        `${name}-${role}`,
        {
          release: RELEASES[key],
          namespace: NAMESPACES[key],
          podSecurity: more.privileged === true ? "privileged" : "restricted",
          kubernetesVersion: args.config.version,
          chart: config[key],
          values,
          ingress: more.ingress,
          egress: more.egress,
        },
        { parent: this, dependsOn: more.dependsOn },
      );
    const identity = (key: keyof typeof RELEASES, role: string, policy: iam.PolicyDocument) => ({
      serviceAccount: RELEASES[key],
      roleArn: new IrsaRole(
        `${name}-${role}`,
        {
          oidcProviderArn: args.oidcProviderArn,
          oidcIssuer: args.oidcIssuer,
          namespace: NAMESPACES[key],
          serviceAccount: RELEASES[key],
          policy,
        },
        { parent: this },
      ).arn,
    });
    const fromVpc = (port: number) => ({
      from: [{ ipBlock: { cidr: args.vpcCidr } }],
      ports: [{ protocol: "TCP", port }],
    });

    const made = {
      loadBalancer: controller(
        "loadBalancer",
        "load-balancer",
        loadBalancerValues(config.loadBalancer, {
          clusterName: args.clusterName,
          region: args.region,
          vpcId: args.vpcId,
          identity: identity("loadBalancer", "load-balancer", loadBalancerPolicy(scope)),
        }),
        // Its webhooks check target group bindings.
        { ingress: [fromVpc(9443)] },
      ),
      autoscaler: controller(
        "autoscaler",
        "autoscaler",
        autoscalerValues(config.autoscaler, {
          clusterName: args.clusterName,
          region: args.region,
          identity: identity("autoscaler", "autoscaler", autoscalerPolicy(scope)),
        }),
      ),
      externalSecrets: controller(
        "externalSecrets",
        "external-secrets",
        externalSecretsValues(config.externalSecrets),
        // Its webhooks check secret stores and external secrets.
        { ingress: [fromVpc(10_250)] },
      ),
      prometheus: controller("prometheus", "prometheus", prometheusValues(config.prometheus), {
        dependsOn: [storageClass],
        ingress: [
          {
            from: [{ namespaceSelector: { matchLabels: named(NAMESPACES.prometheusAdapter) } }],
            ports: [{ protocol: "TCP", port: PROMETHEUS_PORT }],
          },
        ],
        // Pods choose the port that they are scraped on; kubelets answer on 10250.
        egress: [
          { to: [{ namespaceSelector: {} }] },
          { to: [{ ipBlock: { cidr: args.vpcCidr } }], ports: [{ protocol: "TCP", port: 10_250 }] },
        ],
      }),
      prometheusAdapter: controller("prometheusAdapter", "adapter", prometheusAdapterValues(config.prometheusAdapter), {
        // The Kubernetes API asks it for metrics.
        ingress: [fromVpc(6443)],
        egress: [
          {
            to: [{ namespaceSelector: { matchLabels: named(NAMESPACES.prometheus) } }],
            ports: [{ protocol: "TCP", port: PROMETHEUS_PORT }],
          },
        ],
      }),
      // A cluster without GPUs needs none.
      ...(Object.values(args.config.nodeGroups).some(({ allocatable }) => allocatable.gpus > 0) && {
        devicePlugin: controller(
          "devicePlugin",
          "device-plugin",
          devicePluginValues(config.devicePlugin, gpuTaints(args.config.nodeGroups)),
          // It talks to the kubelet through a directory of the host, which only the privileged standard allows.
          { privileged: true },
        ),
      }),
    };

    this.namespaces = pulumi.output({
      loadBalancer: made.loadBalancer.namespace,
      autoscaler: made.autoscaler.namespace,
      externalSecrets: made.externalSecrets.namespace,
      prometheus: made.prometheus.namespace,
      prometheusAdapter: made.prometheusAdapter.namespace,
      ...(made.devicePlugin && { devicePlugin: made.devicePlugin.namespace }),
    });
    this.prometheusUrl = `http://${RELEASES.prometheus}.${NAMESPACES.prometheus}.svc:${PROMETHEUS_PORT}`;
    this.registerOutputs({ namespaces: this.namespaces, prometheusUrl: this.prometheusUrl });
  }

  /** The default storage class: gp3 volumes, encrypted with the cluster's key, in the zone of the pod. */
  private storageClass(name: string, keyArn: pulumi.Input<string>): storage.StorageClass {
    return new storage.StorageClass(
      `${name}-storage`,
      {
        metadata: { name: STORAGE_CLASS, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        provisioner: "ebs.csi.aws.com",
        parameters: { type: "gp3", encrypted: "true", kmsKeyId: keyArn },
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
        reclaimPolicy: "Delete",
      },
      { parent: this },
    );
  }
}

/** Taints of the node groups that have GPUs, each once. */
function gpuTaints(groups: ClusterConfig["nodeGroups"]): ClusterConfig["nodeGroups"][string]["taints"] {
  const taints = Object.values(groups)
    .filter(({ allocatable }) => allocatable.gpus > 0)
    .flatMap((group) => group.taints);
  return [...new Map(taints.map((taint) => [`${taint.key}=${taint.value}:${taint.effect}`, taint])).values()];
}
