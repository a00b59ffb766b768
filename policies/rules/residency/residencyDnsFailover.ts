import { ferpa, gdpr, iso27001 } from "../../frameworks";
import type { Node } from "../../node";
import type { GraphRule } from "../../rule";
import { reportTransfer } from "../support/transfer";
import { RECORD } from "../support/types";

/** Failover, latency and weighted records are answered with each other's targets when one is unhealthy. */
function isFailover(record: Node): boolean {
  return ["failoverRoutingPolicies", "latencyRoutingPolicies", "weightedRoutingPolicies"].some(
    (path) => record.list(path).length > 0,
  );
}

/** The region in the address of a target: `name-1.eu-west-1.elb.amazonaws.com`; else the one that latency is measured to. */
function recordRegion(record: Node): string | undefined {
  const addresses = [...record.texts("aliases[*].name"), ...record.texts("records")];
  const [found] = addresses.flatMap((address) => /\.([a-z]{2}(?:-gov)?-[a-z]+-\d)\./.exec(`.${address}`)?.[1] ?? []);
  return found ?? record.texts("latencyRoutingPolicies[*].region")[0];
}

function same(one: Node, other: Node, path: string): boolean {
  return one.text(path) === other.text(path);
}

export const residencyDnsFailover: GraphRule = {
  id: "residency-dns-failover",
  title: "A name fails over inside its jurisdiction",
  area: "residency",
  severity: "critical",
  frameworks: [gdpr("44"), gdpr("5(1)(f)"), ferpa("99.31(a)(1)(i)(B)"), iso27001("A.5.34"), iso27001("A.5.23")],
  why: "When a region fails, its users, and what they send, would go to another jurisdiction.",
  fix: "Name one host for each jurisdiction, and let it fail over to another region of it, or fail closed.",
  scope: "stack",
  types: [RECORD],
  settings: ["jurisdictions"],
  applies: (record) => isFailover(record),
  check(record, { report, graph, settings, each }) {
    const own = recordRegion(record);
    const siblings = graph
      .ofType(RECORD)
      .filter((other) => other !== record && same(record, other, "name") && same(record, other, "type"));
    each(siblings, (other) => {
      if (isFailover(other) && isFailover(record)) {
        reportTransfer(own, recordRegion(other), settings, report);
      }
    });
  },
};
