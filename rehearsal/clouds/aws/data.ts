import type { Json } from "../../../rollout/engine";
import { text } from "../../../pulumi/json";
import { CloudError } from "../../engine/cloud";
import type { Context } from "../context";
import type { Model, Models } from "../model";

const RDS = "arn:aws:rds:{region}:{account}";
const CACHE = "arn:aws:elasticache:{region}:{account}";
/** Names in RDS and ElastiCache: a letter first, no two hyphens in a row. */
const NAME = /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]*[a-zA-Z0-9]$/;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306, mariadb: 3306 };

/**
 * PostgreSQL minors that RDS no longer makes: what is older than the first one of its major here.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html, read 2026-11
 */
const OLDEST_POSTGRES_MINOR: Readonly<Record<string, number>> = { 15: 13 };

function group(arn: string, taken: string): Model {
  return {
    id: "{name}",
    tagged: true,
    name: { max: 255, pattern: NAME, lower: true, taken },
    outputs: { arn },
  };
}

/** Databases and caches: RDS and ElastiCache. */
export const data: Models = {
  "aws:rds/instance:Instance": {
    id: "db-{ALNUM:26}",
    tagged: true,
    name: {
      property: "identifier",
      max: 63,
      pattern: NAME,
      lower: true,
      taken: "DBInstanceAlreadyExists: DB instance already exists: {name}",
    },
    checks: [liveVersion, replicasFirst],
    deletionChecks: [
      ({ inputs }) => {
        if (inputs.deletionProtection === true) {
          throw new CloudError(
            "InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again.",
          );
        }
      },
    ],
    outputs: {
      arn: `${RDS}:db:{name}`,
      resourceId: "{id}",
      address: "{name}.{alnum:12}.{region}.rds.amazonaws.com",
      port: (context) => DEFAULT_PORTS[context.text("engine")] ?? 5432,
      endpoint: "{address}:{port}",
      hostedZoneId: "Z{ALNUM:13}",
      status: "available",
      latestRestorableTime: "{now}",
      upgradeRolloutOrder: "second",
      listenerEndpoints: [],
      replicas: [],
      masterUserSecrets: [],
    },
    derived: { engineVersionActual: "{engineVersion}" },
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    ...group(`${RDS}:subgrp:{name}`, "DBSubnetGroupAlreadyExists: The DB subnet group '{name}' already exists."),
    outputs: {
      arn: `${RDS}:subgrp:{name}`,
      supportedNetworkTypes: ["IPV4"],
      vpcId: vpcOf,
    },
  },
  "aws:rds/parameterGroup:ParameterGroup": group(
    `${RDS}:pg:{name}`,
    "DBParameterGroupAlreadyExists: Parameter group {name} already exists",
  ),
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    id: "{name}",
    tagged: true,
    name: {
      property: "replicationGroupId",
      max: 40,
      pattern: NAME,
      lower: true,
      taken: "ReplicationGroupAlreadyExists: Replication group {name} already exists.",
    },
    outputs: {
      arn: `${CACHE}:replicationgroup:{name}`,
      port: 6379,
      clusterEnabled: (context) => Number(context.get("numNodeGroups") ?? 1) > 1,
      primaryEndpointAddress: "master.{name}.{alnum:6}.{regionCode}.cache.amazonaws.com",
      readerEndpointAddress: (context) => context.text("primaryEndpointAddress").replace(/^master\./, "replica."),
    },
    derived: {
      engineVersionActual: "{engineVersion}",
      memberClusters: (context) =>
        Array.from(
          { length: Number(context.get("numCacheClusters") ?? 1) },
          (_, index) => `${context.id}-${String(index + 1).padStart(3, "0")}`,
        ),
    },
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    ...group(`${CACHE}:subnetgroup:{name}`, "CacheSubnetGroupAlreadyExists: Cache subnet group {name} already exists."),
    outputs: { arn: `${CACHE}:subnetgroup:{name}`, vpcId: vpcOf },
  },
  "aws:elasticache/parameterGroup:ParameterGroup": group(
    `${CACHE}:parametergroup:{name}`,
    "CacheParameterGroupAlreadyExists: Parameter group {name} already exists",
  ),
  "aws:elasticache/user:User": {
    ...group(`${CACHE}:user:{name}`, "UserAlreadyExists: User {name} already exists."),
    name: {
      property: "userId",
      max: 40,
      pattern: NAME,
      lower: true,
      taken: "UserAlreadyExists: User {name} already exists.",
    },
  },
  "aws:elasticache/userGroup:UserGroup": {
    ...group(`${CACHE}:usergroup:{name}`, "UserGroupAlreadyExists: User Group {name} already exists."),
    name: {
      property: "userGroupId",
      max: 40,
      pattern: NAME,
      lower: true,
      taken: "UserGroupAlreadyExists: User Group {name} already exists.",
    },
  },
};

/** The VPC of a subnet group: that of its first subnet. */
function vpcOf(context: Context) {
  return context.neighbor("aws:ec2/subnet:Subnet", context.texts("subnetIds")[0] ?? "")?.vpcId;
}

function liveVersion(context: Context): void {
  const version = context.text("engineVersion");
  const [major, minor] = version.split(".");
  const oldest = OLDEST_POSTGRES_MINOR[major ?? ""];
  const unchanged = context.oldInputs?.engineVersion === version;
  if (
    context.text("engine") === "postgres" &&
    !unchanged &&
    oldest !== undefined &&
    minor !== undefined &&
    Number(minor) < oldest
  ) {
    throw new CloudError(
      `InvalidParameterCombination: Cannot find version ${version} for postgres; the oldest that can be created is ${major}.${oldest}`,
    );
  }
}

/** Refuses to upgrade a database whose replicas are older. */
function replicasFirst(context: Context): void {
  const { type, urn } = context.request;
  const [version, before] = [context.text("engineVersion"), context.oldInputs?.engineVersion];
  if (typeof before !== "string" || before === version) {
    return;
  }
  const minor = (of: Json | undefined) => Number(text(of).split(".")[1]);
  const names = [context.get("identifier"), context.get("arn")];
  const older = [...context.world.things(type)].find(
    ({ urn: other, properties: { replicateSourceDb, engineVersion } }) =>
      other !== urn && names.includes(replicateSourceDb) && minor(engineVersion) < minor(version),
  );
  if (older !== undefined) {
    throw new CloudError(
      `DBUpgradeDependencyFailure: One or more of the DB Instance's read replicas need to be upgraded: ${older.urn ?? older.id}`,
    );
  }
}
