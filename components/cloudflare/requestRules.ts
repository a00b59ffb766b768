import { Ruleset } from "@pulumi/cloudflare/ruleset";
import * as pulumi from "@pulumi/pulumi";
import { COLOR_HEADER, JURISDICTION_HEADER, ORIGIN_HEADER, TOKEN_HEADER } from "../internal/headers";
import { hostCondition, jurisdictionCondition, type Steering } from "./steering";

const TOKEN = "cutover:cloudflare:RequestRules";

export interface RequestRulesArgs {
  zoneId: pulumi.Input<string>;
  /** Host names of the application. */
  hosts: readonly string[];
  steering: readonly Steering[];
  /** What proves to the load balancers that a request came through the edge. Secret. */
  originSecret: pulumi.Input<string>;
  /** What proves that a request comes from a tester. Secret. */
  testerToken: pulumi.Input<string>;
}

/**
 * What the edge does to every request for the application: it stores no answer, and it decides on the headers that
 * the load balancers trust.
 *
 * - `x-cutover-color` is removed unless the request carries the tester's token;
 * - `x-cutover-token` is always removed: it ends at the edge;
 * - `x-origin-verify` and `x-cutover-jurisdiction` are always set, over whatever the request carried.
 *
 * All rules of a phase see the request as it was before the phase, so no rule depends on what another removed.
 */
export class RequestRules extends pulumi.ComponentResource {
  public readonly cacheRulesetId: pulumi.Output<string>;
  public readonly headerRulesetId: pulumi.Output<string>;

  constructor(name: string, args: RequestRulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const onApp = hostCondition(args.hosts);

    const cache = new Ruleset(
      `${name}-cache`,
      {
        zoneId: args.zoneId,
        kind: "zone",
        name: "Cache",
        phase: "http_request_cache_settings",
        rules: [
          {
            ref: "app-never-stored",
            description: "Answers of the application are dynamic or of one user: never stored.",
            action: "set_cache_settings",
            expression: onApp,
            enabled: true,
            actionParameters: { cache: false },
          },
        ],
      },
      { parent: this },
    );
    const headers = new Ruleset(
      `${name}-headers`,
      {
        zoneId: args.zoneId,
        kind: "zone",
        name: "Request headers",
        phase: "http_request_late_transform",
        rules: [
          {
            ref: "color-only-for-testers",
            description: "Only testers choose a color.",
            action: "rewrite",
            expression: pulumi.secret(
              pulumi.interpolate`${onApp} and not any(http.request.headers["${TOKEN_HEADER}"][*] eq "${args.testerToken}")`,
            ),
            enabled: true,
            actionParameters: { headers: { [COLOR_HEADER]: { operation: "remove" } } },
          },
          {
            ref: "from-the-edge",
            description: "Proves to the load balancers that the request came through the edge.",
            action: "rewrite",
            expression: onApp,
            enabled: true,
            actionParameters: {
              headers: {
                [TOKEN_HEADER]: { operation: "remove" },
                [ORIGIN_HEADER]: { operation: "set", value: pulumi.secret(args.originSecret) },
              },
            },
          },
          ...args.steering.map((steering) => ({
            ref: `jurisdiction-${steering.jurisdiction.toLowerCase()}`,
            description: `Users of ${steering.jurisdiction}, by country.`,
            action: "rewrite",
            expression: `${onApp} and ${jurisdictionCondition(steering, args.steering)}`,
            enabled: true,
            actionParameters: {
              headers: { [JURISDICTION_HEADER]: { operation: "set", value: steering.jurisdiction } },
            },
          })),
        ],
      },
      { parent: this, additionalSecretOutputs: ["rules"] },
    );

    this.cacheRulesetId = cache.id;
    this.headerRulesetId = headers.id;
    this.registerOutputs({ cacheRulesetId: this.cacheRulesetId, headerRulesetId: this.headerRulesetId });
  }
}
