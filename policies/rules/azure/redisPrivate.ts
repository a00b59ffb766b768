import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { is } from "./internal/access";
import { REDIS, REDIS_ENTERPRISE } from "./internal/types";

export const redisPrivate: ResourceRule = {
  id: "azure-redis-private",
  title: "Redis has no public address",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "Sessions are open to whoever has the key.",
  fix: "Set publicNetworkAccess to Disabled with a private endpoint, or a subnetId.",
  scope: "resource",
  types: [REDIS, REDIS_ENTERPRISE],
  check(redis, { report }) {
    if (!is(redis, "publicNetworkAccess", "Disabled") && !redis.has("subnetId")) {
      report("publicNetworkAccess is not Disabled");
    }
  },
};
