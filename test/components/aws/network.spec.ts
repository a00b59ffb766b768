import assert from "node:assert/strict";
import { Network } from "../../../components/aws/network";
import { networkSchema } from "../../../stacks/config/network";
import { record, value, type Recorded, type Recording } from "../../support/record";

const NAME = "network-us-east-1";
const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];

describe("Network", () => {
  let run: Recording<Network>;
  before(async () => {
    run = await record(
      () =>
        new Network(NAME, {
          region: "us-east-1",
          account: "123456789012",
          cidr: "10.20.0.0/16",
          zones: ZONES,
          config: networkSchema.parse({ operatorRanges: ["192.168.0.0/24"] }),
          logKeyArn: "arn:key",
          tags: { owner: "platform", residency: "US" },
        }),
      (type, name) => (type === "aws:ec2/eip:Eip" ? { publicIp: `ip-of-${name}` } : {}),
    );
  });

  it("has a public, a private and a database subnet in each zone, none of which gives out public addresses", () => {
    const subnets = run.ofType("aws:ec2/subnet:Subnet");
    assert.equal(subnets.length, 9);
    assert.ok(subnets.every(({ inputs }) => inputs["mapPublicIpOnLaunch"] === false));
    for (const zone of ZONES) {
      assert.equal(subnets.filter(({ inputs }) => inputs["availabilityZone"] === zone).length, 3);
    }
  });

  it("tags subnets as the load balancer controller looks for them", () => {
    assert.equal(run.custom(`${NAME}-public-a`).inputs["tags"]["kubernetes.io/role/elb"], "1");
    assert.equal(run.custom(`${NAME}-private-a`).inputs["tags"]["kubernetes.io/role/internal-elb"], "1");
    const database = Object.keys(run.custom(`${NAME}-database-a`).inputs["tags"]);
    assert.deepEqual(database, ["Name"]);
  });

  it("leads private subnets out through the NAT gateway of their own zone, and database subnets nowhere", () => {
    const routes = run.ofType("aws:ec2/route:Route");
    assert.equal(routes.length, 6);
    assert.ok(routes.every(({ name }) => !name.includes("database")));
    for (const suffix of ["a", "b", "c"]) {
      const route = run.custom(`${NAME}-private-route-${suffix}`).inputs;
      assert.equal(route["natGatewayId"], `${NAME}-nat-${suffix}-id`);
      assert.equal(route["routeTableId"], `${NAME}-private-routes-${suffix}-id`);
      const nat = run.custom(`${NAME}-nat-${suffix}`).inputs;
      assert.equal(nat["subnetId"], `${NAME}-public-${suffix}-id`);
    }
  });

  it("lets only pods into the database subnets, on the ports of PostgreSQL and the cache", () => {
    const acl = run.custom(`${NAME}-database-acl`).inputs;
    assert.deepEqual(allowed(acl["ingress"]), [
      "10.20.0.0/17 tcp 5432-5432",
      "10.20.0.0/17 tcp 6379-6379",
      "10.20.224.0/20 tcp 1024-65535",
    ]);
    assert.deepEqual(allowed(acl["egress"]), ["10.20.0.0/17 tcp 1024-65535", "10.20.224.0/20 tcp 1024-65535"]);
  });

  it("lets answers come back to private subnets, and operators ask on 443", () => {
    const acl = run.custom(`${NAME}-private-acl`).inputs;
    assert.deepEqual(allowed(acl["ingress"]), [
      "10.20.0.0/16 -1 0-0",
      "0.0.0.0/0 tcp 1024-65535",
      "192.168.0.0/24 tcp 443-443",
    ]);
    assert.deepEqual(allowed(acl["egress"]), [
      "10.20.0.0/16 -1 0-0",
      "0.0.0.0/0 tcp 443-443",
      "192.168.0.0/24 tcp 1024-65535",
    ]);
  });

  it("puts each subnet under the network ACL of its tier", () => {
    for (const tier of ["public", "private", "database"]) {
      assert.deepEqual(
        run.custom(`${NAME}-${tier}-acl`).inputs["subnetIds"],
        ["a", "b", "c"].map((suffix) => `${NAME}-${tier}-${suffix}-id`),
      );
    }
  });

  it("closes the default security group", () => {
    const group = run.custom(`${NAME}-default`);
    assert.equal(group.type, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    assert.equal(group.inputs["ingress"], undefined);
    assert.equal(group.inputs["egress"], undefined);
  });

  it("keeps encrypted flow logs of all traffic for a year, and protects them", () => {
    const group = run.custom(`${NAME}-flow-logs`);
    assert.equal(group.inputs["kmsKeyId"], "arn:key");
    assert.equal(group.inputs["retentionInDays"], 365);
    assert.equal(group.inputs["deletionProtectionEnabled"], true);
    assert.deepEqual([group.protect, group.retainOnDelete], [true, true]);
    assert.deepEqual([group.inputs["tags"]["residency"], group.inputs["tags"]["data-class"]], ["US", "audit-log"]);
    assert.equal(run.custom(`${NAME}-flow-log`).inputs["trafficType"], "ALL");
  });

  it("has interface endpoints in each zone, under their usual names, that answer private subnets on 443", () => {
    const endpoints = run
      .ofType("aws:ec2/vpcEndpoint:VpcEndpoint")
      .filter(({ inputs }) => inputs["vpcEndpointType"] === "Interface");
    const services = endpoints.map(({ inputs }) =>
      String(inputs["serviceName"]).replace("com.amazonaws.us-east-1.", ""),
    );
    for (const service of ["ecr.api", "ecr.dkr", "sts", "secretsmanager", "logs"]) {
      assert.ok(services.includes(service), service);
    }
    assert.ok(endpoints.every(({ inputs }) => inputs["privateDnsEnabled"] && inputs["subnetIds"].length === 3));
    const rule = run.custom(`${NAME}-endpoint-https`).inputs;
    assert.deepEqual([rule["cidrIpv4"], rule["fromPort"], rule["toPort"]], ["10.20.0.0/17", 443, 443]);
  });

  it("lets nothing out through the S3 endpoint but to buckets of the account", () => {
    const { inputs } = run.custom(`${NAME}-endpoint-s3`);
    assert.equal(inputs["routeTableIds"].length, 3);
    const [own, images] = JSON.parse(inputs["policy"]).Statement;
    assert.deepEqual(own.Condition.StringEquals, {
      "aws:PrincipalAccount": "123456789012",
      "aws:ResourceAccount": "123456789012",
    });
    assert.equal(images.Action, "s3:GetObject");
    assert.ok(images.Resource.includes("arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"));
  });

  it("says what the next layers need", async () => {
    const network = run.result;
    assert.equal(await value(network.vpcId), `${NAME}-vpc-id`);
    assert.deepEqual(await value(network.natAddresses), [
      `ip-of-${NAME}-nat-address-a`,
      `ip-of-${NAME}-nat-address-b`,
      `ip-of-${NAME}-nat-address-c`,
    ]);
    assert.deepEqual(network.databaseCidrs, ["10.20.224.0/22", "10.20.228.0/22", "10.20.232.0/22"]);
    assert.deepEqual(await value(network.privateSubnetIds), [
      `${NAME}-private-a-id`,
      `${NAME}-private-b-id`,
      `${NAME}-private-c-id`,
    ]);
  });

  it("names every child after its parent", () => {
    for (const { name, parent } of run.resources.filter((resource) => resource.parent.startsWith(NAME))) {
      assert.ok(name.startsWith(parent), `${name} under ${parent}`);
    }
  });
});

function allowed(rules: Recorded["inputs"][]): string[] {
  return rules.map((rule) => `${rule["cidrBlock"]} ${rule["protocol"]} ${rule["fromPort"]}-${rule["toPort"]}`);
}
