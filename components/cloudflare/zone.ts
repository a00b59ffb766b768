import { Zone as CloudflareZone } from "@pulumi/cloudflare/zone";
import { ZoneDnssec } from "@pulumi/cloudflare/zoneDnssec";
import { ZoneSetting } from "@pulumi/cloudflare/zoneSetting";
import * as pulumi from "@pulumi/pulumi";
import type { TlsConfig } from "../../stacks/config/edge";

const TOKEN = "cutover:cloudflare:Zone";

export interface ZoneArgs {
  /** The DNS zone. */
  zone: string;
  /** The Cloudflare account that holds it. */
  accountId: string;
  config: TlsConfig;
}

/**
 * The DNS zone at the edge, and how it speaks TLS: certificates of the origins are verified, old versions are refused,
 * every request is moved to HTTPS, and browsers remember that. Its records are signed (DNSSEC).
 *
 * The registrar is told its `nameServers` and `dsRecord` while the first deployment runs: until then the zone answers nobody, and
 * certificates wait for it.
 *
 * @stateful
 */
export class Zone extends pulumi.ComponentResource {
  public readonly zoneId: pulumi.Output<string>;
  /** Name servers that the registrar has to delegate the zone to. */
  public readonly nameServers: pulumi.Output<string[]>;
  /** The DS record that the registrar has to publish. */
  public readonly dsRecord: pulumi.Output<string>;

  constructor(name: string, args: ZoneArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const zone = new CloudflareZone(
      `${name}-zone`,
      { account: { id: args.accountId }, name: args.zone, type: "full" },
      { parent: this, protect: true, retainOnDelete: true },
    );
    for (const [settingId, value] of Object.entries(settings(args.config))) {
      new ZoneSetting(
        `${name}-${settingId.replaceAll("_", "-")}`,
        { zoneId: zone.id, settingId, value },
        { parent: this },
      );
    }
    const dnssec = new ZoneDnssec(`${name}-dnssec`, { zoneId: zone.id, status: "active" }, { parent: this });

    this.zoneId = zone.id;
    this.nameServers = zone.nameServers;
    this.dsRecord = dnssec.ds;
    this.registerOutputs({ zoneId: this.zoneId, nameServers: this.nameServers, dsRecord: this.dsRecord });
  }
}

/** The settings by their ids, with values as the API writes them. */
function settings({ minVersion, hsts }: TlsConfig): Record<string, unknown> {
  return {
    // Full (strict): Cloudflare verifies the load balancer's certificate; anything less accepts an impostor.
    ssl: "strict",
    min_tls_version: minVersion,
    tls_1_3: "on",
    // Requests sent before the handshake ends could be replayed.
    "0rtt": "off",
    always_use_https: "on",
    security_header: {
      strict_transport_security: {
        enabled: true,
        max_age: hsts.maxAgeSeconds,
        include_subdomains: hsts.includeSubdomains,
        preload: hsts.preload,
        nosniff: true,
      },
    },
  };
}
