import { orUndefined } from "../cost/context";
import type { Graph } from "../policies/graph";
import { regionOf, regionOfArn } from "../policies/regions";
import type { Link } from "./topology";

const BUCKET = "aws:s3/bucket:Bucket";

/** What is copied from one region to another: databases, and buckets of records. */
export function replications(graph: Graph): Omit<Link, "both">[] {
  const databases = graph.ofType("aws:rds/instance:Instance").map((replica) => ({
    kind: "database" as const,
    from: regionOfArn(orUndefined(() => replica.text("replicateSourceDb"))),
    to: orUndefined(() => regionOf(replica)),
  }));
  const buckets = graph.ofType("aws:s3/bucketReplicationConfig:BucketReplicationConfig").flatMap((config) =>
    graph.targets(config, "rules[*].destination.bucket", BUCKET).map((target) => ({
      kind: "records" as const,
      from: orUndefined(() => regionOf(config)),
      to: orUndefined(() => regionOf(target)),
    })),
  );
  return [...databases, ...buckets].flatMap(({ kind, from, to }) =>
    from === undefined || to === undefined || from === to ? [] : [{ kind, from, to }],
  );
}
