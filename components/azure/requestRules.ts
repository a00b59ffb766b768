import * as cdn from "@pulumi/azure-native/cdn";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../internal/after";
import { COLOR_HEADER, TOKEN_HEADER } from "../internal/headers";

const TOKEN = "cutover:azure:RequestRules";

export interface RequestRulesArgs {
  resourceGroupName: pulumi.Input<string>;
  profileName: pulumi.Input<string>;
  /** What proves that a request comes from a tester. Secret. */
  testerToken: pulumi.Input<string>;
}

/**
 * What Front Door does to the headers of every request that the cluster's gateway trusts:
 *
 * - `x-cutover-color` is removed unless the request carries the tester's token;
 * - `x-cutover-token` is always removed, after that: it ends at the edge.
 *
 * Rules are looked at one after the other. A request without a token has a rule of its own, so that nothing depends on what
 * "not equal" means for a header that is not there.
 *
 * @see https://learn.microsoft.com/azure/frontdoor/rules-match-conditions
 */
export class RequestRules extends pulumi.ComponentResource {
  /** Id of the rule set, known once its rules are there: a route that is told it passes no request before. */
  public readonly ruleSetId: pulumi.Output<string>;

  public constructor(name: string, args: RequestRulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { resourceGroupName, profileName } = args;
    const ruleSet = new cdn.RuleSet(
      `${name}-set`,
      // Letters and digits only, which Pulumi's own names are not.
      { resourceGroupName, profileName, ruleSetName: "headers" },
      { parent: this },
    );
    const rules: cdn.Rule[] = [];
    const remove = (ruleName: string, headerName: string, conditions: Condition[]) => {
      const rule = new cdn.Rule(
        `${name}-${ruleName}`,
        {
          resourceGroupName,
          profileName,
          ruleSetName: ruleSet.name,
          ruleName,
          order: rules.length + 1,
          conditions,
          actions: [
            {
              name: "ModifyRequestHeader",
              parameters: { typeName: "DeliveryRuleHeaderActionParameters", headerAction: "Delete", headerName },
            },
          ],
          matchProcessingBehavior: "Continue",
        },
        // A rule set takes one change at a time.
        { parent: this, dependsOn: rules.slice(-1), additionalSecretOutputs: ["conditions"] },
      );
      rules.push(rule);
    };
    remove("colorWithoutToken", COLOR_HEADER, [token({ operator: "Any", negateCondition: true })]);
    remove("colorWithWrongToken", COLOR_HEADER, [
      token({ operator: "Equal", negateCondition: true, matchValues: [pulumi.secret(args.testerToken)] }),
    ]);
    remove("token", TOKEN_HEADER, []);
    this.ruleSetId = after(ruleSet.id, ...rules.map(({ id }) => id));
    this.registerOutputs({ ruleSetId: this.ruleSetId });
  }
}

type Condition = ReturnType<typeof token>;

/** A condition on the token's header. */
function token(test: { operator: "Any" | "Equal"; negateCondition: boolean; matchValues?: pulumi.Input<string>[] }) {
  return {
    name: "RequestHeader" as const,
    parameters: {
      typeName: "DeliveryRuleRequestHeaderConditionParameters" as const,
      selector: TOKEN_HEADER,
      transforms: [],
      matchValues: [],
      ...test,
    },
  };
}
