import * as consumption from "@pulumi/azure-native/consumption";
import * as pulumi from "@pulumi/pulumi";
import type { AzureObservabilityConfig } from "../../stacks/config/azure/observability";

const TOKEN = "cutover:azure:Budget";

export interface BudgetArgs {
  subscriptionId: string;
  /** What is counted: names of resource groups of the subscription. */
  resourceGroupNames: pulumi.Input<string>[];
  config: AzureObservabilityConfig["budget"];
}

/** What the resource groups may cost in a month, and who hears when it comes near. It stops nothing. */
export class Budget extends pulumi.ComponentResource {
  public readonly budgetName: pulumi.Output<string>;

  constructor(name: string, args: BudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { config } = args;

    const notification = (thresholdType: "Actual" | "Forecasted", threshold: number) => ({
      enabled: true,
      operator: "GreaterThan",
      thresholdType,
      threshold,
      contactEmails: config.emails,
    });
    const budget = new consumption.Budget(
      `${name}-monthly`,
      {
        scope: `/subscriptions/${args.subscriptionId}`,
        filter: { dimensions: { name: "ResourceGroupName", operator: "In", values: args.resourceGroupNames } },
        category: "Cost",
        amount: config.monthlyUsd,
        timeGrain: "Monthly",
        timePeriod: { startDate: `${config.startDate}T00:00:00Z` },
        notifications: Object.fromEntries([
          ...config.actualPercents.map((percent) => [`actual-${percent}`, notification("Actual", percent)] as const),
          [`forecast-${config.forecastPercent}`, notification("Forecasted", config.forecastPercent)] as const,
        ]),
      },
      { parent: this },
    );

    this.budgetName = budget.name;
    this.registerOutputs({ budgetName: this.budgetName });
  }
}
