import * as cdn from "@pulumi/azure-native/cdn";
import * as dns from "@pulumi/azure-native/dns";
import * as pulumi from "@pulumi/pulumi";
import type { FrontDoorConfig } from "../../stacks/config/azure/edge";
import type { AzureObservabilityConfig } from "../../stacks/config/azure/observability";
import { after } from "../internal/after";
import { diagnostics } from "./diagnostics";
import { Firewall } from "./firewall";
import { frontDoorAlerts } from "./frontDoorAlerts";
import type { Watch } from "./place";
import { RequestRules } from "./requestRules";

const TOKEN = "cutover:azure:FrontDoor";

/** How long resolvers keep the records, seconds. */
const TTL_SECONDS = 300;

/** How Front Door reaches the gateway of a region. */
export interface FrontDoorOrigin {
  /** Azure region of the private link service. */
  location: string;
  /** Private link service in front of the gateway. */
  privateLinkId: pulumi.Input<string>;
  /** Name in the gateway's certificate. */
  host: string;
}

export interface FrontDoorArgs extends Watch {
  resourceGroupName: pulumi.Input<string>;
  tags: Record<string, string>;
  config: FrontDoorConfig;
  thresholds: AzureObservabilityConfig["thresholds"];
  zone: { name: string; zoneId: pulumi.Input<string>; zoneName: pulumi.Input<string> };
  /** Host name of the application, inside the zone. */
  appHost: string;
  /** What proves that a request comes from a tester. Secret. */
  testerToken: pulumi.Input<string>;
  /** Regions by name. */
  origins: Readonly<Record<string, FrontDoorOrigin>>;
}

/**
 * Front Door Premium: where requests enter. Its firewall, the application's host name with a certificate that Azure
 * manages, and a route to the gateways of the regions, through private links: nothing of them has a public address.
 *
 * It asks each gateway for the application's health and chooses among the regions; it splits nothing between colors, and lets
 * only testers name one. Requests keep the application's host name. Affinity is off: sessions are in the cache.
 *
 * Cost: 330 dollars a month, and traffic. Failure: the origin has to approve the private link once (see Gateway).
 */
export class FrontDoor extends pulumi.ComponentResource {
  public readonly profileId: pulumi.Output<string>;
  /** Front Door's own host name. */
  public readonly endpointHost: pulumi.Output<string>;
  /** What requests carry in `X-Azure-FDID`. */
  public readonly frontDoorId: pulumi.Output<string>;

  constructor(name: string, args: FrontDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, tags, config, zone, appHost } = args;

    const profile = new cdn.Profile(
      `${name}-profile`,
      {
        resourceGroupName,
        location: "Global",
        sku: { name: "Premium_AzureFrontDoor" },
        originResponseTimeoutSeconds: config.responseSeconds,
        tags,
      },
      { parent: this },
    );
    const inProfile = { resourceGroupName, profileName: profile.name };
    const endpoint = new cdn.AFDEndpoint(
      `${name}-endpoint`,
      { ...inProfile, location: "Global", endpointName: config.endpointName, enabledState: "Enabled", tags },
      { parent: this },
    );
    const { group, origins } = this.origins(name, args, inProfile);
    const domain = this.domain(name, args, inProfile);
    const firewall = new Firewall(
      `${name}-firewall`,
      { resourceGroupName, tags, config: config.firewall },
      { parent: this },
    );
    const shield = new cdn.SecurityPolicy(
      `${name}-shield`,
      {
        ...inProfile,
        parameters: {
          type: "WebApplicationFirewall",
          wafPolicy: { id: firewall.policyId },
          associations: [{ domains: [{ id: domain.id }, { id: endpoint.id }], patternsToMatch: ["/*"] }],
        },
      },
      { parent: this },
    );
    const rules = new RequestRules(`${name}-rules`, { ...inProfile, testerToken: args.testerToken }, { parent: this });
    new cdn.Route(
      `${name}-route`,
      {
        ...inProfile,
        endpointName: endpoint.name,
        customDomains: [{ id: domain.id }],
        originGroup: { id: group.id },
        ruleSets: [{ id: rules.ruleSetId }],
        patternsToMatch: ["/*"],
        supportedProtocols: ["Http", "Https"],
        httpsRedirect: "Enabled",
        forwardingProtocol: "HttpsOnly",
        // The host name of Front Door itself leads nowhere.
        linkToDefaultDomain: "Disabled",
        enabledState: "Enabled",
      },
      // An empty group cannot be routed to; and no request passes before the firewall is there.
      { parent: this, dependsOn: [...origins, shield] },
    );
    new dns.RecordSet(
      `${name}-app`,
      {
        resourceGroupName,
        zoneName: zone.zoneName,
        relativeRecordSetName: inside(appHost, zone.name),
        recordType: "CNAME",
        ttl: TTL_SECONDS,
        cnameRecord: { cname: endpoint.hostName },
      },
      { parent: this },
    );
    diagnostics(`${name}-diagnostics`, { resourceUri: profile.id, workspaceId: args.workspaceId }, { parent: this });
    frontDoorAlerts(
      name,
      {
        resourceGroupName,
        tags,
        profileId: profile.id,
        appHost,
        workspaceId: args.workspaceId,
        location: Object.values(args.origins)[0]!.location,
        thresholds: args.thresholds,
        listeners: args.listeners,
      },
      { parent: this },
    );

    this.profileId = profile.id;
    this.endpointHost = after(endpoint.hostName, shield.id);
    this.frontDoorId = profile.frontDoorId;
    this.registerOutputs({
      profileId: this.profileId,
      endpointHost: this.endpointHost,
      frontDoorId: this.frontDoorId,
    });
  }

  private origins(name: string, args: FrontDoorArgs, inProfile: InProfile) {
    const { config, appHost } = args;
    const group = new cdn.AFDOriginGroup(
      `${name}-gateways`,
      {
        ...inProfile,
        healthProbeSettings: {
          probePath: config.healthPath,
          probeProtocol: "Https",
          probeRequestType: "GET",
          probeIntervalInSeconds: config.probeSeconds,
        },
        // Two of the last three: one lost answer moves nobody.
        loadBalancingSettings: { sampleSize: 3, successfulSamplesRequired: 2, additionalLatencyInMilliseconds: 50 },
        sessionAffinityState: "Disabled",
      },
      { parent: this },
    );
    const origins = Object.entries(args.origins).map(
      ([region, { location, privateLinkId, host }]) =>
        new cdn.AFDOrigin(
          `${name}-gateway-${region}`,
          {
            ...inProfile,
            originGroupName: group.name,
            hostName: host,
            originHostHeader: appHost,
            httpsPort: 443,
            priority: 1,
            weight: 1_000,
            enabledState: "Enabled",
            enforceCertificateNameCheck: true,
            sharedPrivateLinkResource: {
              privateLink: { id: privateLinkId },
              privateLinkLocation: location,
              requestMessage: `Front Door of ${appHost}`,
            },
          },
          { parent: this },
        ),
    );
    return { group, origins };
  }

  /** The application's host name, with a certificate that Azure orders and renews, and the record that proves it. */
  private domain(name: string, args: FrontDoorArgs, inProfile: InProfile): cdn.AFDCustomDomain {
    const { zone, appHost } = args;
    const domain = new cdn.AFDCustomDomain(
      `${name}-domain`,
      {
        ...inProfile,
        hostName: appHost,
        azureDnsZone: { id: zone.zoneId },
        tlsSettings: { certificateType: "ManagedCertificate", minimumTlsVersion: "TLS12" },
      },
      { parent: this },
    );
    new dns.RecordSet(
      `${name}-proof`,
      {
        resourceGroupName: args.resourceGroupName,
        zoneName: zone.zoneName,
        relativeRecordSetName: `_dnsauth.${inside(appHost, zone.name)}`,
        recordType: "TXT",
        ttl: TTL_SECONDS,
        txtRecords: [{ value: [domain.validationProperties.apply(({ validationToken }) => validationToken)] }],
      },
      { parent: this },
    );
    return domain;
  }
}

interface InProfile {
  resourceGroupName: pulumi.Input<string>;
  profileName: pulumi.Input<string>;
}

/** The name of a host inside its zone. */
function inside(host: string, zone: string): string {
  return host.slice(0, -zone.length - 1);
}
