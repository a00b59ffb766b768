import * as frontdoor from "@pulumi/azure-native/frontdoor";
import * as pulumi from "@pulumi/pulumi";
import type { FrontDoorConfig } from "../../stacks/config/azure/edge";

const TOKEN = "cutover:azure:Firewall";

export interface FirewallArgs {
  resourceGroupName: pulumi.Input<string>;
  tags: Record<string, string>;
  config: FrontDoorConfig["firewall"];
}

/**
 * The web application firewall of Front Door, in prevention mode: rate limits by the user's address, then Microsoft's
 * managed rules, which block what looks like an attack or a bad bot. Each point of presence counts for itself, so who
 * comes by several gets more than the limit.
 */
export class Firewall extends pulumi.ComponentResource {
  public readonly policyId: pulumi.Output<string>;

  constructor(name: string, args: FirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { config } = args;

    const policy = new frontdoor.Policy(
      `${name}-policy`,
      {
        resourceGroupName: args.resourceGroupName,
        location: "Global",
        // Letters and digits only, which Pulumi's own names are not.
        policyName: name.replaceAll(/[^A-Za-z0-9]/g, ""),
        sku: { name: "Premium_AzureFrontDoor" },
        policySettings: {
          enabledState: "Enabled",
          mode: "Prevention",
          requestBodyCheck: "Enabled",
          customBlockResponseStatusCode: 403,
        },
        customRules: {
          rules: config.rateLimits.map(({ name: limit, pathPrefix, requests, minutes }, index) => ({
            name: limit,
            priority: 100 + index,
            enabledState: "Enabled",
            ruleType: "RateLimitRule",
            rateLimitDurationInMinutes: minutes,
            rateLimitThreshold: requests,
            groupBy: [{ variableName: "SocketAddr" }],
            matchConditions: [
              {
                matchVariable: "RequestUri",
                operator: "RegEx",
                // The address as a whole: scheme and host come first.
                matchValue: [`^https?://[^/]+${pathPrefix.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}`],
                // An encoded letter would otherwise lead around the limit.
                transforms: ["UrlDecode", "Lowercase"],
              },
            ],
            action: "Block",
          })),
        },
        managedRules: {
          managedRuleSets: [
            {
              ruleSetType: "Microsoft_DefaultRuleSet",
              ruleSetVersion: config.defaultRules,
              ruleSetAction: "Block",
            },
            { ruleSetType: "Microsoft_BotManagerRuleSet", ruleSetVersion: config.botRules },
          ],
        },
        tags: args.tags,
      },
      { parent: this },
    );

    this.policyId = policy.id;
    this.registerOutputs({ policyId: this.policyId });
  }
}
