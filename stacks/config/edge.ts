import { z } from "zod";
import { awsRegion, count, label } from "./fields";
import { jurisdictionName } from "./regions";
import { webAclSchema } from "./webAcl";

const wholeSeconds = (min: number, max: number) => count(min).pipe(z.number().max(max));

/**
 * Areas of the world that Cloudflare checks from.
 *
 * @see https://developers.cloudflare.com/load-balancing/reference/region-mapping-api/
 */
export const CHECK_REGIONS = [
  "WNAM",
  "ENAM",
  "NSAM",
  "SSAM",
  "WEU",
  "EEU",
  "NAF",
  "SAF",
  "ME",
  "SAS",
  "SEAS",
  "NEAS",
  "OC",
] as const;

/**
 * Periods that a rate limit can count over, seconds.
 *
 * @see https://developers.cloudflare.com/waf/rate-limiting-rules/parameters/
 */
const RATE_PERIODS = [10, 60, 120, 300, 600, 3_600] as const;

const tls = z
  .strictObject({
    minVersion: z
      .enum(["1.2", "1.3"])
      .default("1.2")
      .describe("Oldest version of TLS that the edge speaks with users."),
    hsts: z
      .strictObject({
        maxAgeSeconds: count(0)
          .default(31_536_000)
          .describe("How long browsers remember to use HTTPS only, in seconds."),
        includeSubdomains: z.boolean().default(true).describe("Whether that holds for every name of the zone."),
        preload: z
          .boolean()
          .default(false)
          .describe("Whether browsers may carry the zone in their list; hard to undo."),
      })
      .prefault({})
      .describe("HTTP Strict Transport Security."),
  })
  .prefault({})
  .describe("How the zone speaks TLS. Certificates of the origins are always verified.");

const waf = z
  .strictObject({
    owasp: z
      .strictObject({
        scoreThreshold: z
          .literal([25, 40, 60])
          .default(40)
          .describe("Score from which a request is blocked: 25 strict, 40 medium, 60 lax."),
        paranoiaLevel: z
          .literal([1, 2, 3, 4])
          .default(1)
          .describe("How suspicious the rules are, 1 to 4; above 1 expect false alarms."),
      })
      .prefault({})
      .describe("The OWASP core rules."),
  })
  .describe("The managed firewall of Cloudflare. @default - medium score, paranoia level 1");

const rateLimit = z.strictObject({
  name: label(30).describe("Name of the limit."),
  pathPrefix: z
    .string()
    .regex(/^\/[\w./-]*$/, "the beginning of a path, such as /api/login")
    .optional()
    .describe("Beginning of the paths that it counts; all paths of the application without it."),
  requests: count(1).describe("Requests of one address in the period above which it is blocked."),
  periodSeconds: z.literal(RATE_PERIODS).describe("Period that is counted over, in seconds."),
  blockSeconds: wholeSeconds(10, 86_400).describe("How long the address stays blocked, 10 to 86400 seconds."),
});

const loadBalancer = z
  .strictObject({
    path: z
      .string()
      .regex(/^\/[\w./-]*$/, "a path such as /health/ready")
      .default("/health/ready")
      .describe("Path that is checked in every region; healthy is 200."),
    intervalSeconds: wholeSeconds(5, 3_600)
      .default(10)
      .describe("Time between two checks from one data center. Under 15 seconds needs an Enterprise plan."),
    failures: count(1)
      .pipe(z.number().max(10))
      .default(3)
      .describe("Failed checks in a row that make a region unhealthy."),
    recoveries: count(1)
      .pipe(z.number().max(10))
      .default(2)
      .describe("Passed checks in a row that make it healthy again."),
    timeoutSeconds: wholeSeconds(1, 10).default(5).describe("How long a check waits for an answer."),
    retries: count(0)
      .pipe(z.number().max(5))
      .default(0)
      .describe("Attempts after one that timed out, made at once, before the check counts as failed."),
    propagationSeconds: wholeSeconds(0, 60)
      .default(15)
      .describe("How long a verdict takes to reach every data center: an assumption, measured in failover drills."),
    budgetSeconds: wholeSeconds(10, 600)
      .default(60)
      .describe("Routing moves in less than this: interval x failures + timeout x (retries + 1) + propagation."),
    affinitySeconds: wholeSeconds(1_800, 604_800)
      .default(28_800)
      .describe(
        "How long a user stays in a healthy region, whose cache holds the session: a school day. 1800 to 604800, limits of Cloudflare.",
      ),
    checkRegions: z
      .record(jurisdictionName, z.array(z.enum(CHECK_REGIONS)).min(1))
      .describe("Areas that a jurisdiction's regions are checked from, three data centers each: where its users are."),
  })
  .describe(
    "Cloudflare's load balancer: health checks, and the time in which users are moved to another region of their jurisdiction. Required where a jurisdiction has several regions, and nowhere else.",
  );

const priceClass = z
  .enum(["PriceClass_All", "PriceClass_200", "PriceClass_100"])
  .default("PriceClass_All")
  .describe("Where in the world CloudFront answers from.");

const staticSite = z
  .strictObject({
    defaultTtlSeconds: wholeSeconds(0, 31_536_000)
      .default(86_400)
      .describe("How long an asset is stored that says nothing itself, in seconds."),
    maxTtlSeconds: wholeSeconds(0, 31_536_000)
      .default(31_536_000)
      .describe("How long an asset is stored at most. For content-hashed names only: a new content has a new name."),
    priceClass,
    dnsTtlSeconds: wholeSeconds(60, 86_400)
      .default(300)
      .describe("Time to live of the host name's record, in seconds."),
    webAcl: webAclSchema.describe("The firewall of the distribution."),
  })
  .describe(
    "CloudFront, which serves content-hashed assets of both colors from a private bucket, at `deployment.hosts.static`. Without it the pods serve them, each color its own.",
  );

const assets = z
  .strictObject({
    jurisdiction: z
      .enum(["default", "eu", "fedramp"])
      .default("default")
      .describe("Where R2 keeps the assets: eu never leaves the Union. Final: it is part of the bucket's name."),
  })
  .describe(
    "Cloudflare R2, which serves content-hashed assets of both colors at `deployment.hosts.static`: instead of edge.static, where nothing is to stand outside of Cloudflare. @default - none",
  );

/** How requests come to the load balancers of the regions. */
export const EDGE_KINDS = ["cloudflare", "cloudfront"] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

const distribution = z
  .strictObject({
    priceClass,
    webAcl: webAclSchema.describe("The firewall of the distribution."),
  })
  .describe("CloudFront on the application's own name. It stores nothing: answers are dynamic or of one user.");

export const edgeSchema = z
  .strictObject({
    kind: z
      .enum(EDGE_KINDS)
      .default("cloudflare")
      .describe(
        "What stands before the load balancers of the regions. cloudflare: names, firewall and content network on Cloudflare, with its load balancer where there are several regions. cloudfront: names on Route 53, a distribution with a firewall before the load balancer of one region.",
      ),
    accountId: z
      .string()
      .regex(/^[0-9a-f]{32}$/, "a Cloudflare account id: 32 hex digits")
      .optional()
      .describe("The Cloudflare account; required there."),
    secretGeneration: count(1)
      .default(1)
      .describe(
        "Which pair of secrets the edge has: what it proves itself with to the load balancers, and the testers' token. A higher number makes new ones at the next `pulumi up`; requests are refused in the seconds between the change in the regions and at the edge, so do it while the maintenance page is on.",
      ),
    tls,
    waf: waf.optional(),
    rateLimits: z
      .array(rateLimit)
      .min(1)
      .max(20)
      .optional()
      .describe(
        "Limits on the rate of requests from one address, counted by each data center of Cloudflare; required there.",
      ),
    loadBalancer: loadBalancer.optional(),
    closed: z
      .array(awsRegion)
      .default([])
      .describe(
        "Regions that get no user although they answer: a region that was lost, and whose database is elsewhere now. Their health is still checked. Only where a load balancer chooses; each jurisdiction keeps an open region.",
      ),
    distribution: distribution.optional(),
    static: staticSite.optional(),
    assets: assets.optional(),
  })
  .describe(
    "What stands before the regions: Cloudflare or CloudFront before the application, CloudFront before the assets. One path for each host name.",
  );

export type EdgeConfig = z.infer<typeof edgeSchema>;
export type TlsConfig = EdgeConfig["tls"];
export type WafConfig = z.infer<typeof waf>;
export type RateLimits = NonNullable<EdgeConfig["rateLimits"]>;
export type LoadBalancerConfig = z.infer<typeof loadBalancer>;
export type DistributionConfig = z.infer<typeof distribution>;
export type AssetsConfig = z.infer<typeof assets>;
export type StaticSiteConfig = z.infer<typeof staticSite>;

/** The firewall of Cloudflare, where config says nothing of it. */
export const DEFAULT_WAF: WafConfig = waf.parse({});
