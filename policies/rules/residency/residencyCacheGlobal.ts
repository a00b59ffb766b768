import { ferpa, gdpr, iso27001 } from "../../frameworks";
import { regionOf } from "../../regions";
import type { GraphRule } from "../../rule";
import { reportTransfer } from "../support/transfer";
import { CACHE } from "../support/types";

const GLOBAL = "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup";

export const residencyCacheGlobal: GraphRule = {
  id: "residency-cache-global",
  title: "A global datastore stays in one jurisdiction",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), gdpr("5(1)(f)"), ferpa("99.31(a)(1)(i)(B)"), iso27001("A.5.34"), iso27001("A.5.23")],
  why: "Sessions of pupils are copied to every member, within a second.",
  fix: "Make one datastore for each jurisdiction.",
  scope: "stack",
  types: [CACHE],
  settings: ["jurisdictions"],
  applies: (cache) => cache.isUnknown("globalReplicationGroupId") || cache.has("globalReplicationGroupId"),
  check(cache, { report, graph, settings, each }) {
    each(graph.targets(cache, "globalReplicationGroupId", GLOBAL), (global) => {
      const primary = graph.targets(global, "primaryReplicationGroupId", CACHE)[0] ?? global;
      reportTransfer(regionOf(primary), regionOf(cache), settings, report);
    });
  },
};
