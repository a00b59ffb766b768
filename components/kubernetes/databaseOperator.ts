import * as pulumi from "@pulumi/pulumi";
import type { KubernetesControllersConfig } from "../../stacks/config/kubernetes/controllers";
import { INFRASTRUCTURE_NAMESPACE } from "../internal/names";
import { Controller, installed, named } from "./controller";
import { databaseBackupValues, databaseValues } from "./clusterControllerValues";
import { KONNECTIVITY } from "./networkPolicies";

const TOKEN = "cutover:kubernetes:DatabaseOperator";

/** Name of the operator's release and namespace. */
export const OPERATOR = "cnpg-system";
const WEBHOOK_PORT = 9443;
const PLUGIN_PORT = 9090;
const STATUS_PORT = 8000;

export interface DatabaseOperatorArgs {
  kubernetesVersion: string;
  /** Range and port of the Kubernetes API. */
  controlPlane: { cidr: string; port: number };
  config: Pick<KubernetesControllersConfig, "database" | "databaseBackup">;
}

/** CloudNativePG and its plug-in for backups, which it looks for in its own namespace. The plug-in needs cert-manager. */
export class DatabaseOperator extends pulumi.ComponentResource {
  /** Status of its releases, once they are ready. */
  public readonly status: pulumi.Output<string>;

  public constructor(name: string, args: DatabaseOperatorArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { config, controlPlane } = args;
    const plugin = { ports: [{ protocol: "TCP", port: PLUGIN_PORT }] };
    const operator = new Controller(
      `${name}-operator`,
      {
        release: "cloudnative-pg",
        namespace: OPERATOR,
        podSecurity: "restricted",
        kubernetesVersion: args.kubernetesVersion,
        chart: config.database,
        values: databaseValues(config.database),
        ingress: [
          {
            from: [{ ipBlock: { cidr: controlPlane.cidr } }, ...KONNECTIVITY],
            ports: [{ protocol: "TCP", port: WEBHOOK_PORT }],
          },
          { from: [{ podSelector: {} }], ...plugin },
        ],
        egress: [
          { to: [{ ipBlock: { cidr: controlPlane.cidr } }], ports: [{ protocol: "TCP", port: controlPlane.port }] },
          { to: [{ podSelector: {} }], ...plugin },
          {
            to: [{ namespaceSelector: { matchLabels: named(INFRASTRUCTURE_NAMESPACE) } }],
            ports: [{ protocol: "TCP", port: STATUS_PORT }],
          },
        ],
      },
      { parent: this },
    );
    const backup = installed(
      `${name}-backup`,
      {
        release: "plugin-barman-cloud",
        namespace: operator.namespace,
        chart: config.databaseBackup,
        values: databaseBackupValues(config.databaseBackup),
      },
      { parent: this, dependsOn: operator },
    );
    this.status = backup.status.status;
    this.registerOutputs({ status: this.status });
  }
}
