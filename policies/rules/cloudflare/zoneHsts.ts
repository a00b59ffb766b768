import { TRANSIT } from "../support/clauses";
import { settingRule } from "./internal/zones";

/** Half a year, in seconds: the least that browsers' preload lists and auditors take for serious. */
const LEAST_SECONDS = 15_552_000;

export const zoneHsts = settingRule({
  id: "cloudflare-zone-hsts",
  title: "Browsers remember for half a year that a host speaks HTTPS only",
  severity: "medium",
  frameworks: TRANSIT,
  why: "Until the redirect to HTTPS arrives, whoever is on the way can answer the first request himself.",
  fix: "Add a ZoneSetting security_header with strict_transport_security enabled, and max_age 15552000 or more.",
  setting: "security_header",
  holds: (value) =>
    value.flag("strict_transport_security.enabled") === true &&
    (value.number("strict_transport_security.max_age") ?? 0) >= LEAST_SECONDS,
});
