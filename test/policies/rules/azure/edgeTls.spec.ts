import { edgeTls } from "../../../../policies/rules/azure/edgeTls";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { edgeDomain, vault, versioned } from "./fixtures";

describeRule(edgeTls, {
  passes: [
    { what: "as it should be", resources: [edgeDomain()] },
    { what: "version 1.3", resources: [edgeDomain({ "tlsSettings.minimumTlsVersion": "TLS13" })] },
  ],
  fails: [
    { what: "version 1.0", resources: [edgeDomain({ "tlsSettings.minimumTlsVersion": "TLS10" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(edgeDomain({ "tlsSettings.minimumTlsVersion": "TLS10" }))],
    },
  ],
  boundary: [
    { what: "version 1.2", resources: [edgeDomain({ "tlsSettings.minimumTlsVersion": "TLS12" })], expect: "passed" },
    { what: "version 1.1", resources: [edgeDomain({ "tlsSettings.minimumTlsVersion": "TLS11" })], expect: "violated" },
  ],
  absent: [
    { what: "not set", resources: [edgeDomain({ "tlsSettings.minimumTlsVersion": undefined })], expect: "violated" },
  ],
  unknown: [{ what: "not known yet", resources: [edgeDomain({ "tlsSettings.minimumTlsVersion": unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [edgeDomain({ "tlsSettings.minimumTlsVersion": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
