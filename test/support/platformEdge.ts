import { aiSchema } from "../../stacks/config/ai";
import { DEFAULT_WAF, edgeSchema } from "../../stacks/config/edge";
import { entrySchema } from "../../stacks/config/entry";
import { observabilitySchema } from "../../stacks/config/observability";
import { jurisdictionsSchema, regionsSchema } from "../../stacks/config/regions";

/** The smallest valid config of the sections about the edge, the entry, AI and alarms; specs change copies of it. */
const webAcl = {
  managedRuleGroups: [
    { name: "AWSManagedRulesCommonRuleSet", count: ["SizeRestrictions_BODY"] },
    { name: "AWSManagedRulesKnownBadInputsRuleSet" },
  ],
  requestsPerFiveMinutes: 100_000,
};

export const rawEntry = { edgeRanges: ["173.245.48.0/20", "103.21.244.0/22"], podPorts: [8_080], webAcl };

export const rawEdge = {
  accountId: "0f4c1d2e3b5a69788796a5b4c3d2e1f0",
  rateLimits: [
    { name: "login", pathPrefix: "/api/login", requests: 300, periodSeconds: 60, blockSeconds: 600 },
    { name: "everything", requests: 30_000, periodSeconds: 60, blockSeconds: 60 },
  ],
  loadBalancer: { checkRegions: { US: ["ENAM", "WNAM"], EU: ["WEU", "EEU"], APAC: ["SEAS", "OC"] } },
  static: { webAcl },
};

const deployments = { chat: { model: "gpt-5.1", version: "2025-11-13", capacity: 100 } };

export const rawAi = {
  subscriptionId: "5b1f6c5e-2c0e-4f0e-9f55-6d6b3f1d7a10",
  jurisdictions: {
    US: { location: "eastus2", subdomain: "pathfinity-us", deployments },
    EU: { location: "swedencentral", subdomain: "pathfinity-eu", deployments },
    APAC: { location: "australiaeast", subdomain: "pathfinity-apac", deployments },
  },
};

export const entry = entrySchema.parse(rawEntry);
const parsed = edgeSchema.parse(rawEdge);
/** A Cloudflare edge over several regions: it has all of its parts. */
export const edge = {
  ...parsed,
  accountId: parsed.accountId!,
  waf: parsed.waf ?? DEFAULT_WAF,
  rateLimits: parsed.rateLimits!,
  loadBalancer: parsed.loadBalancer!,
  static: parsed.static!,
};
export const ai = aiSchema.parse(rawAi);
export const observability = observabilitySchema.parse({});

export const jurisdictions = jurisdictionsSchema.parse({
  US: { share: 70, countries: ["US"], elsewhere: true },
  EU: { share: 20, countries: ["IE", "SE", "DE"] },
  APAC: { share: 10, countries: ["SG", "AU"] },
});

const region = (name: string, jurisdiction: string, role: string, share: number, index: number) => [
  name,
  {
    jurisdiction,
    role,
    share,
    database: "primary",
    cidr: `10.${index}.0.0/16`,
    zones: [`${name}a`, `${name}b`, `${name}c`],
  },
];

export const regions = regionsSchema.parse(
  Object.fromEntries([
    region("us-east-1", "US", "primary", 40, 1),
    region("us-west-2", "US", "secondary", 30, 2),
    region("eu-west-1", "EU", "regional", 20, 3),
    region("ap-southeast-1", "APAC", "regional", 10, 4),
    region("eu-central-1", "EU", "recovery", 0, 5),
    region("ap-southeast-2", "APAC", "recovery", 0, 6),
  ]),
);
