import { redisNoKeys } from "../../../../policies/rules/azure/redisNoKeys";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { redis, redisDatabase, redisEnterprise, versioned } from "./fixtures";

describeRule(redisNoKeys, {
  passes: [
    { what: "a cache", resources: [redis()] },
    { what: "a database of Redis Enterprise", resources: [redisDatabase()] },
  ],
  fails: [
    { what: "keys work", resources: [redis({ disableAccessKeyAuthentication: false })] },
    { what: "keys of a database work", resources: [redisDatabase({ accessKeysAuthentication: "Enabled" })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(redis({ disableAccessKeyAuthentication: false }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [
    { what: "a cache", resources: [redis({ disableAccessKeyAuthentication: undefined })] },
    { what: "a database", resources: [redisDatabase({ accessKeysAuthentication: undefined })] },
  ],
  unknown: [{ what: "not known yet", resources: [redis({ disableAccessKeyAuthentication: unknown })] }],
  secret: [
    {
      what: "a secret is read",
      resources: [redis({ disableAccessKeyAuthentication: secret(false) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a cluster of Redis Enterprise", resources: [redisEnterprise()] }],
});
