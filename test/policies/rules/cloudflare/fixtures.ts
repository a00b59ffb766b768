import type { Value, ValueMap } from "../../../../pulumi/values";
import { changed, type Changes } from "../../support/change";
import { draft, secret, type Draft } from "../../support/draft";

const ZONE_ID = "22f3534de08529cc0ba0263f5f8b9b38";

/** Makes a resource that every rule passes; changes are by path. */
function make(type: string, name: string, inputs: ValueMap, changes: Changes, more: Partial<Draft>): Draft {
  return draft(`cloudflare:index/${type}`, changed(inputs, changes), { name, ...more });
}

export const zone = (changes: Changes = {}, more: Partial<Draft> = {}) =>
  make("zone:Zone", "zone", { name: "example.com", type: "full" }, changes, { id: ZONE_ID, ...more });

/** A setting of the zone. */
export const setting = (settingId: string, value: Value, changes: Changes = {}, more: Partial<Draft> = {}) =>
  make("zoneSetting:ZoneSetting", settingId, { zoneId: ZONE_ID, settingId, value }, changes, more);

export const dnssec = (changes: Changes = {}, more: Partial<Draft> = {}) =>
  make("zoneDnssec:ZoneDnssec", "dnssec", { zoneId: ZONE_ID, status: "active" }, changes, more);

export const managedRules = (changes: Changes = {}, more: Partial<Draft> = {}) => {
  const rules = [{ action: "execute", expression: "true", enabled: true, actionParameters: { id: "managed" } }];
  const inputs = { zoneId: ZONE_ID, kind: "zone", phase: "http_request_firewall_managed", rules };
  return make("ruleset:Ruleset", "managed", inputs, changes, more);
};

export const rateLimit = (changes: Changes = {}, more: Partial<Draft> = {}) => {
  const rules = [{ action: "block", expression: "true", enabled: true, ratelimit: { requestsPerPeriod: 300 } }];
  const inputs = { zoneId: ZONE_ID, kind: "zone", phase: "http_ratelimit", rules };
  return make("ruleset:Ruleset", "limits", inputs, changes, more);
};

/** The rule that proves to origins that a request came through the edge. */
export const headerRule = (changes: Changes = {}) => {
  const headers = {
    "x-origin-verify": { operation: "set", value: secret("hunter2-hunter2") },
    "x-token": { operation: "remove" },
  };
  const rules = [{ action: "rewrite", expression: "true", actionParameters: { headers } }];
  const inputs = { zoneId: ZONE_ID, kind: "zone", phase: "http_request_late_transform", rules };
  return make("ruleset:Ruleset", "headers", inputs, changes, {});
};

export const logpush = (changes: Changes = {}, more: Partial<Draft> = {}) => {
  const inputs = { zoneId: ZONE_ID, dataset: "firewall_events", destinationConf: "s3://logs", enabled: true };
  return make("logpushJob:LogpushJob", "logs", inputs, changes, more);
};

/** The zone with all that it needs. */
export const ZONE: readonly Draft[] = [
  zone(),
  dnssec(),
  managedRules(),
  rateLimit(),
  logpush(),
  setting("ssl", "strict"),
  setting("min_tls_version", "1.2"),
  setting("tls_1_3", "on"),
  setting("always_use_https", "on"),
  setting("security_header", { strict_transport_security: { enabled: true, max_age: 31_536_000 } }),
];

export const record = (changes: Changes = {}) =>
  make(
    "dnsRecord:DnsRecord",
    "record",
    { zoneId: ZONE_ID, type: "CNAME", name: "app.example.com", content: "origin.example.net", proxied: true, ttl: 1 },
    changes,
    {},
  );

export const monitor = (changes: Changes = {}, more: Partial<Draft> = {}) => {
  const inputs = {
    type: "https",
    path: "/health/ready",
    allowInsecure: false,
    interval: 10,
    timeout: 5,
    retries: 0,
    consecutiveDown: 3,
    header: { Host: ["app.example.com"], "x-origin-verify": [secret("hunter2-hunter2")] },
  };
  return make("loadBalancerMonitor:LoadBalancerMonitor", "monitor", inputs, changes, more);
};

/** A pool of one region; its id is `pool-<region>`. */
export const pool = (region: string, changes: Changes = {}, more: Partial<Draft> = {}) => {
  const origins = [{ name: region, address: `alb-1.${region}.elb.amazonaws.com` }];
  const inputs = { monitor: "monitor-id", minimumOrigins: 1, origins };
  return make("loadBalancerPool:LoadBalancerPool", region, inputs, changes, { id: `pool-${region}`, ...more });
};

export const balancer = (changes: Changes = {}) => {
  const inputs = {
    zoneId: ZONE_ID,
    name: "app.example.com",
    proxied: true,
    sessionAffinity: "cookie",
    sessionAffinityAttributes: { secure: "Always", samesite: "Lax" },
    defaultPools: ["pool-eu-west-1"],
    fallbackPool: "pool-eu-central-1",
  };
  return make("loadBalancer:LoadBalancer", "balancer", inputs, changes, {});
};

export const apiToken = (changes: Changes = {}) =>
  make("apiToken:ApiToken", "token", { name: "deploy", expiresOn: "2027-01-01T00:00:00Z", policies: [] }, changes, {});
