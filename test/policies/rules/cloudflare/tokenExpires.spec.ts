import { tokenExpires } from "../../../../policies/rules/cloudflare/tokenExpires";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { apiToken, zone } from "./fixtures";

describeRule(tokenExpires, {
  passes: [{ what: "a day", resources: [apiToken()] }],
  fails: [
    {
      what: "a token of an account",
      resources: [{ ...apiToken({ expiresOn: undefined }), type: "cloudflare:index/accountToken:AccountToken" }],
    },
  ],
  boundary: { none: "a token expires or not" },
  absent: [{ what: "never", resources: [apiToken({ expiresOn: undefined })] }],
  unknown: [{ what: "a day that is not known yet", resources: [apiToken({ expiresOn: unknown })] }],
  secret: [{ what: "a secret is a day, too", resources: [apiToken({ expiresOn: secret(HIDDEN) })], expect: "passed" }],
  notApplicable: [{ what: "another type", resources: [zone()] }],
});
