import type { Mutation } from "../../support/mutation";
import { mutate } from "../../support/mutate";
import * as made from "./fixtures";

const [DNSSEC, FIREWALL, LIMITS, LOGS] = [made.dnssec(), made.managedRules(), made.rateLimit(), made.logpush()];
const { ZONE } = made;
const POOL = made.pool("eu-west-1");
const BALANCER = made.balancer();
const BALANCED = [BALANCER, POOL, made.pool("eu-central-1"), made.pool("us-east-1")];
const [RECORD, MONITOR, HEADERS, TOKEN] = [made.record(), made.monitor(), made.headerRule(), made.apiToken()];

/** The setting of the zone. */
const setting = (id: string) => ZONE.find(({ name }) => name === id)!;

/** Mutations of every rule for Cloudflare. */
export const cloudflareMutations: readonly Mutation[] = [
  mutate("cloudflare-zone-strict-tls", ZONE, setting("ssl"), { value: "full" }),
  mutate("cloudflare-zone-minimum-tls", ZONE, setting("min_tls_version"), { value: "1.1" }),
  mutate("cloudflare-zone-tls-1-3", ZONE, setting("tls_1_3"), { value: "off" }),
  mutate("cloudflare-zone-always-https", ZONE, setting("always_use_https")),
  mutate("cloudflare-zone-hsts", ZONE, setting("security_header"), {
    "value.strict_transport_security.max_age": 60,
  }),
  mutate("cloudflare-zone-dnssec", ZONE, DNSSEC),
  mutate("cloudflare-zone-dnssec", ZONE, DNSSEC, { status: "disabled" }),
  mutate("cloudflare-zone-firewall", ZONE, FIREWALL, { "rules[0].enabled": false }),
  mutate("cloudflare-zone-rate-limit", ZONE, LIMITS, { "rules[0].action": "log" }),
  mutate("cloudflare-zone-firewall-log", ZONE, LOGS, { enabled: false }),
  mutate("cloudflare-record-proxied", [RECORD], RECORD, { proxied: undefined }),
  mutate("cloudflare-load-balancer-proxied", BALANCED, BALANCER, { proxied: undefined }),
  mutate("cloudflare-load-balancer-redundant", BALANCED, BALANCER, { fallbackPool: "pool-eu-west-1" }),
  mutate("cloudflare-load-balancer-cookie", BALANCED, BALANCER, { sessionAffinityAttributes: undefined }),
  mutate("cloudflare-pool-jurisdiction", BALANCED, BALANCER, { fallbackPool: "pool-us-east-1" }),
  mutate("cloudflare-pool-monitored", BALANCED, POOL, { monitor: undefined }),
  mutate("cloudflare-monitor-https", [MONITOR], MONITOR, { type: undefined }),
  mutate("cloudflare-monitor-time", [MONITOR], MONITOR, { interval: 60 }),
  mutate("cloudflare-header-secret", [MONITOR], MONITOR, { "header.x-origin-verify": ["correct-horse"] }),
  mutate("cloudflare-header-secret", [HEADERS], HEADERS, {
    'rules[0].actionParameters.headers["x-origin-verify"].value': "correct-horse",
  }),
  mutate("cloudflare-token-expires", [TOKEN], TOKEN, { expiresOn: undefined }),
];
