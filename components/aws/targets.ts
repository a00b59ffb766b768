import * as lb from "@pulumi/aws/lb";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { FUNCTION_TARGET, targetGroupName, type Color } from "../internal/names";
import type { TargetsConfig } from "../../stacks/config/targets";

const TOKEN = "cutover:aws:Targets";

/** A workload that requests are routed to. */
export interface RoutedWorkload {
  port: number;
  protocolVersion: "HTTP1" | "HTTP2" | "GRPC";
  healthPath: string;
}

export interface TargetsArgs {
  /** Name of the deployment: the controllers in the clusters may only fill target groups that begin with it. */
  deployment: string;
  color: Color;
  /** The routed workloads, by name. */
  workloads: Readonly<Record<string, RoutedWorkload>>;
  /** Whether the colors have functions. */
  functions: boolean;
  /** ARN of the color's function; none while the color has no release, and its target group is empty then. */
  functionArn?: pulumi.Input<string>;
  vpcId: pulumi.Input<string>;
  config: TargetsConfig;
}

/**
 * What routers can send a color's requests to in one region: a target group for each routed workload and one for its
 * function, where it has one. They belong to the color and not to the routers, because the controller that registers pods refuses to bind
 * to a group that is not there yet; and so that the stack of the routers holds nothing but routers.
 */
export class Targets extends pulumi.ComponentResource {
  /** ARN of each target group, by workload; the function's under `function`. */
  public readonly groupArns: Record<string, pulumi.Output<string>>;

  public constructor(name: string, args: TargetsArgs, opts: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    this.groupArns = {
      ...Object.fromEntries(
        Object.entries(args.workloads).map(([workload, routed]) => [workload, this.pods(name, workload, routed, args)]),
      ),
      ...(args.functions ? { [FUNCTION_TARGET]: this.function(name, args) } : {}),
    };
    this.registerOutputs({ groupArns: this.groupArns });
  }

  private pods(name: string, workload: string, routed: RoutedWorkload, args: TargetsArgs): pulumi.Output<string> {
    const { healthCheck, deregistrationSeconds } = args.config;
    return new lb.TargetGroup(
      `${name}-${workload}`,
      {
        name: targetGroupName(args.deployment, args.color, workload),
        vpcId: args.vpcId,
        targetType: "ip",
        port: routed.port,
        protocol: "HTTP",
        protocolVersion: routed.protocolVersion,
        deregistrationDelay: deregistrationSeconds,
        healthCheck: {
          path: routed.healthPath,
          protocol: "HTTP",
          matcher: routed.protocolVersion === "GRPC" ? "0" : "200",
          interval: healthCheck.intervalSeconds,
          timeout: healthCheck.timeoutSeconds,
          healthyThreshold: healthCheck.healthyThreshold,
          unhealthyThreshold: healthCheck.unhealthyThreshold,
        },
      },
      // The name is fixed, so a replacement has to free it first.
      { parent: this, deleteBeforeReplace: true },
    ).arn;
  }

  private function(name: string, args: TargetsArgs): pulumi.Output<string> {
    const group = new lb.TargetGroup(
      `${name}-${FUNCTION_TARGET}`,
      {
        name: targetGroupName(args.deployment, args.color, FUNCTION_TARGET),
        targetType: "lambda",
        lambdaMultiValueHeadersEnabled: true,
      },
      { parent: this, deleteBeforeReplace: true },
    );
    if (args.functionArn === undefined) {
      return group.arn;
    }
    const permission = new lambda.Permission(
      `${name}-${FUNCTION_TARGET}-permission`,
      {
        action: "lambda:InvokeFunction",
        function: args.functionArn,
        principal: "elasticloadbalancing.amazonaws.com",
        sourceArn: group.arn,
      },
      { parent: this },
    );
    new lb.TargetGroupAttachment(
      `${name}-${FUNCTION_TARGET}-attachment`,
      { targetGroupArn: group.arn, targetId: args.functionArn },
      { parent: this, dependsOn: permission },
    );
    return group.arn;
  }
}
