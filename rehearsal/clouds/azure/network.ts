import { CloudError } from "../../engine/cloud";
import type { Models } from "../model";
import { arm, ETAG, inGroup, SUCCEEDED, systemData } from "./arm";

const NAME = /^[A-Za-z0-9]([\w.-]*\w)?$/;
const GUID = { resourceGuid: "{uuid}" } as const;
const OF_NETWORK = { ...ETAG, ...SUCCEEDED, ...GUID } as const;

/** Networks, private endpoints and names inside the network. */
export const network: Models = {
  "azure-native:network:DdosProtectionPlan": arm({
    type: "Microsoft.Network/ddosProtectionPlans",
    api: "2024-05-01",
    parent: inGroup("Microsoft.Network/ddosProtectionPlans"),
    name: { property: "ddosProtectionPlanName", max: 80, pattern: NAME },
    outputs: { ...OF_NETWORK, publicIPAddresses: [], virtualNetworks: [] },
  }),
  "azure-native:network:VirtualNetwork": arm({
    type: "Microsoft.Network/virtualNetworks",
    api: "2024-05-01",
    parent: inGroup("Microsoft.Network/virtualNetworks"),
    name: { property: "virtualNetworkName", max: 64, pattern: NAME },
    outputs: { ...OF_NETWORK, flowLogs: [] },
  }),
  "azure-native:network:Subnet": arm({
    type: "Microsoft.Network/virtualNetworks/subnets",
    api: "2024-05-01",
    parent: inGroup("Microsoft.Network/virtualNetworks/{virtualNetworkName}/subnets"),
    name: { property: "subnetName", max: 80, pattern: NAME },
    outputs: {
      ...ETAG,
      ...SUCCEEDED,
      ipConfigurations: [],
      ipConfigurationProfiles: [],
      privateEndpoints: [],
      resourceNavigationLinks: [],
      serviceAssociationLinks: [],
    },
  }),
  "azure-native:network:NetworkSecurityGroup": arm({
    type: "Microsoft.Network/networkSecurityGroups",
    api: "2024-05-01",
    parent: inGroup("Microsoft.Network/networkSecurityGroups"),
    name: { property: "networkSecurityGroupName", max: 80, pattern: NAME },
    outputs: { ...OF_NETWORK, defaultSecurityRules: [], flowLogs: [], networkInterfaces: [] },
    checks: [
      (context) => {
        const places = context.list("securityRules").map((rule) => {
          const { direction, priority } = rule as Record<string, unknown>;
          return `${String(direction)} ${String(priority)}`;
        });
        const twice = places.find((place, index) => places.indexOf(place) !== index);
        if (twice !== undefined) {
          throw new CloudError(`SecurityRuleConflict: two rules have the priority and direction ${twice}`);
        }
      },
    ],
  }),
  "azure-native:network:PublicIPAddress": arm({
    type: "Microsoft.Network/publicIPAddresses",
    api: "2024-05-01",
    parent: inGroup("Microsoft.Network/publicIPAddresses"),
    name: { property: "publicIpAddressName", max: 80, pattern: NAME },
    outputs: { ...OF_NETWORK, ipAddress: "{ipv4}" },
  }),
  "azure-native:network:NatGateway": arm({
    type: "Microsoft.Network/natGateways",
    api: "2024-05-01",
    parent: inGroup("Microsoft.Network/natGateways"),
    name: { property: "natGatewayName", max: 80, pattern: NAME },
    outputs: { ...OF_NETWORK, subnets: [] },
  }),
  "azure-native:network:PrivateEndpoint": arm({
    type: "Microsoft.Network/privateEndpoints",
    api: "2024-05-01",
    parent: inGroup("Microsoft.Network/privateEndpoints"),
    name: { property: "privateEndpointName", max: 64, pattern: NAME },
    outputs: { ...ETAG, ...SUCCEEDED, networkInterfaces: [] },
  }),
  "azure-native:network:PrivateDnsZoneGroup": arm({
    type: "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
    api: "2024-05-01",
    parent: inGroup("Microsoft.Network/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups"),
    name: { property: "privateDnsZoneGroupName", max: 80, pattern: NAME },
    outputs: { ...ETAG, ...SUCCEEDED },
  }),
  "azure-native:privatedns:PrivateZone": arm({
    type: "Microsoft.Network/privateDnsZones",
    api: "2024-06-01",
    parent: inGroup("Microsoft.Network/privateDnsZones"),
    name: { property: "privateZoneName", max: 253 },
    outputs: {
      ...ETAG,
      ...SUCCEEDED,
      internalId: "{hex:32}",
      maxNumberOfRecordSets: 25_000,
      numberOfRecordSets: 1,
      maxNumberOfVirtualNetworkLinks: 1_000,
      maxNumberOfVirtualNetworkLinksWithRegistration: 100,
      numberOfVirtualNetworkLinks: 0,
      numberOfVirtualNetworkLinksWithRegistration: 0,
      systemData,
    },
  }),
  "azure-native:privatedns:VirtualNetworkLink": arm({
    type: "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
    api: "2024-06-01",
    parent: inGroup("Microsoft.Network/privateDnsZones/{privateZoneName}/virtualNetworkLinks"),
    name: { property: "virtualNetworkLinkName", max: 80, pattern: NAME },
    outputs: { ...ETAG, ...SUCCEEDED, virtualNetworkLinkState: "Completed", systemData },
  }),
};
