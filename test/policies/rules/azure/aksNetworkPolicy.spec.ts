import { aksNetworkPolicy } from "../../../../policies/rules/azure/aksNetworkPolicy";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { cluster, vault, versioned } from "./fixtures";

describeRule(aksNetworkPolicy, {
  passes: [
    { what: "as it should be", resources: [cluster()] },
    { what: "azure", resources: [cluster({ "networkProfile.networkPolicy": "azure" })] },
    { what: "calico", resources: [cluster({ "networkProfile.networkPolicy": "calico" })] },
  ],
  fails: [
    { what: "none", resources: [cluster({ "networkProfile.networkPolicy": "none" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(cluster({ "networkProfile.networkPolicy": "none" }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [
    { what: "not set", resources: [cluster({ "networkProfile.networkPolicy": undefined })], expect: "violated" },
  ],
  unknown: [{ what: "not known yet", resources: [cluster({ "networkProfile.networkPolicy": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [cluster({ "networkProfile.networkPolicy": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
