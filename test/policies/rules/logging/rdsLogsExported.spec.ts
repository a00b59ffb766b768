import { rdsLogsExported } from "../../../../policies/rules/logging/rdsLogsExported";
import { DATABASE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";

describeRule(
  rdsLogsExported,
  valuesOf({ type: DATABASE, path: "enabledCloudwatchLogsExports", good: [["postgresql"]], bad: [[]] }),
);
