import { aiRegionalDeployment } from "../../../../policies/rules/azure/aiRegionalDeployment";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { aiDeployment, vault, versioned } from "./fixtures";

describeRule(aiRegionalDeployment, {
  passes: [
    { what: "as it should be", resources: [aiDeployment()] },
    { what: "ProvisionedManaged", resources: [aiDeployment({ "sku.name": "ProvisionedManaged" })] },
    { what: "DataZoneStandard", resources: [aiDeployment({ "sku.name": "DataZoneStandard" })] },
    { what: "DataZoneBatch", resources: [aiDeployment({ "sku.name": "DataZoneBatch" })] },
  ],
  fails: [
    { what: "global", resources: [aiDeployment({ "sku.name": "GlobalStandard" })] },
    { what: "global, reserved", resources: [aiDeployment({ "sku.name": "GlobalProvisionedManaged" })] },
    { what: "global, in batches", resources: [aiDeployment({ "sku.name": "GlobalBatch" })] },
    { what: "for developers", resources: [aiDeployment({ "sku.name": "DeveloperTier" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(aiDeployment({ "sku.name": "GlobalStandard" }))],
    },
  ],
  boundary: [
    { what: "in small letters", resources: [aiDeployment({ "sku.name": "standard" })], expect: "passed" },
    {
      what: "a name that only begins like it",
      resources: [aiDeployment({ "sku.name": "StandardGlobal" })],
      expect: "violated",
    },
  ],
  absent: [
    { what: "not set", resources: [aiDeployment({ "sku.name": undefined })], expect: "violated" },
    { what: "no SKU at all", resources: [aiDeployment({ sku: undefined })], message: /not set/ },
  ],
  unknown: [{ what: "not known yet", resources: [aiDeployment({ "sku.name": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [aiDeployment({ "sku.name": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
