import * as pulumi from "@pulumi/pulumi";
import { versionSlug } from "../internal/names";
import type { ChangePlace } from "../kubernetes/databaseChange";
import { connection, identityCredentials, type AzurePlaceArgs } from "./workloadPlace";

/**
 * What the jobs of a database change find on Azure: the server itself, past its pool, as its administrator; a container of blobs
 * for the dump; a scratch database beside the real one. All phases are one identity, because who may change the schema may read it.
 *
 * @param identity - Name of the identity of what a release does once.
 * @param version - Of the release that brings the change.
 */
export function azureChangePlace(args: AzurePlaceArgs, identity: string, version: string): ChangePlace {
  const { region, facts, platform, jurisdiction } = args;
  const { database } = jurisdiction;
  const { storage, network, identities } = platform;
  const slug = versionSlug(version);
  return {
    database: { at: [{ ipBlock: { cidr: network.databaseCidr } }], port: database.port },
    env: {
      REGION: region,
      RELEASE: version,
      ...connection(database, database.port, identities[identity]!.databaseRole),
      BACKUP_DUMP: pulumi.interpolate`${storage.blobEndpoint}${storage.backups}/before-${slug}.dump`,
      SCRATCH_DATABASE: `check_${slug.replaceAll("-", "_")}`,
    },
    credentials: () => identityCredentials(facts, platform, identity),
  };
}
