import type { ResourceRule } from "../../rule";
import { TRANSIT } from "../support/clauses";
import { EDGE_DOMAIN } from "./internal/types";

export const edgeTls: ResourceRule = {
  id: "azure-edge-tls",
  title: "Host names of Front Door speak TLS 1.2 at least",
  area: "transit",
  severity: "high",
  frameworks: TRANSIT,
  why: "Older versions have known attacks; clients are led to them.",
  fix: "Set tlsSettings.minimumTlsVersion to TLS12 or TLS13.",
  scope: "resource",
  types: [EDGE_DOMAIN],
  check(domain, { report }) {
    if (!["TLS12", "TLS13"].includes(domain.text("tlsSettings.minimumTlsVersion") ?? "")) {
      report("tlsSettings.minimumTlsVersion is neither TLS12 nor TLS13");
    }
  },
};
