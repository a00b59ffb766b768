import { monitorTime } from "../../../../policies/rules/cloudflare/monitorTime";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { monitor, zone } from "./fixtures";

describeRule(monitorTime, {
  passes: [{ what: "35 s of 60", resources: [monitor()] }],
  fails: [{ what: "every minute", resources: [monitor({ interval: 60 })], message: /185 s, and 60 s/ }],
  boundary: [
    {
      what: "as many seconds as are promised",
      resources: [monitor()],
      settings: { recoverySeconds: 35 },
      expect: "passed",
    },
    {
      what: "one second less is promised",
      resources: [monitor()],
      settings: { recoverySeconds: 34 },
      expect: "violated",
    },
    { what: "each attempt waits", resources: [monitor({ retries: 6 })], expect: "violated" },
    { what: "no failure counts as one", resources: [monitor({ consecutiveDown: 0, interval: 55 })], expect: "passed" },
  ],
  absent: [
    {
      what: "Cloudflare's own defaults",
      resources: [monitor({ interval: undefined, retries: undefined, timeout: undefined, consecutiveDown: undefined })],
    },
  ],
  unknown: [{ what: "an interval that is not known yet", resources: [monitor({ interval: unknown })] }],
  secret: [{ what: "a secret is read", resources: [monitor({ interval: secret(60) })], expect: "violated" }],
  notApplicable: [{ what: "another type", resources: [zone()] }],
});
