import { TRANSIT } from "../support/clauses";
import { settingRule } from "./internal/zones";

export const zoneMinimumTls = settingRule({
  id: "cloudflare-zone-minimum-tls",
  title: "The edge speaks TLS 1.2 at least",
  severity: "high",
  frameworks: TRANSIT,
  why: "Older versions have known attacks, and clients are led to them; 1.0 is the default.",
  fix: "Add a ZoneSetting min_tls_version with the value 1.2 or 1.3.",
  setting: "min_tls_version",
  holds: (value) => ["1.2", "1.3"].includes(value.text("") ?? ""),
});
