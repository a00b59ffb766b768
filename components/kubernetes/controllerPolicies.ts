import type * as iam from "@pulumi/aws/iam";

/** Where a controller acts. */
export interface ControllerScope {
  region: string;
  account: string;
  /** Name of the cluster. */
  clusterName: string;
  /** Prefix of the names of the deployment's target groups. */
  targetGroupPrefix: string;
}

/**
 * The AWS Load Balancer Controller puts pods into target groups that exist, and nothing else: load balancers,
 * listeners, rules and security groups are this program's. So it needs a small part of the policy in its handbook.
 */
export function loadBalancerPolicy({ region, account, targetGroupPrefix }: ControllerScope): iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Look",
        Effect: "Allow",
        Action: [
          "ec2:DescribeAvailabilityZones",
          "ec2:DescribeInstances",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeSubnets",
          "ec2:DescribeVpcs",
          "elasticloadbalancing:DescribeTags",
          "elasticloadbalancing:DescribeTargetGroupAttributes",
          "elasticloadbalancing:DescribeTargetGroups",
          "elasticloadbalancing:DescribeTargetHealth",
        ],
        // Describing knows no narrower resource.
        Resource: "*",
      },
      {
        Sid: "Register",
        Effect: "Allow",
        Action: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
        Resource: `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${targetGroupPrefix}-*/*`,
      },
    ],
  };
}

/**
 * The cluster autoscaler sizes the Auto Scaling groups of its own cluster, which EKS tags with the cluster's name.
 *
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md#iam-policy
 */
export function autoscalerPolicy({ region, account, clusterName }: ControllerScope): iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Look",
        Effect: "Allow",
        Action: [
          "autoscaling:DescribeAutoScalingGroups",
          "autoscaling:DescribeAutoScalingInstances",
          "autoscaling:DescribeLaunchConfigurations",
          "autoscaling:DescribeScalingActivities",
          "ec2:DescribeImages",
          "ec2:DescribeInstanceTypes",
          "ec2:DescribeLaunchTemplateVersions",
          "ec2:GetInstanceTypesFromInstanceRequirements",
        ],
        // Describing knows no narrower resource.
        Resource: "*",
      },
      {
        // Labels and taints of a group that has no node yet.
        Sid: "LookAtNodeGroups",
        Effect: "Allow",
        Action: "eks:DescribeNodegroup",
        Resource: `arn:aws:eks:${region}:${account}:nodegroup/${clusterName}/*/*`,
      },
      {
        Sid: "Scale",
        Effect: "Allow",
        Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
        Resource: `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:*`,
        Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: "owned" } },
      },
    ],
  };
}
