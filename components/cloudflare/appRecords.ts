import { DnsRecord } from "@pulumi/cloudflare/dnsRecord";
import * as pulumi from "@pulumi/pulumi";
import { hostSlug } from "../internal/names";

const TOKEN = "cutover:cloudflare:AppRecords";

export interface AppRecordsArgs {
  zoneId: pulumi.Input<string>;
  /** Host names of the application. */
  hosts: readonly string[];
  /** DNS name of the load balancer of the one region that there is. */
  originHost: pulumi.Input<string>;
}

/**
 * The names of an application of one region: Cloudflare answers for each, and passes requests on to the region's load
 * balancer. The zone's own name may be one of them: Cloudflare flattens its CNAME.
 */
export class AppRecords extends pulumi.ComponentResource {
  constructor(name: string, args: AppRecordsArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    for (const host of args.hosts) {
      new DnsRecord(
        `${name}-${hostSlug(host)}`,
        {
          zoneId: args.zoneId,
          name: host,
          type: "CNAME",
          content: args.originHost,
          // Automatic, as proxied records have it.
          ttl: 1,
          proxied: true,
          comment: "The application: through Cloudflare to the region's load balancer.",
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
