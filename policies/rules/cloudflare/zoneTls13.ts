import { TRANSIT } from "../support/clauses";
import { settingRule } from "./internal/zones";

export const zoneTls13 = settingRule({
  id: "cloudflare-zone-tls-1-3",
  title: "The edge speaks TLS 1.3",
  severity: "medium",
  frameworks: TRANSIT,
  why: "Version 1.3 hides certificates, and has none of the weak ciphers of 1.2.",
  fix: "Add a ZoneSetting tls_1_3 with the value on.",
  setting: "tls_1_3",
  holds: (value) => ["on", "zrt"].includes(value.text("") ?? ""),
});
