import { postgresPrivate } from "../../../../policies/rules/azure/postgresPrivate";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { postgres, vault, versioned } from "./fixtures";

describeRule(postgresPrivate, {
  passes: [
    { what: "a subnet", resources: [postgres()] },
    { what: "a private endpoint", resources: [postgres({ network: { publicNetworkAccess: "Disabled" } })] },
  ],
  fails: [
    { what: "a public address", resources: [postgres({ network: { publicNetworkAccess: "Enabled" } })] },
    { what: "a version of the API that the program names", resources: [versioned(postgres({ network: {} }))] },
  ],
  boundary: [
    {
      what: "in small letters",
      resources: [postgres({ network: { publicNetworkAccess: "disabled" } })],
      expect: "passed",
    },
  ],
  absent: [{ what: "Azure's own default is public", resources: [postgres({ network: undefined })] }],
  unknown: [{ what: "not known yet", resources: [postgres({ network: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [postgres({ network: { publicNetworkAccess: secret(HIDDEN) } })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
