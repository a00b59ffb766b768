import * as budgets from "@pulumi/aws/budgets";
import * as costexplorer from "@pulumi/aws/costexplorer";
import * as pulumi from "@pulumi/pulumi";
import type { AccountConfig } from "../../stacks/config/account";

const TOKEN = "cutover:aws:Budget";

export interface BudgetArgs {
  config: AccountConfig["budget"];
  tags: Record<string, string>;
}

/**
 * What the account may cost. Creates the monthly budget with its alerts, and a monitor of unexpected cost per service.
 * An account has one such monitor; a new account may have it already (`Default-Services-Monitor`): import it then.
 */
export class Budget extends pulumi.ComponentResource {
  public readonly budgetName: pulumi.Output<string>;

  constructor(name: string, args: BudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { config, tags } = args;

    const alerts = (notificationType: "ACTUAL" | "FORECASTED", percents: readonly number[]) =>
      percents.map((threshold) => ({
        notificationType,
        comparisonOperator: "GREATER_THAN",
        threshold,
        thresholdType: "PERCENTAGE",
        subscriberEmailAddresses: config.emails,
      }));
    const budget = new budgets.Budget(
      `${name}-monthly`,
      {
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(config.monthlyUsd),
        limitUnit: "USD",
        notifications: [...alerts("ACTUAL", config.actualPercents), ...alerts("FORECASTED", config.forecastPercents)],
        tags,
      },
      { parent: this },
    );
    const monitor = new costexplorer.AnomalyMonitor(
      `${name}-services`,
      { monitorType: "DIMENSIONAL", monitorDimension: "SERVICE", tags },
      { parent: this },
    );
    new costexplorer.AnomalySubscription(
      `${name}-anomalies`,
      {
        // Mail goes out daily; only topics hear at once.
        frequency: "DAILY",
        monitorArnLists: [monitor.arn],
        subscribers: config.emails.map((address) => ({ type: "EMAIL", address })),
        thresholdExpression: {
          dimension: {
            key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
            matchOptions: ["GREATER_THAN_OR_EQUAL"],
            values: [String(config.anomalyUsd)],
          },
        },
        tags,
      },
      { parent: this },
    );

    this.budgetName = budget.name;
    this.registerOutputs({ budgetName: this.budgetName });
  }
}
