import type { Resource } from "../../policies/graph";
import type { CostContext } from "../context";
import type { Meters, Part, Use } from "../meter";
import { MONTH_DAYS } from "../priceTable";

const DATABASE = "aws:rds/instance:Instance";

/** Databases, caches, storage and backups. */
export const data: Meters = {
  [DATABASE]: database,
  "aws:elasticache/replicationGroup:ReplicationGroup": cache,
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": replication,
  "aws:backup/plan:Plan": backups,
};

function database(instance: Resource, context: CostContext): Use[] {
  // A standby in another zone is a second instance with a second volume.
  const copies = instance.flag("multiAz") === true ? 2 : 1;
  const engine = instance.text("engine") ?? source(instance, context)?.text("engine") ?? "unknown";
  const price = `rds.${engine}.${instance.text("instanceClass") ?? "unknown"}`;
  const storage = storageOf(instance, context);
  const days = instance.number("backupRetentionPeriod") ?? 0;
  const { databaseUsedPercent, databaseChangePercent } = context.inputs.storage;
  const kept = ((storage * databaseUsedPercent) / 100) * (1 + (databaseChangePercent / 100) * days);
  return [
    ...reservable("database", price, copies, context.inputs.reservedPercent.database),
    { part: "database", price: `rds.${instance.text("storageType") ?? "gp3"}`, quantity: storage * copies },
    // Backups as large as the storage are free.
    { part: "database", price: "rds.backup", quantity: days === 0 ? 0 : Math.max(0, kept - storage) },
  ];
}

/** GiB of an instance; a replica has as much as what it replicates. */
function storageOf(instance: Resource, context: CostContext): number {
  return instance.number("allocatedStorage") ?? source(instance, context)?.number("allocatedStorage") ?? 0;
}

function source(instance: Resource, context: CostContext): Resource | undefined {
  const replicated = instance.text("replicateSourceDb");
  const name = replicated?.split(":").at(-1);
  return name === undefined
    ? undefined
    : context.graph.ofType(DATABASE).find((other) => other.text("identifier") === name);
}

function cache(group: Resource, context: CostContext): Use[] {
  const shards = group.number("numNodeGroups");
  const nodes =
    shards === undefined
      ? (group.number("numCacheClusters") ?? 1)
      : shards * (1 + (group.number("replicasPerNodeGroup") ?? 0));
  const price = `elasticache.${group.text("engine") ?? "redis"}.${group.text("nodeType") ?? "unknown"}`;
  return reservable("cache", price, nodes, context.inputs.reservedPercent.cache);
}

function reservable(part: Part, price: string, count: number, percent: number): Use[] {
  const reserved = (count * percent) / 100;
  return [
    { part, price, quantity: count - reserved },
    { part, price: `${price}.reserved`, quantity: reserved },
  ];
}

const isRecords = (bucket: Resource) => bucket.text('tags["data-class"]') === "education-record";

/** Education records; what lies in other buckets is not an input. */
function bucket(resource: Resource, context: CostContext): Use[] {
  if (!isRecords(resource)) {
    return [];
  }
  const region = context.region(resource);
  const { recordMiB, recordWrites, recordReads } = context.inputs.storage;
  const students = context.students(region) * context.portion(resource, isRecords);
  return [
    { part: "storage", price: "s3.standard", quantity: (students * recordMiB) / 1024 },
    { part: "storage", price: "s3.put", quantity: (students * recordWrites * MONTH_DAYS) / 1_000 },
    { part: "storage", price: "s3.get", quantity: (students * recordReads * MONTH_DAYS) / 1_000 },
  ];
}

/** Each destination has everything a second time. What is sent there is in `transfer.regionMiB`. */
function replication(config: Resource, context: CostContext): Use[] {
  const students = context.students(context.region(config)) * context.portion(config);
  const { recordMiB, recordWrites } = context.inputs.storage;
  return config.list("rules").flatMap((): Use[] => [
    { part: "storage", price: "s3.standard", quantity: (students * recordMiB) / 1024 },
    { part: "storage", price: "s3.put", quantity: (students * recordWrites * MONTH_DAYS) / 1_000 },
  ]);
}

/** Snapshots hold the data once and what changed since, in their vault and in each that they are copied to. */
function backups(plan: Resource, context: CostContext): Use[] {
  const region = context.region(plan);
  const primaries = context.graph
    .ofType(DATABASE)
    .filter((instance) => context.region(instance) === region && !instance.has("replicateSourceDb"));
  const { databaseUsedPercent, databaseChangePercent } = context.inputs.storage;
  const used = primaries.reduce((sum, instance) => sum + storageOf(instance, context) * databaseUsedPercent, 0) / 100;
  const kept = (days: number) => used * (1 + (databaseChangePercent / 100) * days);
  return plan.list("rules").flatMap((rule) =>
    [rule, ...rule.list("copyActions")].map((target): Use => ({
      part: "storage",
      price: "rds.backup",
      quantity: kept(target.number("lifecycle.deleteAfter") ?? 0),
    })),
  );
}
