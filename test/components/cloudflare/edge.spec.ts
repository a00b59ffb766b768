import assert from "node:assert/strict";
import { LoadBalancer } from "../../../components/cloudflare/loadBalancer";
import { RequestRules } from "../../../components/cloudflare/requestRules";
import { Waf } from "../../../components/cloudflare/waf";
import { Zone } from "../../../components/cloudflare/zone";
import { steer } from "../../../components/cloudflare/steering";
import { edge, jurisdictions, regions } from "../../support/platformEdge";
import { all, find, misplaced, record } from "../../support/recorder";

const steering = steer(jurisdictions, regions);
const origins = Object.fromEntries(Object.keys(regions).map((region) => [region, `${region}.elb.amazonaws.com`]));
const balancer = {
  deployment: "pathfinity",
  accountId: edge.accountId,
  zoneId: "zone",
  zone: "pathfinity.com",
  appHost: "app.pathfinity.com",
  origins,
  steering,
  config: edge.loadBalancer,
  originSecret: "hush",
};

describe("the load balancer at the edge", () => {
  it("gives each jurisdiction its own pools, weights and fallback", async () => {
    const { resources } = await record(() => void new LoadBalancer("edge", balancer));
    const { inputs } = find(resources, "cloudflare:index/loadBalancer:LoadBalancer");
    const destinations = Object.fromEntries(
      inputs["rules"].map((rule: any) => [rule.condition.match(/eq "(\w+)"/)[1], rule.overrides]),
    );
    assert.deepEqual(destinations["US"], {
      steeringPolicy: "random",
      defaultPools: ["edge-pool-us-east-1-id", "edge-pool-us-west-2-id"],
      fallbackPool: "edge-pool-us-west-2-id",
      randomSteering: {
        defaultWeight: 0,
        poolWeights: { "edge-pool-us-east-1-id": 0.4, "edge-pool-us-west-2-id": 0.3 },
      },
    });
    assert.equal(destinations["EU"].fallbackPool, "edge-pool-eu-central-1-id");
    assert.deepEqual(destinations["EU"].defaultPools, ["edge-pool-eu-west-1-id"]);
    assert.equal(destinations["APAC"].fallbackPool, "edge-pool-ap-southeast-2-id");
    assert.ok(inputs["rules"].every((rule: any) => rule.terminates === true));
  });

  it("names no pool of another jurisdiction in a rule", async () => {
    const { resources } = await record(() => void new LoadBalancer("edge", balancer));
    const { inputs } = find(resources, "cloudflare:index/loadBalancer:LoadBalancer");
    for (const rule of inputs["rules"]) {
      const jurisdiction = rule.condition.match(/eq "(\w+)"/)[1];
      for (const pool of JSON.stringify(rule.overrides).matchAll(/edge-pool-([a-z0-9-]+)-id/g)) {
        assert.equal(regions[pool[1] as string]?.jurisdiction, jurisdiction);
      }
    }
  });

  it("sends a request that no rule knows to the jurisdiction that takes other countries", async () => {
    const { resources } = await record(() => void new LoadBalancer("edge", balancer));
    const { inputs } = find(resources, "cloudflare:index/loadBalancer:LoadBalancer");
    assert.deepEqual(inputs["defaultPools"], ["edge-pool-us-east-1-id", "edge-pool-us-west-2-id"]);
    assert.equal(inputs["fallbackPool"], "edge-pool-us-west-2-id");
    assert.equal(inputs["proxied"], true);
  });

  it("has a pool for each region, recovery regions too, checked from its jurisdiction's areas", async () => {
    const { resources } = await record(() => void new LoadBalancer("edge", balancer));
    const pools = all(resources, "cloudflare:index/loadBalancerPool:LoadBalancerPool");
    assert.deepEqual(
      pools.map(({ inputs }) => inputs["name"]).sort(),
      Object.keys(regions)
        .map((name) => `pathfinity-${name}`)
        .sort(),
    );
    const { inputs } = find(pools, "cloudflare:index/loadBalancerPool:LoadBalancerPool", "eu-central-1");
    assert.deepEqual(inputs["checkRegions"], ["WEU", "EEU"]);
    assert.equal(inputs["monitor"], "edge-monitor-eu-id");
    assert.deepEqual(inputs["origins"][0].header, { hosts: ["app.pathfinity.com"] });
  });

  it("checks over HTTPS each 10 seconds, 3 failures, with the header that the firewall asks for, as a secret", async () => {
    const { resources } = await record(() => void new LoadBalancer("edge", balancer));
    const { inputs, additionalSecretOutputs } = find(
      resources,
      "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor",
      "-eu",
    );
    assert.equal(inputs["type"], "https");
    assert.equal(inputs["allowInsecure"], false);
    assert.equal(inputs["interval"], 10);
    assert.equal(inputs["consecutiveDown"], 3);
    assert.deepEqual(inputs["header"], {
      Host: ["app.pathfinity.com"],
      "x-origin-verify": [{ secret: "hush" }],
      "x-cutover-jurisdiction": ["EU"],
    });
    assert.deepEqual(additionalSecretOutputs, ["header"]);
  });

  it("fails when routing would not move inside the budget", async () => {
    const config = { ...edge.loadBalancer, intervalSeconds: 14 };
    await assert.rejects(
      record(() => void new LoadBalancer("edge", { ...balancer, config })),
      /routing would move in 62 s, less than 60 s are allowed/,
    );
  });

  it("fails when a region has no origin", async () => {
    await assert.rejects(
      record(() => void new LoadBalancer("edge", { ...balancer, origins: {} })),
      /has no origin/,
    );
  });

  it("keeps every child under the component and named after it", async () => {
    const { resources } = await record(() => void new LoadBalancer("edge", balancer));
    assert.deepEqual(misplaced(resources), []);
  });
});

describe("the request rules of the edge", () => {
  const args = {
    zoneId: "zone",
    hosts: ["app.pathfinity.com"],
    steering,
    originSecret: "hush",
    testerToken: "token",
  };

  it("store no answer of the application", async () => {
    const { resources } = await record(() => void new RequestRules("edge", args));
    const { inputs } = find(resources, "cloudflare:index/ruleset:Ruleset", "-cache");
    assert.equal(inputs["phase"], "http_request_cache_settings");
    assert.deepEqual(inputs["rules"][0].actionParameters, { cache: false });
    assert.equal(inputs["rules"][0].expression, 'http.host eq "app.pathfinity.com"');
  });

  it("strip the color from everybody without the tester's token, which stays a secret", async () => {
    const { resources } = await record(() => void new RequestRules("edge", args));
    const { inputs, additionalSecretOutputs } = find(resources, "cloudflare:index/ruleset:Ruleset", "-headers");
    const rule = inputs["rules"][0];
    assert.deepEqual(rule.expression, {
      secret: 'http.host eq "app.pathfinity.com" and not any(http.request.headers["x-cutover-token"][*] eq "token")',
    });
    assert.deepEqual(rule.actionParameters.headers, { "x-cutover-color": { operation: "remove" } });
    assert.deepEqual(additionalSecretOutputs, ["rules"]);
  });

  it("always remove the token and set the proof of the edge, as a secret", async () => {
    const { resources } = await record(() => void new RequestRules("edge", args));
    const rule = find(resources, "cloudflare:index/ruleset:Ruleset", "-headers").inputs["rules"][1];
    assert.equal(rule.expression, 'http.host eq "app.pathfinity.com"');
    assert.deepEqual(rule.actionParameters.headers, {
      "x-cutover-token": { operation: "remove" },
      "x-origin-verify": { operation: "set", value: { secret: "hush" } },
    });
  });

  it("write each user's jurisdiction over what the request carried, for every country", async () => {
    const { resources } = await record(() => void new RequestRules("edge", args));
    const rules = find(resources, "cloudflare:index/ruleset:Ruleset", "-headers").inputs["rules"].slice(2);
    assert.deepEqual(
      rules.map((rule: any) => [rule.actionParameters.headers["x-cutover-jurisdiction"], rule.expression]),
      [
        [{ operation: "set", value: "APAC" }, 'http.host eq "app.pathfinity.com" and ip.src.country in {"AU" "SG"}'],
        [{ operation: "set", value: "EU" }, 'http.host eq "app.pathfinity.com" and ip.src.country in {"DE" "IE" "SE"}'],
        [
          { operation: "set", value: "US" },
          'http.host eq "app.pathfinity.com" and not ip.src.country in {"AU" "DE" "IE" "SE" "SG"}',
        ],
      ],
    );
  });
});

describe("the zone and its firewall", () => {
  it("verifies origins, refuses TLS below 1.2, moves everything to HTTPS, and is signed", async () => {
    const { resources } = await record(
      () => new Zone("edge", { zone: "pathfinity.com", accountId: edge.accountId, config: edge.tls }),
    );
    const settings = Object.fromEntries(
      all(resources, "cloudflare:index/zoneSetting:ZoneSetting").map(({ inputs }) => [
        inputs["settingId"],
        inputs["value"],
      ]),
    );
    assert.equal(settings["ssl"], "strict");
    assert.equal(settings["min_tls_version"], "1.2");
    assert.equal(settings["tls_1_3"], "on");
    assert.equal(settings["always_use_https"], "on");
    assert.equal(settings["security_header"].strict_transport_security.max_age, 31_536_000);
    assert.equal(find(resources, "cloudflare:index/zoneDnssec:ZoneDnssec").inputs["status"], "active");
    const zone = find(resources, "cloudflare:index/zone:Zone");
    assert.deepEqual([zone.protect, zone.retainOnDelete], [true, true]);
    assert.deepEqual(zone.inputs["account"], { id: edge.accountId });
    assert.deepEqual(misplaced(resources), []);
  });

  it("runs both managed rulesets and blocks at the score from config", async () => {
    const { resources } = await record(
      () =>
        new Waf("edge", {
          zoneId: "zone",
          hosts: ["app.pathfinity.com"],
          config: edge.waf,
          rateLimits: edge.rateLimits,
        }),
    );
    const { inputs } = find(resources, "cloudflare:index/ruleset:Ruleset", "-managed");
    assert.equal(inputs["phase"], "http_request_firewall_managed");
    assert.deepEqual(
      inputs["rules"].map((rule: any) => rule.actionParameters.id),
      ["efb7b8c949ac4650a09736fc376e9aee", "4814384a9e5d4991b9815dcfc25d2f1f"],
    );
    const overrides = inputs["rules"][1].actionParameters.overrides;
    assert.equal(overrides.rules[0].scoreThreshold, 40);
    assert.deepEqual(
      overrides.categories.map(({ category }: any) => category),
      ["paranoia-level-2", "paranoia-level-3", "paranoia-level-4"],
    );
    assert.ok(inputs["rules"].every((rule: any) => rule.enabled === true));
  });

  it("limits requests by address and data center, on the paths from config", async () => {
    const { resources } = await record(
      () =>
        new Waf("edge", {
          zoneId: "zone",
          hosts: ["app.pathfinity.com"],
          config: edge.waf,
          rateLimits: edge.rateLimits,
        }),
    );
    const { inputs } = find(resources, "cloudflare:index/ruleset:Ruleset", "-rate-limits");
    assert.equal(inputs["phase"], "http_ratelimit");
    const [login, everything] = inputs["rules"];
    assert.equal(
      login.expression,
      'http.host eq "app.pathfinity.com" and starts_with(http.request.uri.path, "/api/login")',
    );
    assert.equal(everything.expression, 'http.host eq "app.pathfinity.com"');
    assert.deepEqual(login.ratelimit, {
      characteristics: ["ip.src", "cf.colo.id"],
      period: 60,
      requestsPerPeriod: 300,
      mitigationTimeout: 600,
    });
  });
});
