import type { ResourceRule } from "../../rule";
import { CONTINUITY } from "../support/clauses";
import { POOL } from "./internal/balancing";

export const poolMonitored: ResourceRule = {
  id: "cloudflare-pool-monitored",
  title: "The health of every pool is checked",
  area: "availability",
  severity: "high",
  frameworks: CONTINUITY,
  why: "A pool without a monitor counts as healthy for ever: users are sent to it after it died.",
  fix: "Set monitor, and minimumOrigins to 1 at least.",
  scope: "resource",
  types: [POOL],
  check(pool, { report }) {
    if (!pool.has("monitor") && !pool.has("monitorGroup")) {
      report("monitor is not set");
    }
    if ((pool.number("minimumOrigins") ?? 1) < 1) {
      report("minimumOrigins is 0: the pool is healthy without any origin");
    }
  },
};
