import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { azure } from "./internal/types";

export const aiRegionalDeployment: ResourceRule = {
  id: "azure-ai-regional-deployment",
  title: "Models answer in the region of their account, or in its data zone",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), iso27001("A.5.34"), soc2("CC6.7"), ferpa("99.33"), coppa("312.8(c)")],
  why: "A global deployment sends prompts to any geography that has capacity, whatever the region of the account is.",
  fix: "Use the SKU Standard, ProvisionedManaged, or one of a data zone.",
  scope: "resource",
  types: [azure("cognitiveservices", "Deployment")],
  check(deployment, { report }) {
    const sku = deployment.text("sku.name") ?? "";
    if (!/^(Standard|ProvisionedManaged|Provisioned|DataZone\w*)$/i.test(sku)) {
      report(sku === "" ? "sku.name is not set" : `sku.name is ${sku}, which is not regional`);
    }
  },
};
