import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

const TOKEN = "cutover:aws:IrsaRole";

/** A cluster's identity provider for service accounts. */
export interface OidcIdentity {
  /** ARN of the IAM OIDC provider of the cluster. */
  oidcProviderArn: pulumi.Input<string>;
  /** Issuer of the cluster's service account tokens, without `https://`. */
  oidcIssuer: pulumi.Input<string>;
}

export interface IrsaRoleArgs extends OidcIdentity {
  /** Namespace of the service account. */
  namespace: string;
  /** The one service account that may take the role. */
  serviceAccount: string;
  /**
   * What the role may do: an IAM policy document, kept inline with the role.
   *
   * @default - nothing besides `managedPolicyArns`
   */
  policy?: pulumi.Input<iam.PolicyDocument>;
  /**
   * Policies of AWS that the role has as well; where `policy` can say it, it is the narrower one.
   *
   * @default []
   */
  managedPolicyArns?: readonly string[];
}

/**
 * An IAM role for one Kubernetes service account (IRSA). Its trust names the exact subject and the exact audience,
 * so that no other service account, namespace, cluster or token for somebody else takes it. The service account
 * carries `arn` as its annotation `eks.amazonaws.com/role-arn`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export class IrsaRole extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  public readonly roleName: pulumi.Output<string>;

  constructor(name: string, args: IrsaRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const role = new iam.Role(
      `${name}-role`,
      {
        description: `Service account ${args.namespace}/${args.serviceAccount}.`,
        assumeRolePolicy: trustPolicy(args),
      },
      { parent: this },
    );
    if (args.policy !== undefined) {
      new iam.RolePolicy(
        `${name}-policy`,
        { role: role.name, policy: pulumi.jsonStringify(args.policy) },
        { parent: this },
      );
    }
    for (const policyArn of args.managedPolicyArns ?? []) {
      const policyName = policyArn.slice(policyArn.lastIndexOf("/") + 1);
      new iam.RolePolicyAttachment(`${name}-${policyName}`, { role: role.name, policyArn }, { parent: this });
    }

    this.arn = role.arn;
    this.roleName = role.name;
    this.registerOutputs({ arn: this.arn, roleName: this.roleName });
  }
}

function trustPolicy(args: IrsaRoleArgs): pulumi.Output<string> {
  const document = pulumi.all([args.oidcProviderArn, args.oidcIssuer]).apply(([providerArn, issuer]) => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: `system:serviceaccount:${args.namespace}:${args.serviceAccount}`,
          },
        },
      },
    ],
  }));
  return pulumi.jsonStringify(document);
}
