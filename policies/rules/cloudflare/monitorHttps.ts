import type { ResourceRule } from "../../rule";
import { TRANSIT } from "../support/clauses";
import { MONITOR } from "./internal/balancing";

export const monitorHttps: ResourceRule = {
  id: "cloudflare-monitor-https",
  title: "Health checks speak HTTPS, and verify the certificate",
  area: "transit",
  severity: "high",
  frameworks: TRANSIT,
  why: "A check in clear shows its secret header on the way, and one that verifies nothing calls an impostor healthy.",
  fix: "Set type to https, and allowInsecure to false.",
  scope: "resource",
  types: [MONITOR],
  check(monitor, { report }) {
    // Cloudflare's own default is http.
    if ((monitor.text("type") ?? "http") !== "https") {
      report("type is not https");
    }
    if (monitor.flag("allowInsecure") === true) {
      report("allowInsecure is true");
    }
  },
};
