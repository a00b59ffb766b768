import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { CACHE } from "../support/types";

export const elasticacheMultiAz: ResourceRule = {
  id: "elasticache-multi-az",
  title: "A cache survives the loss of a zone",
  area: "availability",
  severity: "high",
  frameworks: [gdpr("32(1)(b)"), soc2("A1.2"), iso27001("A.8.14"), iso27001("A.5.30")],
  why: "With the only node every session is gone, and every pupil logged out.",
  fix: "Set automaticFailoverEnabled and multiAzEnabled to true, with two nodes at least.",
  scope: "resource",
  types: [CACHE],
  check(cache, { report }) {
    const off = ["automaticFailoverEnabled", "multiAzEnabled"].filter((flag) => cache.flag(flag) !== true);
    if (off.length > 0) {
      report(`${off.join(" and ")} is not true`);
    }
    const shards = cache.number("numNodeGroups") ?? 1;
    const nodes = cache.number("numCacheClusters") ?? shards * (1 + (cache.number("replicasPerNodeGroup") ?? 0));
    if (nodes < 2 * shards) {
      report(`it has ${nodes} node${nodes === 1 ? "" : "s"} for ${shards} shard${shards === 1 ? "" : "s"}`);
    }
  },
};
