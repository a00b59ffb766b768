import type { ResourceRule } from "../../rule";
import { TRANSIT } from "../support/clauses";
import { is } from "./internal/access";
import { azure } from "./internal/types";

export const edgeHttps: ResourceRule = {
  id: "azure-edge-https",
  title: "Front Door answers and forwards over HTTPS only",
  area: "transit",
  severity: "critical",
  frameworks: TRANSIT,
  why: "Whoever is on the way reads and changes what travels in clear, session cookies included.",
  fix: "Set httpsRedirect to Enabled, and forwardingProtocol to HttpsOnly.",
  scope: "resource",
  types: [azure("cdn", "Route")],
  check(route, { report }) {
    const protocols = route.texts("supportedProtocols");
    const onlyHttps = protocols.length === 1 && protocols[0] === "Https";
    if (!onlyHttps && !is(route, "httpsRedirect", "Enabled")) {
      report("httpsRedirect is not Enabled");
    }
    if (!is(route, "forwardingProtocol", "HttpsOnly")) {
      report("forwardingProtocol is not HttpsOnly");
    }
  },
};
