import type { Cloud } from "../engine/cloud";
import { text } from "../../pulumi/json";
import type { Context } from "./context";
import type { Models, Value } from "./model";
import { TableCloud } from "./tableCloud";

const id = "{hex:32}";
const made = { createdOn: "{now}", modifiedOn: "{now}" };
/** Given names of Cloudflare's name servers, of which each zone gets two. */
const SERVERS = ["ada", "bob", "cleo", "dave", "elma", "finn", "gina", "hugh"];

const nameServers: Value = (context) => {
  const start = Number(context.fill("{digits:1}", "nameServers"));
  return [0, 3].map((step) => `${SERVERS[(start + step) % SERVERS.length]}.ns.cloudflare.com`);
};

/** The name of the zone that a resource names by its identifier. */
function zoneName(context: Context): string {
  return text(context.world.get("cloudflare:index/zone:Zone", context.text("zoneId"))?.properties.name);
}

const models: Models = {
  "cloudflare:index/zone:Zone": {
    id,
    scope: "global",
    name: { max: 253, pattern: /^[a-z0-9.-]+$/, taken: "1061: {name} already exists" },
    outputs: {
      ...made,
      activatedOn: "{now}",
      developmentMode: 0,
      nameServers,
      originalNameServers: [],
      status: "active",
      verificationKey: "{digits:9}-{digits:9}",
    },
  },
  "cloudflare:index/zoneSetting:ZoneSetting": {
    id: "{zoneId}/{settingId}",
    scope: "global",
    outputs: { editable: true, modifiedOn: "{now}" },
  },
  "cloudflare:index/zoneDnssec:ZoneDnssec": {
    id: "{zoneId}",
    scope: "global",
    outputs: {
      algorithm: "13",
      digestAlgorithm: "SHA256",
      digestType: "2",
      digest: "{HEX:64}",
      keyTag: (context) => Number(context.fill("1{digits:4}", "keyTag")),
      ds: (context) => context.fill(`${zoneName(context)}. 3600 IN DS {keyTag} 13 2 {digest}`, "ds"),
      flags: 257,
      keyType: "ECDSAP256SHA256",
      modifiedOn: "{now}",
      publicKey: "{Alnum:86}==",
    },
  },
  "cloudflare:index/r2Bucket:R2Bucket": {
    id: "{name}",
    scope: "account",
    name: {
      max: 63,
      pattern: /^[a-z0-9-]+$/,
      taken: "10004: The bucket you tried to create already exists, and you own it: {name}",
    },
    outputs: { creationDate: "{now}" },
  },
  "cloudflare:index/r2BucketCors:R2BucketCors": { id: "{bucketName}", scope: "account" },
  "cloudflare:index/r2CustomDomain:R2CustomDomain": {
    id: "{bucketName}/{domain}",
    scope: "account",
    outputs: { zoneName, status: { ownership: "active", ssl: "active" } },
  },
  "cloudflare:index/dnsRecord:DnsRecord": {
    id,
    scope: "global",
    outputs: { ...made, meta: "{}", proxiable: true, commentModifiedOn: "{now}", tagsModifiedOn: "{now}" },
  },
  "cloudflare:index/loadBalancer:LoadBalancer": { id, scope: "global", outputs: { ...made, zoneName } },
  "cloudflare:index/loadBalancerPool:LoadBalancerPool": {
    id,
    scope: "global",
    name: { max: 63, pattern: /^[\w-]+$/, taken: "1002: a pool with the name {name} already exists" },
    outputs: { ...made, networks: ["cloudflare"] },
  },
  "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor": { id, scope: "global", outputs: made },
  "cloudflare:index/ruleset:Ruleset": {
    id,
    scope: "global",
    derived: { lastUpdated: "{now}", version: ({ outputs }) => String(Number(outputs.version ?? 0) + 1) },
  },
};

/** Cloudflare. Its identifiers are unique in all accounts. */
export const cloudflare: Cloud = new TableCloud({
  package: "cloudflare",
  models,
  nameSuffix: "-{hex:7}",
  provider: () => ({}),
});
