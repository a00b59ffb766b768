import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { GraphRule } from "../../rule";
import { AI_ACCOUNT, azure, CLUSTER, EDGE, POSTGRES, REDIS, VAULT } from "./internal/types";

const DESTINATIONS = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId"];

export const diagnostics: GraphRule = {
  id: "azure-diagnostics",
  title: "Services that hold or guard data write down who used them",
  area: "logging",
  severity: "high",
  frameworks: [ferpa("99.32"), gdpr("33"), soc2("CC7.2"), iso27001("A.8.15"), coppa("312.8(b)")],
  why: "A disclosure that nobody wrote down can neither be found nor reported.",
  fix: "Add a monitor.DiagnosticSetting with its resourceUri, enabled logs, and a workspace, storage account or event hub.",
  scope: "stack",
  types: [AI_ACCOUNT, CLUSTER, VAULT, POSTGRES, REDIS, EDGE],
  check(resource, { graph, report }) {
    const settings = graph.referrers(resource, azure("monitor|insights", "DiagnosticSetting"), "resourceUri");
    const writes = settings.some(
      (setting) =>
        setting.list("logs").some((log) => log.flag("enabled") === true) &&
        DESTINATIONS.some((destination) => setting.isUnknown(destination) || setting.has(destination)),
    );
    if (!writes) {
      report("no diagnostic setting writes its logs anywhere");
    }
  },
};
