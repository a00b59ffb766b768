import { monitorHttps } from "../../../../policies/rules/cloudflare/monitorHttps";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { monitor, zone } from "./fixtures";

describeRule(monitorHttps, {
  passes: [{ what: "HTTPS", resources: [monitor()] }],
  fails: [
    { what: "HTTP", resources: [monitor({ type: "http" })] },
    { what: "only a connection", resources: [monitor({ type: "tcp" })] },
    { what: "any certificate", resources: [monitor({ allowInsecure: true })], message: /allowInsecure/ },
  ],
  boundary: { none: "a type has no limit" },
  absent: [
    { what: "Cloudflare's own default is HTTP", resources: [monitor({ type: undefined })] },
    {
      what: "certificates are verified by default",
      resources: [monitor({ allowInsecure: undefined })],
      expect: "passed",
    },
  ],
  unknown: [{ what: "a type that is not known yet", resources: [monitor({ type: unknown })] }],
  secret: [
    { what: "a secret is read, and not quoted", resources: [monitor({ type: secret(HIDDEN) })], expect: "violated" },
  ],
  notApplicable: [{ what: "another type", resources: [zone()] }],
});
