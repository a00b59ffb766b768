import type { Resource } from "../../graph";
import type { Node } from "../../node";
import type { GraphContext, GraphRule } from "../../rule";
import { TRANSIT } from "../support/clauses";
import { kind, nameOf, namespaceOf } from "./internal/objects";

const GROUP = "gateway\\.networking\\.k8s\\.io";

export const gatewayTls: GraphRule = {
  id: "gateway-tls",
  title: "A listener of a gateway speaks TLS, or only redirects to one that does",
  area: "transit",
  severity: "high",
  frameworks: TRANSIT,
  why: "Whoever is on the way reads and changes what travels in clear, session cookies included.",
  fix: "Use protocol HTTPS with tls.certificateRefs; give a listener for HTTP a route of its own (sectionName) that redirects to https.",
  scope: "stack",
  types: [kind(GROUP, "Gateway")],
  check(gateway, context) {
    context.each(gateway.list("spec.listeners"), (listener) => {
      const protocol = listener.text("protocol");
      if (protocol === "HTTP" && !onlyRedirects(gateway, listener, context)) {
        context.report(`${listener.path} speaks HTTP, and more than redirects`);
      }
      const terminates = (listener.text("tls.mode") ?? "Terminate") === "Terminate";
      const certificates = listener.list("tls.certificateRefs").length + listener.keys("tls.options").length;
      if ((protocol === "HTTPS" || protocol === "TLS") && terminates && certificates === 0) {
        context.report(`${listener.path} has no certificate`);
      }
    });
  },
};

/** Whether routes are attached to a listener, and each of their rules redirects to https. */
function onlyRedirects(gateway: Resource, listener: Node, { graph }: GraphContext): boolean {
  const routes = graph
    .ofType(kind(GROUP, "HTTPRoute"))
    .filter((route) => route.record.provider === gateway.record.provider)
    .filter((route) => route.list("spec.parentRefs").some((parent) => isAttached(route, parent, gateway, listener)));
  const rules = routes.flatMap((route) => route.list("spec.rules"));
  return rules.length > 0 && rules.every((rule) => rule.texts("filters[*].requestRedirect.scheme").includes("https"));
}

function isAttached(route: Resource, parent: Node, gateway: Resource, listener: Node): boolean {
  const section = parent.text("sectionName");
  return (
    parent.text("name") === nameOf(gateway) &&
    (parent.text("namespace") ?? namespaceOf(route)) === namespaceOf(gateway) &&
    (section === undefined || section === listener.text("name"))
  );
}
