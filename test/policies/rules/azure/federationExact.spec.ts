import { federationExact } from "../../../../policies/rules/azure/federationExact";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { credential, vault, versioned } from "./fixtures";

describeRule(federationExact, {
  passes: [{ what: "as it should be", resources: [credential()] }],
  fails: [
    { what: "any account", resources: [credential({ subject: "system:serviceaccount:school-blue:*" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(credential({ subject: "system:serviceaccount:school-blue:*" }))],
    },
    { what: "an issuer in clear", resources: [credential({ issuer: "http://example.com" })], message: /issuer/ },
    { what: "another audience", resources: [credential({ audiences: ["sts.amazonaws.com"] })], message: /audiences/ },
    { what: "two audiences", resources: [credential({ "audiences[1]": "sts.amazonaws.com" })] },
  ],
  boundary: [{ what: "an empty subject", resources: [credential({ subject: "" })], expect: "violated" }],
  absent: [
    { what: "not set", resources: [credential({ subject: undefined })], expect: "violated" },
    { what: "no audience", resources: [credential({ audiences: undefined })] },
    { what: "no issuer", resources: [credential({ issuer: undefined })] },
  ],
  unknown: [{ what: "not known yet", resources: [credential({ subject: unknown })] }],
  secret: [
    { what: "a secret is read, and not quoted", resources: [credential({ subject: secret("*") })], expect: "violated" },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
