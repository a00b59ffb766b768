import assert from "node:assert/strict";
import * as fc from "fast-check";
import { addressPlan } from "../../../components/azure/addressPlan";
import { Network } from "../../../components/azure/network";
import { networkRules } from "../../../components/azure/networkRules";
import { PrivateLink } from "../../../components/azure/privateLink";
import { PrivateZones } from "../../../components/azure/privateZones";
import { parseRange, rangesOverlap } from "../../../components/internal/cidr";
import { azureConfig } from "../../support/azureConfig";
import { answers, place } from "../../support/azurePlace";
import { all, find, misplaced, record } from "../../support/recorder";

const config = azureConfig().network;
const PODS = "10.244.0.0/16";
const make = (more: Partial<typeof config> = {}) =>
  record(() => {
    const made = new Network("network", {
      ...place,
      cidr: "10.64.0.0/16",
      config: { ...config, ...more },
      podCidr: PODS,
    });
    return { addresses: made.natAddresses, subnets: made.subnetIds };
  }, answers);

describe("the address plan of a virtual network", () => {
  it("puts every subnet inside the network, and none over another", () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 18 }), fc.nat(255), (prefix, octet) => {
        const cidr = `10.${octet}.0.0/${prefix}`;
        const network = parseRange(cidr);
        const subnets = Object.values(addressPlan(cidr)).map(parseRange);
        assert.ok(subnets.every(({ first, last }) => first >= network.first && last <= network.last));
        assert.ok(subnets.every((one, index) => subnets.slice(index + 1).every((other) => !rangesOverlap(one, other))));
      }),
    );
  });

  it("refuses a network that is too small", () => {
    assert.throws(() => addressPlan("10.64.0.0/20"), /\/18 or larger, got 10\.64\.0\.0\/20/);
  });
});

describe("the security rules of subnets", () => {
  const rules = networkRules(addressPlan("10.64.0.0/16"), ["10.250.0.0/24"], PODS);

  it("end with a rule that denies everybody else", () => {
    for (const [subnet, list] of Object.entries(rules)) {
      const last = list.at(-1);
      assert.deepEqual([last?.access, last?.sourceAddressPrefix, last?.priority], ["Deny", "*", 4_096], subnet);
    }
  });

  it("let nobody from the internet in", () => {
    const allowed = Object.values(rules)
      .flat()
      .filter(({ access }) => access === "Allow")
      .flatMap(({ sourceAddressPrefix, sourceAddressPrefixes }) => [
        ...((sourceAddressPrefixes as string[] | undefined) ?? []),
        ...(sourceAddressPrefix === undefined ? [] : [sourceAddressPrefix as string]),
      ]);
    assert.ok(allowed.length > 0);
    assert.deepEqual(
      allowed.filter((source) => !source.startsWith("10.") && source !== "AzureLoadBalancer"),
      [],
    );
  });

  it("let pods reach pods on other nodes, whose addresses the overlay keeps", () => {
    const pods = rules.nodes.find(({ sourceAddressPrefix }) => sourceAddressPrefix === PODS);
    assert.deepEqual([pods?.access, pods?.protocol, pods?.destinationPortRange], ["Allow", "*", "*"]);
    const elsewhere = [...rules.gateway, ...rules.endpoints, ...rules.database];
    assert.ok(elsewhere.every(({ sourceAddressPrefix }) => sourceAddressPrefix !== PODS));
  });

  it("let nodes, and nobody else of the network, reach the database", () => {
    const ports = rules.database.filter(({ access }) => access === "Allow");
    assert.deepEqual(
      ports.map(({ sourceAddressPrefix }) => sourceAddressPrefix),
      ["10.64.0.0/20", "10.64.18.0/24"],
    );
    assert.deepEqual(ports[0]?.destinationPortRanges, ["5432", "6432"]);
  });
});

describe("the virtual network", () => {
  it("stands under a DDoS plan of its own, or of the organization", async () => {
    const own = await make();
    assert.equal(
      find(own.resources, "azure-native:network:VirtualNetwork").inputs["ddosProtectionPlan"].id,
      "network-ddos-id",
    );
    const theirs = await make({ ddosPlanId: "/plan" });
    const { inputs } = find(theirs.resources, "azure-native:network:VirtualNetwork");
    assert.deepEqual([inputs["enableDdosProtection"], inputs["ddosProtectionPlan"].id], [true, "/plan"]);
    assert.deepEqual(all(theirs.resources, "azure-native:network:DdosProtectionPlan"), []);
  });

  it("gives each subnet its rules, and a way out to the nodes alone, through the NAT gateway", async () => {
    const { resources, value } = await make();
    const subnets = all(resources, "azure-native:network:Subnet");
    assert.equal(subnets.length, 4);
    for (const { name, inputs } of subnets) {
      assert.equal(inputs["networkSecurityGroup"].id, `${name}-rules-id`);
      assert.equal(inputs["defaultOutboundAccess"], false);
    }
    assert.deepEqual(
      subnets.filter(({ inputs }) => inputs["natGateway"] !== undefined).map(({ name }) => name),
      ["network-nodes"],
    );
    assert.deepEqual(value.addresses, ["198.51.100.1", "198.51.100.1"]);
  });

  it("makes the subnets one after the other, because Azure refuses two at a time", async () => {
    const { resources } = await make();
    const subnets = all(resources, "azure-native:network:Subnet");
    for (const [index, subnet] of subnets.entries()) {
      assert.ok(index === 0 || subnet.dependencies.includes(subnets[index - 1]!.urn), subnet.name);
    }
  });

  it("delegates a subnet to PostgreSQL, and lets private link services take addresses of the gateway's", async () => {
    const { resources } = await make();
    assert.equal(
      find(resources, "azure-native:network:Subnet", "-database").inputs["delegations"][0].serviceName,
      "Microsoft.DBforPostgreSQL/flexibleServers",
    );
    const gateway = find(resources, "azure-native:network:Subnet", "-gateway");
    assert.equal(gateway.inputs["privateLinkServiceNetworkPolicies"], "Disabled");
    assert.deepEqual(misplaced(resources), []);
  });
});

describe("a private address for a service", () => {
  it("is taken from the subnet, and written into the private zone", async () => {
    const { resources } = await record(() => {
      const zones = new PrivateZones("names", {
        resourceGroupName: "school",
        tags: {},
        vnetId: "vnet",
        zones: { vault: "privatelink.vaultcore.azure.net" },
      });
      return new PrivateLink("vault-link", {
        ...place,
        subnetId: "endpoints",
        resourceId: "vault",
        group: "vault",
        zoneId: zones.ids.vault,
      }).endpointId;
    }, answers);
    const endpoint = find(resources, "azure-native:network:PrivateEndpoint");
    assert.equal(endpoint.inputs["subnet"].id, "endpoints");
    assert.deepEqual(endpoint.inputs["privateLinkServiceConnections"][0].groupIds, ["vault"]);
    const group = find(resources, "azure-native:network:PrivateDnsZoneGroup");
    assert.equal(group.inputs["privateDnsZoneConfigs"][0].privateDnsZoneId, "names-vault-id");
    const link = find(resources, "azure-native:privatedns:VirtualNetworkLink");
    assert.deepEqual([link.inputs["virtualNetwork"], link.inputs["registrationEnabled"]], [{ id: "vnet" }, false]);
    assert.deepEqual(misplaced(resources), []);
  });
});
