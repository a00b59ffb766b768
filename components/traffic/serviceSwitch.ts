import { Service } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { namespaceName } from "../internal/names";
import { clusterRouterMetadata, type ClusterRouterArgs } from "./clusterRouter";
import { weightsFor } from "./split";

const TOKEN = "cutover:traffic:ServiceSwitch";

export interface ServiceSwitchArgs extends ClusterRouterArgs {
  /** The cluster's DNS domain. @default "cluster.local" */
  clusterDomain?: string;
}

/**
 * The router of a cluster without a gateway: for each routed workload a Service `<workload>-active` that is another name of the
 * workload's Service in one color. A switch changes that name and nothing else.
 *
 * A Service selects pods of its own namespace only, and the colors have one each, so it cannot select a color; and addresses of
 * Services cannot be endpoints of another. A name works in every conformant cluster.
 *
 * Limits: the switch reaches a client when it asks the cluster's DNS again (5 to 30 s) and opens a new connection, so a client has
 * to end its connections now and then. Ports are those of the color's Service. The name in the client's request is
 * `<workload>-active`, so a color must not insist on its own. An ingress controller in front has to allow ExternalName.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#externalname
 */
export class ServiceSwitch extends pulumi.ComponentResource {
  /** Identifier of each Service, `<namespace>/<name>`, by workload. */
  public readonly serviceIds: Record<string, pulumi.Output<string>>;

  /**
   * @throws RangeError for a percentage between 0 and 100.
   */
  public constructor(name: string, args: ServiceSwitchArgs, opts: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const color = weightsFor("service-switch", args.greenPercent).green === 0 ? "blue" : "green";
    const domain = args.clusterDomain ?? "cluster.local";
    this.serviceIds = Object.fromEntries(
      Object.entries(args.routes).map(([workload, { port }]) => [
        workload,
        new Service(
          `${name}-${workload}`,
          {
            metadata: clusterRouterMetadata(args, `${workload}-active`),
            spec: {
              type: "ExternalName",
              externalName: `${workload}.${namespaceName(args.deployment, color)}.svc.${domain}`,
              ports: [{ name: "http", port, protocol: "TCP" }],
            },
          },
          { parent: this },
        ).id,
      ]),
    );
    this.registerOutputs({ serviceIds: this.serviceIds });
  }
}
