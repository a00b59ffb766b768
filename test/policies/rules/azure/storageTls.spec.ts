import { storageTls } from "../../../../policies/rules/azure/storageTls";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { storage, vault, versioned } from "./fixtures";

describeRule(storageTls, {
  passes: [{ what: "as it should be", resources: [storage()] }],
  fails: [
    { what: "version 1.0", resources: [storage({ minimumTlsVersion: "TLS1_0" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(storage({ minimumTlsVersion: "TLS1_0" }))],
    },
    { what: "in clear", resources: [storage({ enableHttpsTrafficOnly: false })], message: /enableHttpsTrafficOnly/ },
  ],
  boundary: [
    { what: "version 1.1", resources: [storage({ minimumTlsVersion: "TLS1_1" })], expect: "violated" },
    { what: "version 1.2", resources: [storage({ minimumTlsVersion: "TLS1_2" })], expect: "passed" },
    { what: "version 1.3", resources: [storage({ minimumTlsVersion: "TLS1_3" })], expect: "passed" },
  ],
  absent: [
    { what: "not set", resources: [storage({ minimumTlsVersion: undefined })], expect: "violated" },
    { what: "HTTPS is the default", resources: [storage({ enableHttpsTrafficOnly: undefined })], expect: "passed" },
  ],
  unknown: [{ what: "not known yet", resources: [storage({ minimumTlsVersion: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [storage({ minimumTlsVersion: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
