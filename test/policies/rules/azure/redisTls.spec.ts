import { redisTls } from "../../../../policies/rules/azure/redisTls";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { redis, redisDatabase, redisEnterprise, vault, versioned } from "./fixtures";

describeRule(redisTls, {
  passes: [
    { what: "a cache", resources: [redis()] },
    { what: "a cluster of Redis Enterprise", resources: [redisEnterprise()] },
    { what: "a database of it", resources: [redisDatabase()] },
  ],
  fails: [
    { what: "a port in clear", resources: [redis({ enableNonSslPort: true })], message: /enableNonSslPort/ },
    {
      what: "a database in clear",
      resources: [redisDatabase({ clientProtocol: "Plaintext" })],
      message: /clientProtocol/,
    },
    { what: "a cluster of old", resources: [redisEnterprise({ minimumTlsVersion: "1.0" })] },
    {
      what: "the type of old",
      resources: [{ ...redis({ enableNonSslPort: true }), type: "azure-native:cache:Redis" }],
    },
    { what: "a version of the API that the program names", resources: [versioned(redis({ enableNonSslPort: true }))] },
  ],
  boundary: [
    { what: "version 1.1", resources: [redis({ minimumTlsVersion: "1.1" })], expect: "violated" },
    { what: "version 1.2", resources: [redis({ minimumTlsVersion: "1.2" })], expect: "passed" },
  ],
  absent: [
    {
      what: "Azure's own defaults are good",
      resources: [redis({ enableNonSslPort: undefined, minimumTlsVersion: undefined })],
      expect: "passed",
    },
  ],
  unknown: [{ what: "not known yet", resources: [redis({ minimumTlsVersion: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [redis({ minimumTlsVersion: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
