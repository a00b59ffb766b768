import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { Node } from "../../node";
import type { SupportTable } from "../../data/versions";
import { SUPPORT, supportOf } from "../../data/versions";
import type { ResourceRule } from "../../rule";
import { CACHE } from "../support/types";

function tableOf(cache: Node): SupportTable {
  return cache.text("engine") === "valkey" ? SUPPORT.valkey : SUPPORT.redis;
}

export const elasticacheSupportedVersion: ResourceRule = {
  id: "elasticache-supported-version",
  title: "A cache's version is in support",
  area: "versions",
  severity: "high",
  frameworks: [soc2("CC7.1"), gdpr("32(1)(b)"), coppa("312.8(a)"), iso27001("A.8.8")],
  why: "Out of support there are no fixes of holes; the cloud upgrades by force, at its own time, or charges several times the price.",
  fix: "Upgrade; Valkey is what ElastiCache goes on with.",
  scope: "resource",
  types: [CACHE],
  check(cache, { report, today }) {
    const version = cache.text("engineVersion");
    if (version === undefined) {
      report("engineVersion is not set: it is whatever is new on the day of creation");
      return;
    }
    const support = supportOf(tableOf(cache), version, today);
    if (support?.state === "ended") {
      report(
        `support of ${tableOf(cache).product} ${version} ended${support.until === undefined ? "" : ` on ${support.until}`}`,
      );
    }
  },
};
