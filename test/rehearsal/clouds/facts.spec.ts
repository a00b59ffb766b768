import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clouds } from "../../../rehearsal/clouds";
import { TableCloud } from "../../../rehearsal/clouds/tableCloud";
import { CloudError, type Created } from "../../../rehearsal/engine/cloud";
import type { Json } from "../../../rollout/engine";
import { Asker } from "./ask";

/** Outputs that the clouds leave empty for what the program makes, and those that only another thing can tell. */
const EMPTY: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/vpc:Vpc": ["ipv6AssociationId"],
  "aws:ec2/subnet:Subnet": ["ipv6CidrBlockAssociationId"],
  "aws:ec2/eip:Eip": ["associationId", "carrierIp", "customerOwnedIp", "privateDns", "privateIp", "ptrRecord"],
  "aws:ec2/natGateway:NatGateway": [
    "autoProvisionZones",
    "autoScalingIps",
    "publicIp",
    "regionalNatGatewayAddresses",
    "regionalNatGatewayAutoMode",
    "routeTableId",
  ],
  "aws:ec2/route:Route": ["instanceId", "instanceOwnerId"],
  "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": ["peerRegion", "peerVpcId", "vpcId"],
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ["namePrefix"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["cidrBlocks"],
  "aws:s3/bucket:Bucket": ["websiteDomain", "websiteEndpoint"],
  "aws:eks/cluster:Cluster": ["clusterId"],
  "aws:lb/loadBalancer:LoadBalancer": ["vpcId"],
  "aws:rds/instance:Instance": ["engineVersionActual"],
  "aws:rds/subnetGroup:SubnetGroup": ["vpcId"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["configurationEndpointAddress", "engineVersionActual"],
  "aws:elasticache/subnetGroup:SubnetGroup": ["vpcId"],
  "aws:lambda/function:Function": ["signingJobArn", "signingProfileVersionArn", "sourceCodeSize"],
  "azure-native:network:Subnet": ["purpose"],
  "azure-native:network:PublicIPAddress": ["ipConfiguration"],
  "azure-native:containerservice:ManagedCluster": ["status"],
  "azure-native:containerservice:AgentPool": ["status"],
  "azure-native:compute:DiskEncryptionSet": ["autoKeyRotationError"],
  "azure-native:dbforpostgresql:Configuration": [
    "allowedValues",
    "defaultValue",
    "description",
    "documentationLink",
    "unit",
  ],
  "azure-native:storage:StorageAccount": [
    "blobRestoreStatus",
    "geoReplicationStats",
    "lastGeoFailoverTime",
    "primaryLocation",
    "secondaryEndpoints",
    "secondaryLocation",
    "statusOfSecondary",
    "storageAccountSkuConversionStatus",
  ],
  "azure-native:storage:BlobServiceProperties": ["sku"],
  "azure-native:storage:BlobContainer": ["deletedTime", "immutabilityPolicy", "leaseDuration", "legalHold", "version"],
  "azure-native:keyvault:Key": ["curveName", "keyOps", "keySize", "kty", "location", "releasePolicy", "rotationPolicy"],
  "azure-native:consumption:Budget": ["forecastSpend"],
  "azure-native:keyvault:Secret": ["location"],
  "cloudflare:index/zone:Zone": [
    "cnameSuffix",
    "meta",
    "originalDnshost",
    "originalRegistrar",
    "owner",
    "permissions",
    "plan",
    "tenant",
    "tenantUnit",
  ],
  "cloudflare:index/zoneSetting:ZoneSetting": ["timeRemaining"],
  "cloudflare:index/loadBalancerPool:LoadBalancerPool": ["disabledAt"],
};

/** Makes a resource with as few inputs as its model can do with. */
function make(type: string): { inputs: Record<string, Json>; made: Created } {
  const inputs: Record<string, Json> = {
    subnets: ["a", "b"],
    resourceArn: "arn:aws:cloudfront::123456789012:distribution/x",
  };
  for (;;) {
    try {
      return { inputs, made: new Asker().create(type, "thing", inputs) };
    } catch (error) {
      const wanted = error instanceof CloudError ? /needs a value for (\w+)$/.exec(error.message)?.[1] : undefined;
      if (wanted === undefined || inputs[wanted] !== undefined) {
        throw error;
      }
      inputs[wanted] = "x";
    }
  }
}

describe("the models of the stand-in clouds", () => {
  for (const cloud of clouds) {
    if (!(cloud instanceof TableCloud)) {
      continue;
    }
    const file = join(__dirname, "../../../rehearsal/clouds/facts", `${cloud.package}.json`);
    const { types } = JSON.parse(readFileSync(file, "utf8")) as {
      types: Record<string, { outputs: object } | undefined>;
    };
    for (const type of cloud.types) {
      it(`answer what the SDK says that the cloud gives: ${type}`, () => {
        const facts = types[type];
        assert.ok(facts, `rehearsal/clouds/facts/${cloud.package}.json knows nothing of it: what replaces it?`);
        const { inputs, made } = make(type);
        const outputs: Record<string, Json | undefined> = { ...inputs, ...made.outputs };
        const missing = Object.keys(facts.outputs).filter((output) => outputs[output] === undefined);
        assert.deepEqual(
          missing.filter((output) => EMPTY[type]?.includes(output) !== true),
          [],
        );
      });
    }
  }
});
