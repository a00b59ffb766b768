import * as eks from "@pulumi/aws/eks";
import type * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { AddonConfig, AddonName } from "../../stacks/config/cluster";
import { IrsaRole, type OidcIdentity } from "./irsaRole";

const TOKEN = "cutover:aws:Addon";

export interface AddonArgs {
  clusterName: pulumi.Input<string>;
  /** Name of the add-on, as EKS knows it. */
  addon: AddonName | "amazon-cloudwatch-observability";
  config: AddonConfig;
  /**
   * The role of its service account.
   *
   * @default - none: the add-on calls no AWS service
   */
  role?: {
    identity: OidcIdentity;
    serviceAccount: string;
    /** @default "kube-system" */
    namespace?: string;
    managedPolicyArns: readonly string[];
    policy?: pulumi.Input<iam.PolicyDocument>;
  };
}

/** An EKS add-on, with a role of its own where it calls AWS. What others changed by hand, it sets back. */
export class Addon extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AddonArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const role =
      args.role === undefined
        ? undefined
        : new IrsaRole(
            `${name}-irsa`,
            {
              ...args.role.identity,
              namespace: args.role.namespace ?? "kube-system",
              serviceAccount: args.role.serviceAccount,
              policy: args.role.policy,
              managedPolicyArns: args.role.managedPolicyArns,
            },
            { parent: this },
          );
    const values = configuration(args.addon, args.config);
    const addon = new eks.Addon(
      `${name}-addon`,
      {
        clusterName: args.clusterName,
        addonName: args.addon,
        addonVersion: args.config.version,
        serviceAccountRoleArn: role?.arn,
        configurationValues: Object.keys(values).length === 0 ? undefined : JSON.stringify(values),
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
      },
      // The permissions first: a plugin that starts without them fails and backs off.
      { parent: this, dependsOn: role === undefined ? [] : [role] },
    );

    this.arn = addon.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/** The add-on's values: the network plugin enforces network policies, whatever the config says. */
function configuration(addon: AddonArgs["addon"], { values }: AddonConfig): AddonConfig["values"] {
  return addon === "vpc-cni" ? { ...values, enableNetworkPolicy: "true" } : values;
}
