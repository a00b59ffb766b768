import type { ResourceRule } from "../../rule";
import { TRANSIT } from "../support/clauses";
import { kind } from "./internal/objects";

/** The AWS load balancer controller takes the certificate from here, not from `tls`. */
const CERTIFICATE = 'metadata.annotations["alb.ingress.kubernetes.io/certificate-arn"]';

export const ingressTls: ResourceRule = {
  id: "ingress-tls",
  title: "Every host of an ingress has TLS",
  area: "transit",
  severity: "high",
  frameworks: TRANSIT,
  why: "Whoever is on the way reads and changes what travels in clear, session cookies included.",
  fix: "List every host of spec.rules in spec.tls, with a certificate.",
  scope: "resource",
  types: [kind("networking\\.k8s\\.io|extensions", "Ingress")],
  check(ingress, { report }) {
    if (ingress.has(CERTIFICATE)) {
      return;
    }
    const entries = ingress.list("spec.tls");
    // An entry without hosts is for those of the controller's own certificate: all of them.
    if (entries.some((entry) => entry.list("hosts").length === 0)) {
      return;
    }
    const covered = entries.flatMap((entry) => entry.texts("hosts"));
    const hosts = ingress.list("spec.rules").map((rule) => rule.text("host"));
    if (entries.length === 0) {
      report("spec.tls is empty");
    }
    for (const host of hosts.filter(
      (one) => one === undefined || !covered.some((pattern) => isCovered(one, pattern)),
    )) {
      report(`spec.tls does not cover ${host ?? "rules without a host"}`);
    }
  },
};

/** A wildcard stands for one label. */
function isCovered(host: string, pattern: string): boolean {
  return host === pattern || (pattern.startsWith("*.") && host.replace(/^[^.]+/, "*") === pattern);
}
