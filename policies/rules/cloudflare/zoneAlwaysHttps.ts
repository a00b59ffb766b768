import { TRANSIT } from "../support/clauses";
import { settingRule } from "./internal/zones";

export const zoneAlwaysHttps = settingRule({
  id: "cloudflare-zone-always-https",
  title: "The edge moves every request to HTTPS",
  severity: "high",
  frameworks: TRANSIT,
  why: "A link without https would carry cookies and form fields in clear.",
  fix: "Add a ZoneSetting always_use_https with the value on.",
  setting: "always_use_https",
  holds: (value) => value.text("") === "on",
});
