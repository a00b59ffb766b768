import type { ResourceRule } from "../../rule";
import { IDENTITY } from "../support/clauses";
import { is } from "./internal/access";
import { REDIS, REDIS_DATABASE } from "./internal/types";

export const redisNoKeys: ResourceRule = {
  id: "azure-redis-no-keys",
  title: "Redis is entered with an identity, not with a key",
  area: "identity",
  severity: "high",
  frameworks: IDENTITY,
  why: "A key works for everybody who has it, for everything, and nobody sees who used it.",
  fix: "Set disableAccessKeyAuthentication to true; for Redis Enterprise accessKeysAuthentication of the database to Disabled.",
  scope: "resource",
  types: [REDIS, REDIS_DATABASE],
  check(redis, { report }) {
    if (redis.flag("disableAccessKeyAuthentication") !== true && !is(redis, "accessKeysAuthentication", "Disabled")) {
      report("access keys are not switched off");
    }
  },
};
