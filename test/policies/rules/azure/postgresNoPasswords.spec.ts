import { postgresNoPasswords } from "../../../../policies/rules/azure/postgresNoPasswords";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { postgres, vault, versioned } from "./fixtures";

describeRule(postgresNoPasswords, {
  passes: [{ what: "as it should be", resources: [postgres()] }],
  fails: [
    { what: "passwords work", resources: [postgres({ "authConfig.passwordAuth": "Enabled" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(postgres({ "authConfig.passwordAuth": "Enabled" }))],
    },
    {
      what: "identities do not work",
      resources: [postgres({ "authConfig.activeDirectoryAuth": "Disabled" })],
      message: /activeDirectoryAuth/,
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [
    { what: "not set", resources: [postgres({ "authConfig.passwordAuth": undefined })], expect: "violated" },
    { what: "nothing is set", resources: [postgres({ authConfig: undefined })] },
  ],
  unknown: [{ what: "not known yet", resources: [postgres({ "authConfig.passwordAuth": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [postgres({ "authConfig.passwordAuth": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
