import { Record as Route53Record } from "@pulumi/aws/route53/record";
import type * as pulumi from "@pulumi/pulumi";

/** A DNS zone: of Cloudflare, or of Route 53. */
export type DnsZone = { zoneId: pulumi.Input<string> } | { hostedZoneId: pulumi.Input<string> };

export interface CanonicalName {
  name: pulumi.Input<string>;
  /** The name that it stands for. */
  content: pulumi.Input<string>;
  ttl: number;
  /** What it is for. Route 53 keeps no such text. */
  comment: string;
}

/** A CNAME record, which no proxy answers for. Returns its name. */
export function canonicalName(
  name: string,
  zone: DnsZone,
  { content, ...record }: CanonicalName,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  if ("hostedZoneId" in zone) {
    const { name: host, ttl } = record;
    return new Route53Record(
      name,
      { zoneId: zone.hostedZoneId, name: host, type: "CNAME", ttl, records: [content] },
      opts,
    ).fqdn;
  }
  // Loaded where a zone is of Cloudflare: deployments on Route 53 need nothing of its SDK.
  const { DnsRecord } = require("@pulumi/cloudflare/dnsRecord") as typeof import("@pulumi/cloudflare/dnsRecord");
  const { name: host, ttl, comment } = record;
  return new DnsRecord(
    name,
    { zoneId: zone.zoneId, name: host, type: "CNAME", content, ttl, proxied: false, comment },
    opts,
  ).name;
}
