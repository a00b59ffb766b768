import type { ResourceRule } from "../../rule";
import { TRANSIT } from "../support/clauses";
import { is } from "./internal/access";
import { REDIS, REDIS_DATABASE, REDIS_ENTERPRISE } from "./internal/types";

export const redisTls: ResourceRule = {
  id: "azure-redis-tls",
  title: "Redis speaks TLS 1.2 at least, and nothing in clear",
  area: "transit",
  severity: "critical",
  frameworks: TRANSIT,
  why: "Sessions travel in clear: whoever reads one is its user.",
  fix: "Leave enableNonSslPort off, clientProtocol Encrypted, and minimumTlsVersion at 1.2 or above.",
  scope: "resource",
  types: [REDIS, REDIS_ENTERPRISE, REDIS_DATABASE],
  check(redis, { report }) {
    if (redis.flag("enableNonSslPort") === true) {
      report("enableNonSslPort is true");
    }
    if (is(redis, "clientProtocol", "Plaintext")) {
      report("clientProtocol is Plaintext");
    }
    // Azure's own default is 1.2.
    if (!["1.2", "1.3"].includes(redis.text("minimumTlsVersion") ?? "1.2")) {
      report("minimumTlsVersion is below 1.2");
    }
  },
};
