import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterConfig } from "../../stacks/config/cluster";
import { dataTags } from "./dataTags";
import { Key } from "./key";
import { serviceRole } from "./serviceRole";

const TOKEN = "cutover:aws:ControlPlane";

export interface ControlPlaneArgs {
  /** Name of the cluster in AWS, unique in account and region. */
  clusterName: string;
  account: string;
  /** Subnets, in two zones at least, that get an interface of the Kubernetes API. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  config: Pick<ClusterConfig, "version" | "logRetentionDays" | "access">;
  /** Key of the log group; its policy lets CloudWatch Logs use it (`logsGrant`). */
  logKeyArn: pulumi.Input<string>;
  /** Tags of the log group: owner, residency. */
  tags: Record<string, string>;
}

/**
 * The control plane of an EKS cluster: the Kubernetes API on private addresses only, its secrets encrypted with an
 * own key, all its logs kept, access by IAM role alone. Creates the keys, the log group, the role, the cluster, its
 * identity provider for service accounts, and an access entry for each role of the config.
 *
 * Cost: 73 dollars a month; six times that after the version's standard support, which `upgradePolicy` rules out:
 * EKS upgrades the cluster by itself on that day.
 *
 * @stateful
 */
export class ControlPlane extends pulumi.ComponentResource {
  /** The cluster itself, for what is built on it. */
  public readonly cluster: eks.Cluster;
  /** Handed out when the access entries exist: who connects to it is let in. */
  public readonly endpoint: pulumi.Output<string>;
  public readonly oidcProviderArn: pulumi.Output<string>;
  /** Issuer of service account tokens, without `https://`. */
  public readonly oidcIssuer: pulumi.Output<string>;

  constructor(name: string, args: ControlPlaneArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const key = new Key(
      `${name}-secrets`,
      { description: `Secrets of the Kubernetes cluster ${args.clusterName}.`, account: args.account },
      { parent: this },
    );
    // EKS writes to a group of this name, and makes one that is kept for ever, unencrypted, if there is none.
    const logs = new cloudwatch.LogGroup(
      `${name}-logs`,
      {
        name: `/aws/eks/${args.clusterName}/cluster`,
        kmsKeyId: args.logKeyArn,
        retentionInDays: args.config.logRetentionDays,
        deletionProtectionEnabled: true,
        tags: dataTags(args.tags, "audit-log", args.config.logRetentionDays),
      },
      { parent: this, protect: true, retainOnDelete: true },
    );
    const role = serviceRole(`${name}-role`, "eks.amazonaws.com", "The EKS control plane.", this);
    const permissions = [
      new iam.RolePolicyAttachment(
        `${name}-role-cluster`,
        { role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" },
        { parent: this },
      ),
      new iam.RolePolicy(
        `${name}-role-secrets`,
        {
          role: role.name,
          policy: pulumi.jsonStringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"],
                Resource: key.arn,
              },
            ],
          }),
        },
        { parent: this },
      ),
    ];

    this.cluster = new eks.Cluster(
      `${name}-cluster`,
      {
        name: args.clusterName,
        version: args.config.version,
        upgradePolicy: { supportType: "STANDARD" },
        roleArn: role.arn,
        vpcConfig: { subnetIds: args.subnetIds, endpointPrivateAccess: true, endpointPublicAccess: false },
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
        encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
        enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        // The network add-ons are this program's, from the first day.
        bootstrapSelfManagedAddons: false,
        deletionProtection: true,
      },
      { parent: this, protect: true, retainOnDelete: true, dependsOn: [logs, ...permissions] },
    );
    const entries = this.accessEntries(name, args.config.access);

    const url = this.cluster.identities[0]!.oidcs[0]!.issuer;
    // AWS checks EKS's issuer against its own certificate authorities, so that no thumbprint is kept here.
    const oidc = new iam.OpenIdConnectProvider(
      `${name}-oidc`,
      { url, clientIdLists: ["sts.amazonaws.com"] },
      { parent: this },
    );

    this.endpoint = pulumi.all([this.cluster.endpoint, ...entries]).apply(([endpoint]) => endpoint as string);
    this.oidcProviderArn = oidc.arn;
    this.oidcIssuer = url.apply((issuer) => issuer?.replace(/^https:\/\//, ""));
    this.registerOutputs({
      endpoint: this.endpoint,
      oidcProviderArn: this.oidcProviderArn,
      oidcIssuer: this.oidcIssuer,
    });
  }

  /** Lets each role in; the results are known when all of them are in. */
  private accessEntries(name: string, access: ClusterConfig["access"]): pulumi.Output<string>[] {
    return Object.entries(access).map(([role, { roleArn, policy, namespaces }]) => {
      const entry = new eks.AccessEntry(
        `${name}-access-${role}`,
        { clusterName: this.cluster.name, principalArn: roleArn, type: "STANDARD" },
        { parent: this },
      );
      const association = new eks.AccessPolicyAssociation(
        `${name}-policy-${role}`,
        {
          clusterName: this.cluster.name,
          principalArn: entry.principalArn,
          policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
          accessScope: namespaces.length === 0 ? { type: "cluster" } : { type: "namespace", namespaces },
        },
        { parent: this },
      );
      return association.id;
    });
  }
}
