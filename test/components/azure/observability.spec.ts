import assert from "node:assert/strict";
import { ActionGroups } from "../../../components/azure/actionGroups";
import { Budget } from "../../../components/azure/budget";
import { Logs } from "../../../components/azure/logs";
import { azureConfig } from "../../support/azureConfig";
import { answers, place, unprotected } from "../../support/azurePlace";
import { all, find, misplaced, record } from "../../support/recorder";

const config = azureConfig().observability;

describe("the workspace of the logs", () => {
  it("keeps them for their time, knows no keys, and cannot be deleted", async () => {
    const { resources, value } = await record(
      () => new Logs("logs", { ...place, retentionDays: 365 }).workspaceId,
      answers,
    );
    const { inputs } = find(resources, "azure-native:operationalinsights:Workspace");
    assert.deepEqual([inputs["retentionInDays"], inputs["features"].disableLocalAuth], [365, true]);
    const lock = find(resources, "azure-native:authorization:ManagementLockByScope").inputs;
    assert.deepEqual([lock["scope"], lock["level"]], [value, "CanNotDelete"]);
    assert.deepEqual(unprotected(resources, "azure-native:operationalinsights:Workspace"), []);
    assert.deepEqual(misplaced(resources), []);
  });
});

describe("who hears of alerts", () => {
  it("is told by mail, in three groups, and at once of a sign of a breach", async () => {
    const { resources } = await record(
      () =>
        new ActionGroups("alerts", { resourceGroupName: "school", subscriptionId: "subscription", tags: {}, config })
          .listeners,
      answers,
    );
    assert.deepEqual(
      all(resources, "azure-native:monitor:ActionGroup").map(({ inputs }) => [
        inputs["groupShortName"],
        inputs["emailReceivers"][0].emailAddress,
      ]),
      [
        ["critical", "oncall@school.example"],
        ["warning", "devops@school.example"],
        ["info", "devops@school.example"],
      ],
    );
    const breach = find(resources, "azure-native:monitor:ActivityLogAlert").inputs;
    assert.deepEqual(breach["condition"].allOf, [{ field: "category", equals: "Security" }]);
    assert.deepEqual(breach["actions"].actionGroups, [{ actionGroupId: "alerts-critical-id" }]);
    assert.deepEqual(misplaced(resources), []);
  });
});

describe("the budget", () => {
  it("tells at each percentage of the cost so far, and of the forecast", async () => {
    const { resources } = await record(
      () =>
        new Budget("budget", {
          subscriptionId: "subscription",
          resourceGroupNames: ["school", "MC_school"],
          config: config.budget,
        }).budgetName,
      answers,
    );
    const { inputs } = find(resources, "azure-native:consumption:Budget");
    assert.deepEqual(
      [inputs["scope"], inputs["amount"], inputs["timeGrain"]],
      ["/subscriptions/subscription", 25_000, "Monthly"],
    );
    assert.deepEqual(inputs["filter"].dimensions, {
      name: "ResourceGroupName",
      operator: "In",
      values: ["school", "MC_school"],
    });
    assert.deepEqual(Object.keys(inputs["notifications"]).sort(), [
      "actual-100",
      "actual-50",
      "actual-80",
      "forecast-100",
    ]);
    assert.equal(inputs["notifications"]["forecast-100"].thresholdType, "Forecasted");
    assert.deepEqual(misplaced(resources), []);
  });
});
