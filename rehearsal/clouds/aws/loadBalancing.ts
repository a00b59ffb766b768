import { CloudError } from "../../engine/cloud";
import type { Models } from "../model";
import { listenerPort, listenerRule, targetGroupInUse } from "./listenerChecks";

/** Names of load balancers and target groups: letters, digits and hyphens, none at the ends. */
const NAME = /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;
const ELB = "arn:aws:elasticloadbalancing:{region}:{account}";

/** Application load balancers, their listeners, rules and target groups. */
export const loadBalancing: Models = {
  "aws:lb/loadBalancer:LoadBalancer": {
    id: `${ELB}:loadbalancer/app/{name}/{hex:16}`,
    tagged: true,
    name: { max: 32, pattern: NAME, taken: "DuplicateLoadBalancerName: ELBv2 Load Balancer ({name}) already exists" },
    checks: [
      (context) => {
        if (context.list("subnets").length < 2 && context.list("subnetMappings").length < 2) {
          throw new CloudError(
            "ValidationError: At least two subnets in two different Availability Zones must be specified",
          );
        }
      },
    ],
    deletionChecks: [
      ({ inputs, id }) => {
        if (inputs.enableDeletionProtection === true) {
          throw new CloudError(
            `OperationNotPermitted: Load balancer '${id}' cannot be deleted because deletion protection is enabled`,
          );
        }
      },
    ],
    outputs: {
      arn: "{id}",
      arnSuffix: (context) => context.text("id").split(":loadbalancer/")[1],
      dnsName: (context) =>
        context.fill(
          `${context.inputs.internal === true ? "internal-" : ""}{name}-{digits:10}.{region}.elb.amazonaws.com`,
          "dnsName",
        ),
      zoneId: "Z{ALNUM:13}",
      vpcId: (context) => context.neighbor("aws:ec2/subnet:Subnet", context.texts("subnets")[0] ?? "")?.vpcId,
    },
  },
  "aws:lb/targetGroup:TargetGroup": {
    id: `${ELB}:targetgroup/{name}/{hex:16}`,
    tagged: true,
    name: { max: 32, pattern: NAME, taken: "DuplicateTargetGroupName: ELBv2 Target Group ({name}) already exists" },
    deletionChecks: [targetGroupInUse],
    outputs: {
      arn: "{id}",
      arnSuffix: (context) => context.text("id").split(":").at(-1),
      loadBalancerArns: [],
    },
  },
  "aws:lb/listener:Listener": {
    id: (context) =>
      context.fill(`${context.text("loadBalancerArn").replace(":loadbalancer/", ":listener/")}/{hex:16}`, "id"),
    tagged: true,
    checks: [listenerPort],
    outputs: { arn: "{id}" },
  },
  "aws:lb/listenerCertificate:ListenerCertificate": { id: "{listenerArn}_{certificateArn}" },
  "aws:lb/listenerRule:ListenerRule": {
    id: (context) =>
      context.fill(`${context.text("listenerArn").replace(":listener/", ":listener-rule/")}/{hex:16}`, "id"),
    tagged: true,
    checks: [listenerRule],
    outputs: { arn: "{id}" },
  },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": { id: "{targetGroupArn}-{digits:26}" },
};
