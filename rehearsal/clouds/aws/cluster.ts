import { CloudError } from "../../engine/cloud";
import type { Context } from "../context";
import type { Models } from "../model";

/**
 * The oldest Kubernetes version that a cluster can be made with.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html, read 2026-11: 1.30 left extended support in July 2026
 */
const OLDEST_MINOR = 31;

const EKS = "arn:aws:eks:{region}:{account}";

/** EKS. */
export const cluster: Models = {
  "aws:eks/cluster:Cluster": {
    id: "{name}",
    tagged: true,
    name: {
      max: 100,
      pattern: /^[A-Za-z0-9][\w-]*$/,
      taken: "ResourceInUseException: Cluster already exists with name: {name}",
    },
    checks: [supportedVersion],
    deletionChecks: [
      ({ inputs }) => {
        if (inputs.deletionProtection === true) {
          throw new CloudError("InvalidRequestException: Cluster has deletion protection enabled");
        }
      },
    ],
    outputs: {
      arn: `${EKS}:cluster/{name}`,
      // The issuer of tokens and the API's address carry the same invented number.
      endpoint: "https://{HEX:32}.gr7.{region}.eks.amazonaws.com",
      identities: (context) => {
        const number = /\/\/(\w+)\./.exec(context.text("endpoint"))?.[1];
        return [{ oidcs: [{ issuer: `https://oidc.eks.${context.text("region")}.amazonaws.com/id/${number}` }] }];
      },
      certificateAuthority: (context) => {
        const pem = `-----BEGIN CERTIFICATE-----\n${context.fill("{Alnum:64}\n{Alnum:64}", "certificate")}\n-----END CERTIFICATE-----\n`;
        return { data: Buffer.from(pem).toString("base64") };
      },
      createdAt: "{now}",
      platformVersion: "eks.1",
      status: "ACTIVE",
    },
    derived: {
      vpcConfig: (context) => {
        const subnet = context.texts("vpcConfig.subnetIds")[0] ?? "";
        return {
          ...(context.inputs.vpcConfig as object),
          clusterSecurityGroupId: context.keep("vpcConfig.clusterSecurityGroupId", "sg-0{hex:16}"),
          vpcId:
            context.neighbor("aws:ec2/subnet:Subnet", subnet)?.vpcId ??
            context.keep("vpcConfig.vpcId", "vpc-0{hex:16}"),
        };
      },
    },
  },
  "aws:eks/nodeGroup:NodeGroup": {
    id: "{clusterName}:{name}",
    tagged: true,
    name: { property: "nodeGroupName", max: 63, pattern: /^[A-Za-z0-9][\w-]*$/ },
    outputs: {
      arn: `${EKS}:nodegroup/{clusterName}/{name}/{uuid}`,
      status: "ACTIVE",
      resources: [{ autoscalingGroups: [{ name: "eks-{nodeGroupName}-{uuid}" }], remoteAccessSecurityGroupId: "" }],
    },
  },
  "aws:eks/addon:Addon": {
    id: "{clusterName}:{addonName}",
    tagged: true,
    outputs: {
      arn: `${EKS}:addon/{clusterName}/{addonName}/{uuid}`,
      createdAt: "{now}",
      modifiedAt: "{now}",
      addonVersion: "v1.0.0-eksbuild.1",
    },
  },
  "aws:eks/accessEntry:AccessEntry": {
    id: "{clusterName}:{principalArn}",
    tagged: true,
    outputs: {
      accessEntryArn: (context) => {
        const [kind, ...rest] = context.text("principalArn").split(":").at(-1)!.split("/");
        return context.fill(
          `${EKS}:access-entry/{clusterName}/${kind}/{account}/${rest.at(-1)}/{uuid}`,
          "accessEntryArn",
        );
      },
      type: "STANDARD",
      userName: "{principalArn}",
      createdAt: "{now}",
      modifiedAt: "{now}",
    },
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    id: "{clusterName}#{principalArn}#{policyArn}",
    outputs: { associatedAt: "{now}", modifiedAt: "{now}" },
  },
};

function supportedVersion(context: Context): void {
  const version = context.text("version");
  const [major, minor] = version.split(".").map(Number);
  if (version !== "" && (major !== 1 || minor === undefined || !(minor >= OLDEST_MINOR))) {
    throw new CloudError(
      `InvalidParameterException: unsupported Kubernetes version ${version}; the oldest that can be created is 1.${OLDEST_MINOR}`,
    );
  }
}
