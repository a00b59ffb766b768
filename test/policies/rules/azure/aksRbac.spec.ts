import { aksRbac } from "../../../../policies/rules/azure/aksRbac";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { cluster, vault, versioned } from "./fixtures";

describeRule(aksRbac, {
  passes: [{ what: "as it should be", resources: [cluster()] }],
  fails: [
    { what: "no identities", resources: [cluster({ "aadProfile.managed": false })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(cluster({ "aadProfile.managed": false }))],
    },
    { what: "no roles", resources: [cluster({ enableRBAC: false })], message: /enableRBAC/ },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [
    { what: "not set", resources: [cluster({ "aadProfile.managed": undefined })], expect: "violated" },
    { what: "roles are on by default", resources: [cluster({ enableRBAC: undefined })], expect: "passed" },
  ],
  unknown: [{ what: "not known yet", resources: [cluster({ "aadProfile.managed": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [cluster({ "aadProfile.managed": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
