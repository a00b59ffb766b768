import { aksNoLocalAccounts } from "../../../../policies/rules/azure/aksNoLocalAccounts";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { cluster, vault, versioned } from "./fixtures";

describeRule(aksNoLocalAccounts, {
  passes: [{ what: "as it should be", resources: [cluster()] }],
  fails: [
    { what: "local accounts", resources: [cluster({ disableLocalAccounts: false })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(cluster({ disableLocalAccounts: false }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "not set", resources: [cluster({ disableLocalAccounts: undefined })], expect: "violated" }],
  unknown: [{ what: "not known yet", resources: [cluster({ disableLocalAccounts: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [cluster({ disableLocalAccounts: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
