import * as pulumi from "@pulumi/pulumi";
import type { AwsPlatform, AwsPlatformRegion } from "../../stacks/contract/platform/aws";
import { versionSlug } from "../internal/names";
import type { ChangePlace } from "../kubernetes/databaseChange";
import { POSTGRES_PORT } from "../kubernetes/networkPolicies";
import { databaseChangePolicy, type ChangedDatabase } from "./databaseChangePolicy";
import { irsaCredentials } from "./irsaCredentials";
import { peersOf } from "./place";

export interface AwsChangePlaceArgs {
  /** Name of the deployment. */
  deployment: string;
  account: string;
  /** Region of the jurisdiction's primary database, in whose cluster the jobs run. */
  region: string;
  /** Version of the release that brings the change. */
  version: string;
  database: AwsPlatform["jurisdictions"][string]["database"];
  /** What the platform has in the region. */
  platform: AwsPlatformRegion;
  /** Ranges of the database subnets of the jurisdiction's regions. */
  databaseCidrs: readonly pulumi.Input<pulumi.Input<string>[]>[];
}

/** What the jobs of a database change find on AWS: a role for each phase, snapshots of RDS, the secret of the master user. */
export function awsChangePlace(args: AwsChangePlaceArgs): ChangePlace {
  const { deployment, account, region, version, database, platform } = args;
  const slug = versionSlug(version);
  const changed: ChangedDatabase = {
    account,
    region,
    arn: database.arn,
    adminSecretArn: database.adminSecretArn,
    keyArn: platform.storage.keyArn,
    snapshot: `${deployment}-before-${slug}`,
    scratch: `${deployment}-check-${slug}`,
  };
  return {
    database: { at: peersOf(args.databaseCidrs), port: POSTGRES_PORT },
    env: {
      AWS_REGION: region,
      RELEASE: version,
      DATABASE_IDENTIFIER: database.identifier,
      DATABASE_HOST: database.endpoint,
      DATABASE_PORT: pulumi.output(database.port).apply(String),
      DATABASE_NAME: database.name,
      DATABASE_SSLMODE: "verify-full",
      DATABASE_ADMIN_SECRET: database.adminSecretArn,
      SNAPSHOT_IDENTIFIER: changed.snapshot,
      SCRATCH_IDENTIFIER: changed.scratch,
    },
    credentials: (phase, namespace) =>
      irsaCredentials({
        oidcProviderArn: platform.cluster.oidcProviderArn,
        oidcIssuer: platform.cluster.oidcIssuer,
        namespace,
        serviceAccount: phase,
        policy: databaseChangePolicy(phase, changed),
      }),
  };
}
