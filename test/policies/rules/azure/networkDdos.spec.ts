import { networkDdos } from "../../../../policies/rules/azure/networkDdos";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { network, vault, versioned } from "./fixtures";

describeRule(networkDdos, {
  passes: [{ what: "as it should be", resources: [network()] }],
  fails: [
    { what: "off", resources: [network({ enableDdosProtection: false })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(network({ enableDdosProtection: false }))],
    },
    { what: "no plan", resources: [network({ ddosProtectionPlan: undefined })], message: /ddosProtectionPlan/ },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "not set", resources: [network({ enableDdosProtection: undefined })], expect: "violated" }],
  unknown: [{ what: "not known yet", resources: [network({ enableDdosProtection: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [network({ enableDdosProtection: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
