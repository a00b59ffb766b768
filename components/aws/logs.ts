import * as pulumi from "@pulumi/pulumi";
import type { AccountConfig } from "../../stacks/config/account";
import { LogBucket } from "./logBucket";
import { buckets, distributions, loadBalancers, trails } from "./logWriters";

const TOKEN = "cutover:aws:Logs";

export interface LogsArgs {
  config: AccountConfig["logs"];
  /** The AWS account. */
  account: string;
  /** The region that the logs stay in. */
  region: string;
  /** ARNs of the trails that deliver here: see `trailArn`. At least one. */
  trailArns: readonly string[];
  /**
   * Whether the access logs of CloudFront come here too: in one region, that of the assets.
   *
   * @default false
   */
  ofDistributions?: boolean;
  /** Key that encrypts audit logs; CloudTrail may use it (see `trailGrants`). */
  keyArn: pulumi.Input<string>;
  tags: Record<string, string>;
}

/**
 * Where one region's logs are kept, in the region itself, so that no jurisdiction's events leave it. Three buckets,
 * because services differ in what they can write to:
 *
 * - access: logs of load balancers and of S3, which write with no key but S3's own;
 * - trail: CloudTrail's files, by the key, and locked, so that nobody can delete a trace;
 * - history: AWS Config's, by the key; AWS Config cannot deliver into a bucket whose objects are locked.
 *
 * @stateful
 */
export class Logs extends pulumi.ComponentResource {
  public readonly access: LogBucket;
  public readonly trail: LogBucket;
  public readonly history: LogBucket;

  constructor(name: string, args: LogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { config, account, region, keyArn, tags } = args;
    const common = { account, region, tags };

    this.access = new LogBucket(
      `${name}-access`,
      {
        ...common,
        writers: [loadBalancers, buckets, ...(args.ofDistributions === true ? [distributions] : [])],
        retentionDays: config.accessDays,
        dataClass: "access-log",
      },
      { parent: this },
    );
    const audit = {
      ...common,
      keyArn,
      accessLogBucket: this.access.bucket,
      retentionDays: config.auditDays,
      dataClass: "audit-log" as const,
    };
    this.trail = new LogBucket(
      `${name}-trail`,
      { ...audit, writers: [trails(args.trailArns)], lock: { days: config.lockDays, mode: config.lockMode } },
      { parent: this },
    );
    // AWS Config writes with its role's rights, so the bucket's policy has nothing to say for it.
    this.history = new LogBucket(`${name}-history`, { ...audit, writers: [] }, { parent: this });

    this.registerOutputs({
      access: this.access.bucket,
      trail: this.trail.bucket,
      history: this.history.bucket,
    });
  }
}
