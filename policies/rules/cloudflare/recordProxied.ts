import type { Resource } from "../../graph";
import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";

const ADDRESSES = ["A", "AAAA", "CNAME"];
/** Other edges, which have a firewall of their own. */
const EDGES = /\.(cloudfront\.net|azurefd\.net)\.?$/;

export const recordProxied: ResourceRule = {
  id: "cloudflare-record-proxied",
  title: "A host name leads to the edge, not past it",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "A record that is not proxied shows the address of the origin: whoever has it passes the firewall and the rate limits.",
  fix: "Set proxied to true. Names that prove something to a certificate authority begin with _ and need not.",
  scope: "resource",
  types: ["cloudflare:index/dnsRecord:DnsRecord", "cloudflare:index/record:Record"],
  applies: (record) => ADDRESSES.includes(record.text("type") ?? "") && !isProof(record),
  check(record, { report }) {
    if (record.flag("proxied") !== true && !EDGES.test(record.text("content") ?? "")) {
      report("proxied is not true, and the name leads to no other edge");
    }
  },
};

/** Whether a name only proves that the domain is ours: validation of certificates, DKIM, service discovery. */
function isProof(record: Resource): boolean {
  return (record.text("name") ?? "").split(".").some((label) => label.startsWith("_"));
}
