import type { Resource } from "../../graph";
import type { Node } from "../../node";
import type { ResourceRule } from "../../rule";
import { SECRETS } from "../support/clauses";
import { MONITOR } from "./internal/balancing";
import { RULESET } from "./internal/zones";

/** Names of headers whose value is a proof, such as `x-origin-verify` or `Authorization`. */
const PROOF = /authorization|token|secret|api-?key|verify|signature|password|cookie/i;

export const headerSecret: ResourceRule = {
  id: "cloudflare-header-secret",
  title: "The value of a header that proves something is a secret to Pulumi",
  area: "identity",
  severity: "critical",
  frameworks: SECRETS,
  why: "Whoever reads the value in the state or in a plan passes for the edge, and goes past the firewall.",
  fix: "Give the value as pulumi.secret(...).",
  scope: "resource",
  types: [MONITOR, RULESET],
  applies: (resource) => proofsOf(resource).length > 0,
  check(resource, { each, report }) {
    each(proofsOf(resource), (value) => {
      // What is not known yet is looked at when it is: reading it says so.
      if (!value.isSecret("") && value.value() !== undefined) {
        report(`${value.path} is not secret`);
      }
    });
  },
};

/** The values that prove something: of a health check a list for each header, of a rule what it sets. */
function proofsOf(resource: Resource): Node[] {
  const isMonitor = resource.type === MONITOR;
  const headers = resource.nodes(isMonitor ? "header" : "rules[*].actionParameters.headers");
  return headers
    .filter((map) => !map.isSecret(""))
    .flatMap((map) =>
      map
        .keys("")
        .filter((name) => PROOF.test(name))
        .flatMap((name) => map.nodes(`["${name}"]`)),
    )
    .flatMap((header) => (isMonitor ? header.list("") : header.nodes("value")));
}
