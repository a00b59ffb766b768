import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { LISTENER } from "../support/types";

export const lbListenerPolicy: ResourceRule = {
  id: "lb-listener-policy",
  title: "A listener speaks TLS 1.2 or later",
  area: "transit",
  severity: "critical",
  frameworks: [gdpr("32(1)(a)"), coppa("312.8(a)"), soc2("CC6.7"), iso27001("A.8.20"), iso27001("A.8.24")],
  why: "Older protocols can be read by who stands in between.",
  fix: "Set sslPolicy to one of ELBSecurityPolicy-TLS13-1-2-*, -1-3-*: not -1-0-*, -1-1-*.",
  scope: "resource",
  types: [LISTENER],
  applies: (listener) => ["HTTPS", "TLS"].includes(listener.text("protocol") ?? ""),
  check(listener, { report }) {
    const policy = listener.text("sslPolicy");
    if (policy === undefined || !/^ELBSecurityPolicy-TLS13-1-[23]-/.test(policy)) {
      report(
        policy === undefined ? "sslPolicy is not set: the default allows TLS 1.0" : "sslPolicy allows older protocols",
      );
    }
  },
};
