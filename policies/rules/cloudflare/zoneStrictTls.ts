import { TRANSIT } from "../support/clauses";
import { settingRule } from "./internal/zones";

export const zoneStrictTls = settingRule({
  id: "cloudflare-zone-strict-tls",
  title: "The edge verifies the certificates of the origins",
  severity: "critical",
  frameworks: TRANSIT,
  why: "Anything less than strict accepts an impostor between the edge and the origin, or speaks in clear there.",
  fix: "Add a ZoneSetting ssl with the value strict.",
  setting: "ssl",
  holds: (value) => ["strict", "origin_pull"].includes(value.text("") ?? ""),
});
