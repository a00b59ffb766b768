import assert from "node:assert/strict";
import type { Resource } from "../../rehearsal/engine/deployment";
import { AZURE_LOCATIONS, type AzureLocation } from "../../stacks/config/azureLocations";
import { STACKS, nameOf, production, recorded, secretText, stateText, type Production } from "./production";
import { rawStack } from "./config/stackFiles";

const STACK = "pulumi:pulumi:Stack";

/** What keeps data, or cannot be made again with what depends on it: never deleted by an `up`, nor by a `destroy`. */
const STATEFUL = [
  "aws:backup/vault:Vault",
  "aws:eks/cluster:Cluster",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:kms/alias:Alias",
  "aws:kms/key:Key",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:rds/instance:Instance",
  "aws:s3/bucket:Bucket",
  "aws:secretsmanager/secret:Secret",
  "azure-native:operationalinsights:Workspace",
  "cloudflare:index/zone:Zone",
];

/** Inputs by which a cloud itself refuses to delete. */
const DELETION_PROTECTION: Record<string, (inputs: any) => boolean> = {
  "aws:rds/instance:Instance": ({ deletionProtection, replicateSourceDb, skipFinalSnapshot }) =>
    deletionProtection === true && (replicateSourceDb !== undefined || skipFinalSnapshot === false),
  "aws:lb/loadBalancer:LoadBalancer": ({ enableDeletionProtection }) => enableDeletionProtection === true,
  "aws:eks/cluster:Cluster": ({ deletionProtection }) => deletionProtection === true,
  "aws:s3/bucket:Bucket": ({ forceDestroy }) => forceDestroy === false,
  "aws:backup/vault:Vault": ({ forceDestroy }) => forceDestroy === false,
  "aws:secretsmanager/secret:Secret": ({ recoveryWindowInDays }) => recoveryWindowInDays >= 7,
  "aws:kms/key:Key": ({ deletionWindowInDays }) => deletionWindowInDays === 30,
  "aws:elasticache/replicationGroup:ReplicationGroup": ({ finalSnapshotIdentifier }) =>
    finalSnapshotIdentifier !== undefined,
};

const { regions, jurisdictions } = rawStack("production-platform") as {
  regions: Record<string, { jurisdiction: string; role: string; share: number }>;
  jurisdictions: Record<string, { countries: string[]; elsewhere?: boolean }>;
};
const REGION = new RegExp(`\\b(${Object.keys(regions).join("|")})`, "g");

/** Region of a resource's provider; `undefined` for the clouds that have none. */
const placeOf = ({ provider }: Resource) => /::(?:aws|kubernetes)-([a-z0-9-]+)::/.exec(provider ?? "")?.[1];
const jurisdictionOf = (region: string) => regions[region]!.jurisdiction;

describe("the graph of production", function () {
  this.timeout(300_000);
  let at: Production;
  let resources: Resource[];
  let byUrn: Map<string, Resource>;
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const inputsOf = (resource: Resource) => (resource.inputs ?? {}) as any;

  before(async () => {
    at = await production();
    resources = STACKS.flatMap((stack) => recorded(at, stack));
    byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    assert.ok(resources.length > 3_000, "the whole graph is there");
  });

  /** Fails with a name for each resource that something is wrong with. */
  function none(wrong: readonly Resource[]) {
    assert.deepEqual(
      wrong.map(({ urn }) => nameOf(urn)),
      [],
    );
  }

  it("gives every resource an explicit provider, of the region that its name says", () => {
    const custom = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    none(custom.filter(({ provider }) => provider === undefined || provider.includes("::default")));
    const astray = custom.filter((resource) => {
      const named = [...nameOf(resource.urn).matchAll(REGION)].map(([region]) => region);
      const place = placeOf(resource);
      // A peering and a copy name both of their ends; they stand in one of them.
      return place !== undefined && named.length > 0 && !named.includes(place);
    });
    none(astray);
    const known = new Set(ofType("pulumi:providers:aws").map(({ urn }) => nameOf(urn)));
    assert.deepEqual(
      [...known].sort(),
      Object.keys(regions)
        .map((region) => `aws-${region}`)
        .sort(),
    );
  });

  it("names no resource twice in a stack, and every provider it uses is there", () => {
    assert.equal(byUrn.size, resources.length);
    for (const { provider, urn } of resources) {
      if (provider !== undefined && provider !== "") {
        assert.ok(byUrn.has(provider.slice(0, provider.lastIndexOf("::"))), `${urn}: ${provider}`);
      }
    }
  });

  it("parents every resource to a component whose name its own begins with", () => {
    const wrong = resources.filter(({ urn, parent, custom, type }) => {
      if (type.startsWith("pulumi:")) {
        return false;
      }
      const above = byUrn.get(parent ?? "");
      return above === undefined || above.type === STACK ? custom : !nameOf(urn).startsWith(`${nameOf(above.urn)}-`);
    });
    none(wrong);
  });

  for (const type of STATEFUL) {
    it(`protects every ${type} from deletion: in Pulumi, when the program drops it, and in the cloud where that can`, () => {
      const all = ofType(type);
      assert.ok(all.length > 0, "there is one");
      none(all.filter(({ protect }) => protect !== true));
      none(all.filter(({ retainOnDelete }) => retainOnDelete !== true));
      none(all.filter((resource) => !(DELETION_PROTECTION[type]?.(inputsOf(resource)) ?? true)));
    });
  }

  it("knows no other type that keeps data", () => {
    // Data stores that somebody may add one day: they belong in the list above then.
    const data =
      /^(aws:(dynamodb|efs|fsx|opensearch|docdb|rds\/cluster|redshift|kinesis|sqs|ecr)\b|azure-native:(storage|keyvault|sql|cosmosdb)\b|kubernetes:core\/v1:PersistentVolume)/;
    assert.deepEqual([...new Set(resources.map(({ type }) => type).filter((type) => data.test(type)))], []);
  });

  it("names no region of another jurisdiction in anything that stands in a region", () => {
    const abroad = resources.flatMap((resource) => {
      const place = placeOf(resource);
      if (place === undefined) {
        return [];
      }
      const named = new Set([...JSON.stringify(inputsOf(resource)).matchAll(REGION)].map(([region]) => region));
      const others = [...named].filter((region) => jurisdictionOf(region) !== jurisdictionOf(place));
      return others.length === 0 ? [] : [`${nameOf(resource.urn)} in ${place} names ${others.join(", ")}`];
    });
    assert.deepEqual(abroad, []);
  });

  it("tags residency with the jurisdiction of the region, and stores of data say whose they are", () => {
    const tagged = resources.filter(
      (resource) => inputsOf(resource).tags?.residency !== undefined && placeOf(resource),
    );
    assert.ok(tagged.length > 100);
    none(tagged.filter((resource) => inputsOf(resource).tags.residency !== jurisdictionOf(placeOf(resource)!)));
    for (const type of [
      "aws:rds/instance:Instance",
      "aws:s3/bucket:Bucket",
      "aws:elasticache/replicationGroup:ReplicationGroup",
      "aws:backup/vault:Vault",
      "aws:secretsmanager/secret:Secret",
    ]) {
      none(
        ofType(type).filter((resource) =>
          ["data-class", "residency", "owner", "legal-basis"].some((tag) => !inputsOf(resource).tags?.[tag]),
        ),
      );
    }
  });

  it("copies databases, backups, buckets and secrets inside their jurisdiction, and each somewhere", () => {
    const regionOfArn = (arn: string) => arn.split(":")[3]!;
    const bucketRegion = new Map(
      ofType("aws:s3/bucket:Bucket").map((bucket) => [(bucket.outputs as any).arn as string, placeOf(bucket)!]),
    );
    const copies: { what: string; from: string; to: string }[] = [];
    const note = (resource: Resource, from: string, to: string) =>
      copies.push({ what: nameOf(resource.urn), from, to });
    for (const replica of ofType("aws:rds/instance:Instance").filter(
      (instance) => inputsOf(instance).replicateSourceDb !== undefined,
    )) {
      const source = String(inputsOf(replica).replicateSourceDb);
      note(replica, source.startsWith("arn:") ? regionOfArn(source) : placeOf(replica)!, placeOf(replica)!);
    }
    for (const plan of ofType("aws:backup/plan:Plan")) {
      for (const { copyActions } of inputsOf(plan).rules) {
        assert.ok(copyActions.length > 0, nameOf(plan.urn));
        for (const { destinationVaultArn } of copyActions) {
          note(plan, placeOf(plan)!, regionOfArn(destinationVaultArn));
        }
      }
    }
    for (const config of ofType("aws:s3/bucketReplicationConfig:BucketReplicationConfig")) {
      for (const { destination } of inputsOf(config).rules) {
        note(config, placeOf(config)!, bucketRegion.get(destination.bucket)!);
      }
    }
    for (const secret of ofType("aws:secretsmanager/secret:Secret")) {
      for (const { region } of inputsOf(secret).replicas ?? []) {
        note(secret, placeOf(secret)!, region);
      }
    }
    for (const peering of ofType("aws:ec2/vpcPeeringConnection:VpcPeeringConnection")) {
      note(peering, placeOf(peering)!, inputsOf(peering).peerRegion);
    }
    assert.deepEqual(
      copies.filter(({ from, to }) => jurisdictionOf(from) !== jurisdictionOf(to)),
      [],
    );
    for (const [kind, least] of Object.entries({
      "database-": 9,
      "backup-": 3,
      "replication-": 6,
      "secrets-": 6,
      "peering-": 3,
    })) {
      const found = copies.filter(({ what }) => what.startsWith(kind));
      assert.ok(found.length >= least, `${found.length} copies of ${kind}*`);
    }
    // Each jurisdiction's database, backups and workload secrets stand in a second region.
    for (const kind of ["database-", "backup-", "secrets-"]) {
      for (const jurisdiction of Object.keys(jurisdictions)) {
        assert.ok(
          copies.some(
            ({ what, from, to }) => what.startsWith(kind) && from !== to && jurisdictionOf(from) === jurisdiction,
          ),
          `${kind} of ${jurisdiction}`,
        );
      }
    }
  });

  it("keeps prompts in the jurisdiction: each Azure account lies in one of its countries, on a regional SKU", () => {
    const accounts = ofType("azure-native:cognitiveservices:Account");
    assert.deepEqual(
      accounts.map((account) => inputsOf(account).tags.residency).sort(),
      Object.keys(jurisdictions).sort(),
    );
    for (const account of accounts) {
      const { location, tags, properties } = inputsOf(account);
      assert.ok(
        jurisdictions[tags.residency]!.countries.includes(AZURE_LOCATIONS[location as AzureLocation]),
        location,
      );
      assert.equal(properties.disableLocalAuth, true);
      assert.equal(properties.networkAcls.defaultAction, "Deny");
    }
    none(
      ofType("azure-native:cognitiveservices:Deployment").filter(
        (deployment) => inputsOf(deployment).sku.name !== "Standard",
      ),
    );
  });

  it("sends users to pools of their own jurisdiction only, also when all that serve have failed", () => {
    const regionOfPool = new Map(
      ofType("cloudflare:index/loadBalancerPool:LoadBalancerPool").map((pool) => [
        pool.id!,
        String(inputsOf(pool).name).replace("pathfinity-", ""),
      ]),
    );
    assert.deepEqual([...regionOfPool.values()].sort(), Object.keys(regions).sort());
    const [balancer, ...more] = ofType("cloudflare:index/loadBalancer:LoadBalancer");
    assert.deepEqual(more, []);
    const { defaultPools, fallbackPool, rules, randomSteering } = inputsOf(balancer!);
    const elsewhere = Object.keys(jurisdictions).find((name) => jurisdictions[name]!.elsewhere)!;
    const places = [[elsewhere, { defaultPools, fallbackPool, randomSteering }]] as [string, any][];
    for (const { condition, overrides } of rules) {
      places.push([/eq "([A-Z]+)"/.exec(condition)![1]!, overrides]);
    }
    assert.deepEqual(
      places
        .slice(1)
        .map(([name]) => name)
        .sort(),
      Object.keys(jurisdictions).sort(),
    );
    for (const [name, { defaultPools: pools, fallbackPool: fallback, randomSteering: steering }] of places) {
      for (const pool of [...pools, fallback, ...Object.keys(steering.poolWeights)]) {
        assert.equal(jurisdictionOf(regionOfPool.get(pool)!), name, `users of ${name}: ${regionOfPool.get(pool)}`);
      }
      for (const pool of pools) {
        assert.equal(steering.poolWeights[pool], regions[regionOfPool.get(pool)!]!.share / 100);
      }
      assert.equal(steering.defaultWeight, 0);
    }
    const [headers] = ofType("cloudflare:index/ruleset:Ruleset").filter(
      (ruleset) => inputsOf(ruleset).phase === "http_request_late_transform",
    );
    const stamps = (inputsOf(headers!).rules as any[]).filter(
      ({ actionParameters }) => actionParameters.headers["x-cutover-jurisdiction"],
    );
    assert.equal(stamps.length, Object.keys(jurisdictions).length);
    for (const { expression, actionParameters } of stamps) {
      const name = actionParameters.headers["x-cutover-jurisdiction"].value as string;
      const listed = [...(expression as string).matchAll(/"([A-Z]{2})"/g)].map(([, country]) => country!).sort();
      const others = Object.keys(jurisdictions)
        .filter((other) => other !== name)
        .flatMap((other) => jurisdictions[other]!.countries);
      assert.equal(name === elsewhere, (expression as string).includes("not ip.src.country in"));
      assert.deepEqual(listed, [...(name === elsewhere ? others : jurisdictions[name]!.countries)].sort(), name);
    }
  });

  it("weighs the two colors of every weighted rule, to 100 or to 1000 in all", () => {
    const weighted = ofType("aws:lb/listenerRule:ListenerRule").flatMap((rule) =>
      (inputsOf(rule).actions as any[])
        .filter(({ forward }) => forward !== undefined)
        .map(({ forward }) => ({ rule, groups: forward.targetGroups as any[] })),
    );
    assert.equal(weighted.length, Object.keys(regions).length * 3);
    for (const { rule, groups } of weighted) {
      const sum = groups.reduce((total, { weight }) => total + weight, 0);
      assert.ok(sum === 100 || sum === 1_000, `${nameOf(rule.urn)}: ${sum}`);
      assert.deepEqual(groups.map(({ arn }) => /-(blue|green)-/.exec(arn)?.[1]).sort(), ["blue", "green"]);
    }
  });

  it("writes no secret in clear: not in a state file, not in outputs, not in an export", async () => {
    const secrets = ofType("cutover:aws:GeneratedSecret").map(({ outputs }) => secretText(outputs?.["value"]));
    const passwords = ofType("aws:rds/instance:Instance").flatMap((instance) =>
      "password" in inputsOf(instance) ? [secretText(inputsOf(instance).password)] : [],
    );
    const texts = [...new Set([...secrets, ...passwords])];
    assert.equal(secrets.length, 5);
    assert.equal(passwords.length, 3);
    assert.ok(texts.every((text) => text !== undefined && text.length >= 20));
    for (const stack of STACKS) {
      const exported = JSON.stringify(await at.rehearsal.export(stack, "correct horse"));
      const outputs = JSON.stringify(await at.rehearsal.outputs(stack));
      for (const [where, content] of Object.entries({ state: stateText(at, stack), exported, outputs })) {
        assert.ok(!texts.some((text) => content.includes(text!)), `${where} of ${stack}`);
      }
      // A secret is an object with its ciphertext; one with its value is in clear, whatever it says.
      assert.ok(!/1b47061264138c4ac30d75fd1eb44270",\s*"(plaintext|value)"/.test(stateText(at, stack)), stack);
    }
  });
});
