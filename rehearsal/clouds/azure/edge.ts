import { CloudError } from "../../engine/cloud";
import type { Check, Models } from "../model";
import { arm, ETAG, inGroup, systemData, SUCCEEDED } from "./arm";

const PROFILE = "Microsoft.Cdn/profiles";
const IN_PROFILE = `${PROFILE}/{profileName}`;
const NAME = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;
const DEPLOYED = { ...SUCCEEDED, deploymentStatus: "NotStarted", systemData } as const;

/** Front Door has limits for how often it asks, how it weighs and how long it waits. */
const within =
  (path: string, least: number, most: number): Check =>
  (context) => {
    const value = context.get(path);
    if (typeof value === "number" && (value < least || value > most)) {
      throw new CloudError(`BadRequest: ${path} must be ${least} to ${most}, not ${value}`);
    }
  };

/** Front Door, its firewall and DNS. */
export const edge: Models = {
  "azure-native:cdn:Profile": arm({
    type: PROFILE,
    api: "2025-06-01",
    parent: inGroup(PROFILE),
    name: { property: "profileName", max: 260, pattern: NAME },
    outputs: {
      ...SUCCEEDED,
      frontDoorId: "{uuid}",
      kind: "frontdoor",
      resourceState: "Active",
      extendedProperties: {},
      systemData,
    },
    checks: [within("originResponseTimeoutSeconds", 16, 240)],
  }),
  "azure-native:cdn:AFDEndpoint": arm({
    type: `${PROFILE}/afdendpoints`,
    api: "2025-06-01",
    parent: inGroup(`${IN_PROFILE}/afdEndpoints`),
    name: { property: "endpointName", max: 46, pattern: NAME },
    outputs: { ...DEPLOYED, hostName: "{name}-{alnum:16}.z01.azurefd.net" },
  }),
  "azure-native:cdn:AFDOriginGroup": arm({
    type: `${PROFILE}/origingroups`,
    api: "2025-06-01",
    parent: inGroup(`${IN_PROFILE}/originGroups`),
    name: { property: "originGroupName", max: 90, pattern: NAME },
    outputs: { ...DEPLOYED },
    checks: [within("healthProbeSettings.probeIntervalInSeconds", 1, 255)],
  }),
  "azure-native:cdn:AFDOrigin": arm({
    type: `${PROFILE}/origingroups/origins`,
    api: "2025-06-01",
    parent: inGroup(`${IN_PROFILE}/originGroups/{originGroupName}/origins`),
    name: { property: "originName", max: 90, pattern: NAME },
    outputs: { ...DEPLOYED },
    checks: [within("weight", 1, 1_000), within("priority", 1, 5)],
  }),
  "azure-native:cdn:AFDCustomDomain": arm({
    type: `${PROFILE}/customdomains`,
    api: "2025-06-01",
    parent: inGroup(`${IN_PROFILE}/customDomains`),
    name: { property: "customDomainName", max: 260, pattern: NAME },
    outputs: {
      ...DEPLOYED,
      domainValidationState: "Pending",
      validationProperties: { validationToken: "{alnum:32}", expirationDate: "{now}" },
    },
  }),
  "azure-native:cdn:Route": arm({
    type: `${PROFILE}/afdendpoints/routes`,
    api: "2025-06-01",
    parent: inGroup(`${IN_PROFILE}/afdEndpoints/{endpointName}/routes`),
    name: { property: "routeName", max: 90, pattern: NAME },
    outputs: { ...DEPLOYED },
  }),
  "azure-native:cdn:RuleSet": arm({
    type: `${PROFILE}/rulesets`,
    api: "2025-06-01",
    parent: inGroup(`${IN_PROFILE}/ruleSets`),
    name: { property: "ruleSetName", max: 260, pattern: /^[A-Za-z][A-Za-z0-9]*$/ },
    outputs: { ...DEPLOYED, profileName: "{profileName}" },
  }),
  "azure-native:cdn:Rule": arm({
    type: `${PROFILE}/rulesets/rules`,
    api: "2025-06-01",
    parent: inGroup(`${IN_PROFILE}/ruleSets/{ruleSetName}/rules`),
    name: { property: "ruleName", max: 260, pattern: /^[A-Za-z][A-Za-z0-9]*$/ },
    outputs: { ...DEPLOYED },
  }),
  "azure-native:cdn:SecurityPolicy": arm({
    type: `${PROFILE}/securitypolicies`,
    api: "2025-06-01",
    parent: inGroup(`${IN_PROFILE}/securityPolicies`),
    name: { property: "securityPolicyName", max: 260, pattern: NAME },
    outputs: { ...DEPLOYED },
  }),
  "azure-native:frontdoor:Policy": arm({
    type: "Microsoft.Network/frontdoorWebApplicationFirewallPolicies",
    api: "2025-11-01",
    parent: inGroup("Microsoft.Network/frontDoorWebApplicationFirewallPolicies"),
    name: { property: "policyName", max: 128, pattern: /^[A-Za-z][A-Za-z0-9]*$/ },
    outputs: {
      ...ETAG,
      ...SUCCEEDED,
      resourceState: "Enabled",
      frontendEndpointLinks: [],
      routingRuleLinks: [],
      securityPolicyLinks: [],
    },
  }),
  "azure-native:dns:Zone": arm({
    type: "Microsoft.Network/dnsZones",
    api: "2023-07-01-preview",
    parent: inGroup("Microsoft.Network/dnsZones"),
    name: { property: "zoneName", max: 253 },
    outputs: {
      ...ETAG,
      nameServers: [
        "ns1-01.azure-dns.com.",
        "ns2-01.azure-dns.net.",
        "ns3-01.azure-dns.org.",
        "ns4-01.azure-dns.info.",
      ],
      numberOfRecordSets: 2,
      maxNumberOfRecordSets: 10_000,
      maxNumberOfRecordsPerRecordSet: 20,
      signingKeys: [],
      systemData,
    },
  }),
  "azure-native:dns:RecordSet": arm({
    type: "Microsoft.Network/dnsZones/{recordType}",
    api: "2023-07-01-preview",
    parent: inGroup("Microsoft.Network/dnsZones/{zoneName}/{recordType}"),
    name: { property: "relativeRecordSetName", max: 253 },
    outputs: { ...ETAG, ...SUCCEEDED, fqdn: "{name}.{zoneName}.", systemData },
  }),
  "azure-native:dns:DnssecConfig": {
    id: inGroup("Microsoft.Network/dnsZones/{zoneName}/dnssecConfigs/default"),
    scope: "global",
    outputs: {
      azureApiVersion: "2023-07-01-preview",
      name: "default",
      type: "Microsoft.Network/dnsZones/dnssecConfigs",
      ...ETAG,
      ...SUCCEEDED,
      signingKeys: [],
      systemData,
    },
  },
};
