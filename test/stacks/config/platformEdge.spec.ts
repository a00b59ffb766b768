import assert from "node:assert/strict";
import { aiSchema, checkAi, type AiConfig } from "../../../stacks/config/ai";
import { edgeSchema, type EdgeConfig, type LoadBalancerConfig } from "../../../stacks/config/edge";
import { checkEdge } from "../../../stacks/config/edgeChecks";
import { checkEntry, entrySchema } from "../../../stacks/config/entry";
import { observabilitySchema } from "../../../stacks/config/observability";
import type { Issue } from "../../../stacks/config/issue";
import { ai, edge, entry, jurisdictions, rawAi, rawEdge, rawEntry, regions } from "../../support/platformEdge";

const paths = (issues: readonly Issue[]) => issues.map(({ path }) => path);
const balancer = (patch: Partial<LoadBalancerConfig>): EdgeConfig => ({
  ...edge,
  loadBalancer: { ...edge.loadBalancer, ...patch },
});

describe("the config of entry", () => {
  it("is valid as it stands", () => {
    assert.deepEqual(checkEntry({ entry }), []);
  });

  it("fails when two ranges of the edge overlap, or a port is there twice", () => {
    const bad = { ...entry, edgeRanges: ["104.16.0.0/13", "104.20.0.0/16"], podPorts: [8_080, 8_080] };
    assert.deepEqual(paths(checkEntry({ entry: bad })), ["entry.edgeRanges[1]", "entry.podPorts[1]"]);
  });

  it("fails when a rule group is there twice", () => {
    const [group] = entry.webAcl.managedRuleGroups;
    const bad = { ...entry, webAcl: { ...entry.webAcl, managedRuleGroups: [group!, group!] } };
    assert.deepEqual(paths(checkEntry({ entry: bad })), ["entry.webAcl.managedRuleGroups[1].name"]);
  });

  it("fails for an unknown key, an empty list of ranges, and an idle timeout that no ALB takes", () => {
    for (const bad of [
      { ...rawEntry, more: 1 },
      { ...rawEntry, edgeRanges: [] },
      { ...rawEntry, idleTimeoutSeconds: 4_001 },
    ]) {
      assert.equal(entrySchema.safeParse(bad).success, false);
    }
  });
});

describe("the config of the edge", () => {
  it("is valid as it stands", () => {
    assert.deepEqual(checkEdge({ edge, jurisdictions, regions }), []);
  });

  it("fails when routing would take the budget or longer, and not one second before", () => {
    assert.deepEqual(checkEdge({ edge: balancer({ propagationSeconds: 24 }) }), []);
    const [issue] = checkEdge({ edge: balancer({ propagationSeconds: 25 }) });
    assert.equal(issue?.path, "edge.loadBalancer.intervalSeconds");
    assert.match(
      issue?.message ?? "",
      /less than 60 s; it takes 60 s: 10 x 3 failures \+ 5 x 1 attempts \+ 25 propagation/,
    );
  });

  it("fails when a check could still wait while the next one begins", () => {
    assert.deepEqual(paths(checkEdge({ edge: balancer({ retries: 1, propagationSeconds: 0 }) })), []);
    assert.deepEqual(paths(checkEdge({ edge: balancer({ retries: 2, propagationSeconds: 0 }) })), [
      "edge.loadBalancer.timeoutSeconds",
    ]);
  });

  it("fails when a jurisdiction is checked from nowhere, or an unknown one is named", () => {
    const bad = balancer({ checkRegions: { US: ["ENAM"], EU: ["WEU"], MARS: ["OC"] } });
    assert.deepEqual(paths(checkEdge({ edge: bad, jurisdictions })), [
      "edge.loadBalancer.checkRegions.APAC",
      "edge.loadBalancer.checkRegions.MARS",
    ]);
  });

  it("fails when a region's share is finer than the weight of a pool", () => {
    const region = regions["eu-west-1"]!;
    const [issue] = checkEdge({ regions: { "eu-west-1": { ...region, share: 20.5 } } });
    assert.equal(issue?.path, "regions.eu-west-1.share");
    assert.equal(issue?.value, 20.5);
  });

  it("fails when assets would be stored longer by default than at most, or a limit has another's name", () => {
    const [limit] = edge.rateLimits;
    const bad = { ...edge, static: { ...edge.static, maxTtlSeconds: 60 }, rateLimits: [limit!, limit!] };
    assert.deepEqual(paths(checkEdge({ edge: bad })), ["edge.static.defaultTtlSeconds", "edge.rateLimits[1].name"]);
  });

  it("fails for a path that could leave its expression, a period that Cloudflare does not count, and bad areas", () => {
    const [limit] = rawEdge.rateLimits;
    const limits = (patch: object) => ({ ...rawEdge, rateLimits: [{ ...limit, ...patch }] });
    for (const bad of [
      limits({ pathPrefix: '/" or true' }),
      limits({ periodSeconds: 61 }),
      limits({ requests: 0 }),
      { ...rawEdge, loadBalancer: { checkRegions: { US: ["EUROPE"] } } },
      { ...rawEdge, accountId: "mine" },
      { ...rawEdge, tls: { minVersion: "1.1" } },
    ]) {
      assert.equal(edgeSchema.safeParse(bad).success, false, JSON.stringify(bad));
    }
  });
});

describe("the config of AI", () => {
  const at = (jurisdiction: string, patch: Partial<AiConfig["jurisdictions"][string]>): AiConfig => ({
    ...ai,
    jurisdictions: { ...ai.jurisdictions, [jurisdiction]: { ...ai.jurisdictions[jurisdiction]!, ...patch } },
  });

  it("is valid as it stands", () => {
    assert.deepEqual(checkAi({ ai, jurisdictions, regions }), []);
  });

  it("fails when an account lies outside its jurisdiction, and says which locations lie inside", () => {
    const [issue] = checkAi({ ai: at("EU", { location: "uksouth" }), jurisdictions });
    assert.equal(issue?.path, "ai.jurisdictions.EU.location");
    assert.match(
      issue?.message ?? "",
      /uksouth lies in GB, outside EU; one of germanywestcentral, northeurope, swedencentral/,
    );
  });

  it("fails when a jurisdiction has no account, or an account has no jurisdiction", () => {
    const { US, EU, APAC } = ai.jurisdictions;
    const bad = { ...ai, jurisdictions: { US: US!, EU: EU!, MARS: APAC! } };
    assert.deepEqual(paths(checkAi({ ai: bad, jurisdictions })), ["ai.jurisdictions.APAC", "ai.jurisdictions.MARS"]);
  });

  it("fails above Azure's 20 federated credentials of an identity, and not at 20", () => {
    const names = (count: number) => ({
      ...ai,
      serviceAccounts: Array.from({ length: count }, (_, index) => `s${index}`),
    });
    assert.deepEqual(checkAi({ ai: names(5), regions }), []);
    const issues = checkAi({ ai: names(6), regions });
    assert.equal(issues.length, 3);
    assert.match(issues[0]?.message ?? "", /US would need 24: 2 clusters x 2 colors x 6 service accounts/);
  });

  it("fails when two accounts want one subdomain, or a service account is there twice", () => {
    const bad = { ...at("EU", { subdomain: "pathfinity-us" }), serviceAccounts: ["finn", "finn"] };
    assert.deepEqual(paths(checkAi({ ai: bad })), ["ai.serviceAccounts[1]", "ai.jurisdictions.EU.subdomain"]);
  });

  it("fails for an unknown location, no deployments, and a SKU, which is not for config", () => {
    const { EU } = rawAi.jurisdictions;
    for (const bad of [
      { ...EU, location: "moonbase" },
      { ...EU, deployments: {} },
      { ...EU, deployments: { chat: { ...EU.deployments.chat, sku: "GlobalStandard" } } },
    ]) {
      assert.equal(aiSchema.safeParse({ ...rawAi, jurisdictions: { EU: bad } }).success, false);
    }
  });
});

describe("the config of observability", () => {
  it("has the plan's limits as its defaults, and takes zero as zero", () => {
    assert.equal(observabilitySchema.parse({}).alarms.latencySeconds, 2);
    assert.equal(observabilitySchema.parse({ alarms: { minRequestsPerMinute: 0 } }).alarms.minRequestsPerMinute, 0);
  });
});
