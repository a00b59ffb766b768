import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";

const TOKEN = "cutover:kubernetes:TargetBinding";

export interface TargetBindingArgs {
  namespace: pulumi.Input<string>;
  labels: Readonly<Record<string, string>>;
  /** Name of the service whose pods are the targets. */
  service: pulumi.Input<string>;
  targetGroupArn: pulumi.Input<string>;
  vpcId: pulumi.Input<string>;
}

/**
 * Keeps a service's pods registered in a target group of the region's load balancer, through the AWS Load Balancer
 * Controller. The platform lets the load balancer reach the ports of
 * pods, so the controller changes no security group.
 *
 * Failure: the controller's webhook refuses a binding whose target group is not there yet, and one that is changed to
 * another group; so a new group means a new binding.
 *
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/
 */
export class TargetBinding extends pulumi.ComponentResource {
  public constructor(name: string, args: TargetBindingArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    new CustomResource(
      `${name}-binding`,
      {
        apiVersion: "elbv2.k8s.aws/v1beta1",
        kind: "TargetGroupBinding",
        metadata: { name: args.service, namespace: args.namespace, labels: args.labels },
        spec: {
          targetGroupARN: args.targetGroupArn,
          targetType: "ip",
          ipAddressType: "ipv4",
          vpcID: args.vpcId,
          serviceRef: { name: args.service, port: "http" },
        },
      },
      {
        parent: this,
        replaceOnChanges: ["spec.targetGroupARN", "spec.vpcID"],
        // The name is fixed, so a replacement has to free it first.
        deleteBeforeReplace: true,
      },
    );
    this.registerOutputs({});
  }
}
