import { edgePremium } from "../../../../policies/rules/azure/edgePremium";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { edgeProfile, vault, versioned } from "./fixtures";

describeRule(edgePremium, {
  passes: [{ what: "as it should be", resources: [edgeProfile()] }],
  fails: [
    { what: "the standard tier", resources: [edgeProfile({ "sku.name": "Standard_AzureFrontDoor" })] },
    { what: "the CDN of old", resources: [edgeProfile({ "sku.name": "Standard_Microsoft" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(edgeProfile({ "sku.name": "Standard_AzureFrontDoor" }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "not set", resources: [edgeProfile({ "sku.name": undefined })], expect: "violated" }],
  unknown: [{ what: "not known yet", resources: [edgeProfile({ "sku.name": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [edgeProfile({ "sku.name": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
