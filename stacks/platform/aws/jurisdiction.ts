import type * as pulumi from "@pulumi/pulumi";
import { addressPlan } from "../../../components/aws/addressPlan";
import { Backup } from "../../../components/aws/backup";
import { BackupVault } from "../../../components/aws/backupVault";
import { Database } from "../../../components/aws/database";
import { DatabaseReplica } from "../../../components/aws/databaseReplica";
import type { DatabaseInstance } from "../../../components/aws/databaseInstance";
import { Key } from "../../../components/aws/key";
import { PeeringAccepter, PeeringRequester } from "../../../components/aws/peering";
import { RecordsReplication } from "../../../components/aws/recordsReplication";
import { Secrets } from "../../../components/aws/secrets";
import type { SecretReplica } from "../../../components/aws/secret";
import { primaryIdentifier, promotedReplica, replicaIdentifier } from "../../config/database";
import { recordsCopies } from "../../config/storage";
import type { AwsPlatform } from "../../contract/platform/aws";
import type { azureProvider } from "../../providers";
import { peersOf, type PlatformContext, type RegionBase } from "./region";

/** What a jurisdiction has over its regions. */
export interface JurisdictionBase {
  outputs: AwsPlatform["jurisdictions"][string];
  /** Azure OpenAI; none where config names none. */
  ai?: AwsPlatform["regions"][string]["ai"];
  /** ARN of each secret, by region and name. */
  secretArns: Secrets["arns"];
  /** Alarms by the region that they are in. */
  alarmArns: Record<string, pulumi.Output<string>[]>;
  /** Identifiers of the databases that stand in each region. */
  databaseIdentifiers: Record<string, pulumi.Output<string>[]>;
}

/** Everything that a jurisdiction's regions share: the database and its copies, secrets, private paths, AI. */
export function deployJurisdiction(
  context: PlatformContext,
  name: string,
  bases: Readonly<Record<string, RegionBase>>,
  azure: ReturnType<typeof azureProvider> | undefined,
): JurisdictionBase {
  const { config } = context;
  const regions = regionsOf(config.regions, name);
  const primaryRegion = regions.find((region) => config.regions[region]!.database === "primary")!;
  const inside = Object.fromEntries(regions.map((region) => [region, bases[region]!]));
  const primary = bases[primaryRegion]!;
  const elsewhere: SecretReplica[] = regions
    .filter((region) => region !== primaryRegion)
    .map((region) => ({ region, keyArn: bases[region]!.dataKey.arn }));

  connectNetworks(config.regions, inside);
  const databases = deployDatabases(context, name, primary, inside, elsewhere);
  const replicationAlarms = replicateRecords(context, inside);
  const secrets = new Secrets(
    `secrets-${primaryRegion}`,
    {
      config: config.secrets,
      account: config.deployment.account,
      region: primaryRegion,
      keyArn: primary.dataKey.arn,
      replicas: elsewhere,
      logKeyArn: primary.logKey.arn,
      logRetentionDays: config.account.logs.groupDays,
      tags: primary.tags,
    },
    { providers: [primary.provider] },
  );
  return {
    outputs: { facts: { regions, primaryRegion: databases.region }, database: databases.outputs },
    ...(config.ai === undefined || azure === undefined
      ? {}
      : { ai: loadAi().deployAi(context, name, config.ai, inside, azure) }),
    secretArns: secrets.arns,
    alarmArns: Object.fromEntries(
      regions.map((region) => [region, [...(databases.alarmArns[region] ?? []), ...(replicationAlarms[region] ?? [])]]),
    ),
    databaseIdentifiers: databases.identifiers,
  };
}

/** A jurisdiction's regions: those that serve by share, the recovery region last. */
function regionsOf(regions: PlatformContext["config"]["regions"], jurisdiction: string): string[] {
  return Object.entries(regions)
    .filter(([, region]) => region.jurisdiction === jurisdiction)
    .sort(([, one], [, other]) => other.share - one.share)
    .map(([region]) => region);
}

/** Workloads of every region reach their jurisdiction's database over private addresses. */
function connectNetworks(
  regions: PlatformContext["config"]["regions"],
  inside: Readonly<Record<string, RegionBase>>,
): void {
  const pairs = Object.keys(inside).flatMap((one, index, all) =>
    all.slice(index + 1).map((other) => [one, other] as const),
  );
  for (const [one, other] of pairs) {
    const [from, to] = [inside[one]!, inside[other]!];
    const requester = new PeeringRequester(
      `peering-${one}-${other}`,
      {
        vpcId: from.network.vpcId,
        peerVpcId: to.network.vpcId,
        peerRegion: other,
        peerCidr: regions[other]!.cidr,
        routeTableIds: from.network.peeredRouteTableIds,
      },
      { providers: [from.provider] },
    );
    new PeeringAccepter(
      `peering-${other}-${one}`,
      {
        connectionId: requester.connectionId,
        peerCidr: regions[one]!.cidr,
        routeTableIds: to.network.peeredRouteTableIds,
      },
      { providers: [to.provider] },
    );
  }
}

function deployDatabases(
  context: PlatformContext,
  jurisdiction: string,
  primary: RegionBase,
  inside: Readonly<Record<string, RegionBase>>,
  elsewhere: readonly SecretReplica[],
) {
  const { config } = context;
  const { deployment, database } = config;
  const identifier = primaryIdentifier(deployment.name, jurisdiction);
  const site = (base: RegionBase) => ({
    config: database,
    vpcId: base.network.vpcId,
    subnetIds: base.network.databaseSubnetIds,
    clientSecurityGroupId: base.cluster.securityGroupId,
    // Pods and nodes of the other regions, and nothing else of their networks.
    peerCidrs: Object.keys(peersOf(config, base.region)).map((peer) => {
      const { cidr, zones } = config.regions[peer]!;
      return addressPlan(cidr, zones).tiers.private;
    }),
    keyArn: base.dataKey.arn,
    logKeyArn: base.logKey.arn,
    logRetentionDays: config.account.logs.groupDays,
    alarmTopicArn: base.topic.arn,
    tags: base.tags,
  });
  const replicas = Object.entries(database.replicas[jurisdiction] ?? {});
  const local = new Database(
    `database-${primary.region}`,
    {
      ...site(primary),
      identifier,
      account: deployment.account,
      region: primary.region,
      replicas: Object.fromEntries(replicas.filter(([, replica]) => replica.region === primary.region)),
      secretKeyArn: primary.dataKey.arn,
      secretReplicas: elsewhere,
    },
    { providers: [primary.provider] },
  );
  const remote = replicas
    .filter(([, replica]) => replica.region !== primary.region)
    .map(([name, replica]) => {
      const base = inside[replica.region]!;
      const component = new DatabaseReplica(
        `database-${replica.region}-${name}`,
        {
          ...site(base),
          identifier: replicaIdentifier(deployment.name, jurisdiction, name),
          sourceArn: local.primary.arn,
          replica,
        },
        { providers: [base.provider] },
      );
      return { name, region: replica.region, component };
    });
  const instances: Record<string, DatabaseInstance> = {
    ...local.replicas,
    ...Object.fromEntries(remote.map(({ name, component }) => [name, component.instance])),
  };
  const promoted = promotedReplica(database, jurisdiction);
  const current = promoted === undefined ? local.primary : instances[promoted]!;
  // Backups follow the database: a promoted replica is backed up where it stands.
  const place = promoted === undefined ? primary : inside[database.replicas[jurisdiction]![promoted]!.region]!;
  const copyVaultArn =
    Object.values(inside).findLast(({ region }) => region !== place.region)?.vault.arn ??
    deployCopies(context, jurisdiction, place.tags);
  new Backup(
    `backup-${place.region}`,
    {
      config: database,
      databaseArn: current.arn,
      vaultName: place.vault.vaultName,
      copyVaultArn,
      tags: place.tags,
    },
    { providers: [place.provider] },
  );

  const alarmArns: Record<string, pulumi.Output<string>[]> = { [primary.region]: local.alarmArns };
  const identifiers: Record<string, pulumi.Output<string>[]> = {
    [primary.region]: [local.primary, ...Object.values(local.replicas)].map((instance) => instance.identifier),
  };
  for (const { region, component } of remote) {
    alarmArns[region] = [...(alarmArns[region] ?? []), ...component.alarmArns];
    identifiers[region] = [...(identifiers[region] ?? []), component.instance.identifier];
  }
  return {
    alarmArns,
    identifiers,
    /** Where the jurisdiction's database stands now. */
    region: place.region,
    outputs: {
      identifier: current.identifier,
      arn: current.arn,
      resourceId: current.resourceId,
      endpoint: current.address,
      port: database.port,
      name: database.name,
      user: database.appUser,
      // A copy has the ARN of its secret, with its own region in it.
      adminSecretArn: local.adminSecretArn.apply((arn) => arn?.replace(primary.region, place.region)),
      replicas: Object.fromEntries(Object.entries(instances).map(([name, instance]) => [name, instance.address])),
    },
  };
}

/** A vault in the region that a jurisdiction of one region names for copies of its backups; none where it names none. */
function deployCopies(
  { config, providers }: PlatformContext,
  jurisdiction: string,
  tags: Record<string, string>,
): pulumi.Output<string> | undefined {
  const { deployment, database } = config;
  const region = config.jurisdictions[jurisdiction]!.copies;
  if (region === undefined) {
    return undefined;
  }
  const opts = { providers: [providers.aws(region, deployment)] };
  const key = new Key(
    `data-key-${region}`,
    { description: `Copies of backups of ${deployment.name} in ${region}.`, account: deployment.account, tags },
    opts,
  );
  return new BackupVault(`vault-${region}`, { config: database, keyArn: key.arn, tags }, opts).arn;
}

/** Education records are copied to another region of the jurisdiction; returns the alarms by region. */
function replicateRecords({ config }: PlatformContext, inside: Readonly<Record<string, RegionBase>>) {
  const copies = recordsCopies(config.regions);
  const alarms: Record<string, pulumi.Output<string>[]> = {};
  const bucketOf = ({ region, records, dataKey }: RegionBase) =>
    records === undefined ? [] : [{ region, bucket: records.bucket, bucketArn: records.arn, keyArn: dataKey.arn }];
  for (const [region, base] of Object.entries(inside)) {
    const [source] = bucketOf(base);
    const destinations = copies.filter(({ from }) => from === region).flatMap(({ to }) => bucketOf(inside[to]!));
    if (source !== undefined && destinations.length > 0) {
      alarms[region] = new RecordsReplication(
        `replication-${region}`,
        { source, destinations, alarmTopicArn: base.topic.arn, tags: base.tags },
        { providers: [base.provider] },
      ).alarmArns;
    }
  }
  return alarms;
}

/** Loaded where a deployment has it: the SDK of Azure is the slowest to load. */
function loadAi(): typeof import("./ai") {
  return require("./ai") as typeof import("./ai");
}
