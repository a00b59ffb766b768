import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as rds from "@pulumi/aws/rds";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../internal/after";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc";
import type { DatabaseConfig } from "../../stacks/config/database";

const TOKEN = "cutover:aws:DatabaseSite";

export interface DatabaseSiteArgs {
  config: DatabaseConfig;
  vpcId: pulumi.Input<string>;
  /** Database subnets: private, one per zone. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Security group that may connect: the cluster's. */
  clientSecurityGroupId: pulumi.Input<string>;
  /**
   * Ranges of the jurisdiction's other regions that connect over a private path. A rule cannot name a security group
   * of another region, so these are ranges.
   *
   * @default - none
   */
  peerCidrs?: readonly string[];
  tags: Record<string, string>;
}

/**
 * What the database instances of one region share: subnet group, security group, parameters and the role of
 * enhanced monitoring. Connections are TLS only and logged, and what is logged holds no parameter of a statement:
 * students' data is in the database, not in its log.
 */
export class DatabaseSite extends pulumi.ComponentResource {
  public readonly subnetGroupName: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly parameterGroupName: pulumi.Output<string>;
  /** ARN of the role, once it may write metrics. */
  public readonly monitoringRoleArn: pulumi.Output<string>;

  constructor(name: string, args: DatabaseSiteArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { config, tags } = args;

    const subnets = new rds.SubnetGroup(
      `${name}-subnets`,
      { description: "Database subnets.", subnetIds: args.subnetIds, tags },
      { parent: this },
    );
    const group = new ec2.SecurityGroup(
      `${name}-access`,
      { description: "PostgreSQL, from the cluster only.", vpcId: args.vpcId, tags },
      { parent: this },
    );
    const port = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: config.port, toPort: config.port, tags };
    new SecurityGroupIngressRule(
      `${name}-from-cluster`,
      { ...port, referencedSecurityGroupId: args.clientSecurityGroupId, description: "The region's cluster." },
      { parent: this },
    );
    for (const cidr of args.peerCidrs ?? []) {
      new SecurityGroupIngressRule(
        `${name}-from-${cidr.replace(/[./]/g, "-")}`,
        { ...port, cidrIpv4: cidr, description: "Another region of the jurisdiction." },
        { parent: this },
      );
    }
    const parameters = new rds.ParameterGroup(
      `${name}-parameters`,
      { description: "TLS only, audited.", family: "postgres15", parameters: parametersOf(config), tags },
      { parent: this },
    );
    const role = new iam.Role(
      `${name}-monitoring`,
      {
        description: "Enhanced monitoring of the database.",
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Principal: { Service: "monitoring.rds.amazonaws.com" }, Action: "sts:AssumeRole" },
          ],
        }),
        tags,
      },
      { parent: this },
    );
    const rights = new iam.RolePolicyAttachment(
      `${name}-monitoring-rights`,
      { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole" },
      { parent: this },
    );

    this.subnetGroupName = subnets.name;
    this.securityGroupId = group.id;
    this.parameterGroupName = parameters.name;
    this.monitoringRoleArn = after(role.arn, rights.id);
    this.registerOutputs({
      subnetGroupName: this.subnetGroupName,
      securityGroupId: this.securityGroupId,
      parameterGroupName: this.parameterGroupName,
      monitoringRoleArn: this.monitoringRoleArn,
    });
  }
}

/** In the order of their names, as RDS returns them. What PostgreSQL reads at its start only waits for a restart. */
function parametersOf({ slowQueryMs }: DatabaseConfig) {
  const immediate: Record<string, string> = {
    log_connections: "1",
    log_disconnections: "1",
    log_lock_waits: "1",
    log_min_duration_statement: String(slowQueryMs),
    log_parameter_max_length: "0",
    log_parameter_max_length_on_error: "0",
    "pgaudit.log": "ddl,role",
    "pgaudit.log_parameter": "0",
    "rds.force_ssl": "1",
  };
  const atRestart: Record<string, string> = {
    "pgaudit.role": "rds_pgaudit",
    shared_preload_libraries: "pg_stat_statements,pgaudit",
  };
  return [
    ...Object.entries(immediate).map(([name, value]) => ({ name, value, applyMethod: "immediate" })),
    ...Object.entries(atRestart).map(([name, value]) => ({ name, value, applyMethod: "pending-reboot" })),
  ];
}
