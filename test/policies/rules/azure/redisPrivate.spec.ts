import { redisPrivate } from "../../../../policies/rules/azure/redisPrivate";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { redis, redisDatabase, redisEnterprise, versioned } from "./fixtures";

describeRule(redisPrivate, {
  passes: [
    { what: "not on the internet", resources: [redis()] },
    {
      what: "in a subnet",
      resources: [redis({ publicNetworkAccess: undefined, subnetId: "/subscriptions/s/subnet" })],
    },
    { what: "Redis Enterprise", resources: [redisEnterprise()] },
  ],
  fails: [
    { what: "on the internet", resources: [redis({ publicNetworkAccess: "Enabled" })] },
    { what: "Redis Enterprise", resources: [redisEnterprise({ publicNetworkAccess: "Enabled" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(redis({ publicNetworkAccess: "Enabled" }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "Azure's own default is public", resources: [redis({ publicNetworkAccess: undefined })] }],
  unknown: [{ what: "not known yet", resources: [redis({ publicNetworkAccess: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [redis({ publicNetworkAccess: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a database of Redis Enterprise", resources: [redisDatabase()] }],
});
