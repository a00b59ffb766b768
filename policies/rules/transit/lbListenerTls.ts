import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { LISTENER } from "../support/types";

export const lbListenerTls: ResourceRule = {
  id: "lb-listener-tls",
  title: "A listener takes TLS, or sends to it",
  area: "transit",
  severity: "critical",
  frameworks: [gdpr("32(1)(a)"), coppa("312.8(a)"), soc2("CC6.7"), iso27001("A.8.20"), iso27001("A.8.24")],
  why: "What a load balancer takes over HTTP was readable on its way.",
  fix: "Set protocol to HTTPS or TLS; on port 80 redirect to HTTPS.",
  scope: "resource",
  types: [LISTENER],
  applies: (listener) => (listener.text("protocol") ?? "HTTP") !== "GENEVE",
  check(listener, { report }) {
    if (["HTTPS", "TLS"].includes(listener.text("protocol") ?? "")) {
      return;
    }
    const actions = listener.list("defaultActions");
    const redirects = actions.filter((action) => action.text("redirect.protocol") === "HTTPS");
    if (actions.length === 0 || redirects.length < actions.length) {
      report(`protocol is ${listener.text("protocol") ?? "HTTP"}, and not everything is redirected to HTTPS`);
    }
  },
};
