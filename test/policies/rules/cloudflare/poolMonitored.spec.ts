import { poolMonitored } from "../../../../policies/rules/cloudflare/poolMonitored";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { pool, zone } from "./fixtures";

describeRule(poolMonitored, {
  passes: [
    { what: "a monitor", resources: [pool("eu-west-1")] },
    { what: "a group of monitors", resources: [pool("eu-west-1", { monitor: undefined, monitorGroup: "group" })] },
  ],
  fails: [
    {
      what: "healthy without origins",
      resources: [pool("eu-west-1", { minimumOrigins: 0 })],
      message: /minimumOrigins/,
    },
  ],
  boundary: [{ what: "one origin", resources: [pool("eu-west-1", { minimumOrigins: 1 })], expect: "passed" }],
  absent: [
    { what: "no monitor", resources: [pool("eu-west-1", { monitor: undefined })] },
    {
      what: "one origin is the default",
      resources: [pool("eu-west-1", { minimumOrigins: undefined })],
      expect: "passed",
    },
  ],
  unknown: [{ what: "a monitor that is not known yet", resources: [pool("eu-west-1", { monitor: unknown })] }],
  secret: [
    { what: "a secret is read", resources: [pool("eu-west-1", { minimumOrigins: secret(0) })], expect: "violated" },
  ],
  notApplicable: [{ what: "another type", resources: [zone()] }],
});
