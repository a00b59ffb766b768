import { Ruleset } from "@pulumi/cloudflare/ruleset";
import * as pulumi from "@pulumi/pulumi";
import type { RateLimits, WafConfig } from "../../stacks/config/edge";
import { hostCondition } from "./steering";

const TOKEN = "cutover:cloudflare:Waf";

/**
 * Rulesets that Cloudflare manages, the same in every account.
 *
 * @see https://developers.cloudflare.com/waf/managed-rules/reference/
 */
const MANAGED = {
  cloudflare: "efb7b8c949ac4650a09736fc376e9aee",
  owasp: "4814384a9e5d4991b9815dcfc25d2f1f",
} as const;
/** The rule of the OWASP ruleset that acts when the score of a request is too high. */
const OWASP_SCORE_RULE = "6179ae15870a4bb7b2d480d4843b323c";
const PARANOIA_LEVELS = [2, 3, 4] as const;

export interface WafArgs {
  zoneId: pulumi.Input<string>;
  /** Host names of the application. */
  hosts: readonly string[];
  config: WafConfig;
  rateLimits: RateLimits;
}

/**
 * The firewall at the edge: Cloudflare's managed rules, the OWASP core rules by score, and limits on the rate of
 * requests from one address.
 */
export class Waf extends pulumi.ComponentResource {
  public readonly managedRulesetId: pulumi.Output<string>;
  public readonly rateLimitRulesetId: pulumi.Output<string>;

  constructor(name: string, args: WafArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);

    const managed = new Ruleset(
      `${name}-managed`,
      {
        zoneId: args.zoneId,
        kind: "zone",
        name: "Managed firewall rules",
        phase: "http_request_firewall_managed",
        rules: [
          {
            ref: "cloudflare-managed",
            description: "Cloudflare Managed Ruleset.",
            action: "execute",
            expression: "true",
            enabled: true,
            actionParameters: { id: MANAGED.cloudflare },
          },
          {
            ref: "owasp-core",
            description: "Cloudflare OWASP Core Ruleset.",
            action: "execute",
            expression: "true",
            enabled: true,
            actionParameters: { id: MANAGED.owasp, overrides: owaspOverrides(args.config.owasp) },
          },
        ],
      },
      { parent: this },
    );
    const rateLimits = new Ruleset(
      `${name}-rate-limits`,
      {
        zoneId: args.zoneId,
        kind: "zone",
        name: "Rate limits",
        phase: "http_ratelimit",
        rules: args.rateLimits.map((limit) => ({
          ref: `rate-${limit.name}`,
          description: `At most ${limit.requests} requests in ${limit.periodSeconds} s from one address.`,
          action: "block",
          expression: limited(args.hosts, limit.pathPrefix),
          enabled: true,
          ratelimit: {
            // Each data center counts for itself; Cloudflare demands that this is said.
            characteristics: ["ip.src", "cf.colo.id"],
            period: limit.periodSeconds,
            requestsPerPeriod: limit.requests,
            mitigationTimeout: limit.blockSeconds,
          },
        })),
      },
      { parent: this },
    );

    this.managedRulesetId = managed.id;
    this.rateLimitRulesetId = rateLimits.id;
    this.registerOutputs({ managedRulesetId: this.managedRulesetId, rateLimitRulesetId: this.rateLimitRulesetId });
  }
}

function owaspOverrides({ scoreThreshold, paranoiaLevel }: WafConfig["owasp"]) {
  const above = PARANOIA_LEVELS.filter((level) => level > paranoiaLevel);
  return {
    categories: above.map((level) => ({ category: `paranoia-level-${level}`, enabled: false })),
    rules: [{ id: OWASP_SCORE_RULE, action: "block", enabled: true, scoreThreshold }],
  };
}

function limited(hosts: readonly string[], pathPrefix: string | undefined): string {
  const onHost = hostCondition(hosts);
  return pathPrefix === undefined
    ? onHost
    : `${onHost} and starts_with(http.request.uri.path, ${JSON.stringify(pathPrefix)})`;
}
