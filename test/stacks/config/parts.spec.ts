import assert from "node:assert/strict";
import { issuesOf, rawStack } from "./stackFiles";

/** What is refused when values of a stack are changed: paths, with their reasons. */
function refusals(stack: string, changes: Record<string, unknown>): [string, string][] {
  return issuesOf(stack, changes).map(({ path, message }) => [path, message]);
}

function refuses(stack: string, changes: Record<string, unknown>, path: string, message: RegExp): void {
  const found = refusals(stack, changes).find(([at]) => at === path);
  assert.ok(found !== undefined, JSON.stringify(refusals(stack, changes)));
  assert.match(found[1], message);
}

const prefixLists = { "us-east-1": "pl-3b927c52" };
const { cloudflare } = { cloudflare: rawStack("proofile")["edge"] as Record<string, unknown> };

describe("the kind of an edge", () => {
  for (const stack of ["edpsych", "proofile", "development", "test", "staging"]) {
    it(`is in order in ${stack}`, () => assert.deepEqual(refusals(stack, {}), []));
  }

  it("has its own parts, and no others", () => {
    refuses("edpsych", { "edge.distribution": undefined }, "edge.distribution", /required with edge.kind cloudfront/);
    for (const part of ["accountId", "rateLimits", "waf", "assets"]) {
      const value = part === "waf" ? {} : cloudflare[part];
      refuses("edpsych", { [`edge.${part}`]: value }, `edge.${part}`, /only with edge.kind cloudflare/);
    }
    refuses("proofile", { "edge.accountId": undefined }, "edge.accountId", /required with edge.kind cloudflare/);
    const { distribution } = rawStack("edpsych")["edge"] as Record<string, unknown>;
    refuses("proofile", { "edge.distribution": distribution }, "edge.distribution", /only with edge.kind cloudfront/);
  });

  it("needs a load balancer over several regions, and none over one", () => {
    refuses("staging", { "edge.loadBalancer": undefined }, "edge.loadBalancer", /chooses between the regions/);
    const { loadBalancer } = rawStack("staging")["edge"] as Record<string, unknown>;
    refuses("proofile", { "edge.loadBalancer": loadBalancer }, "edge.loadBalancer", /nothing to choose from/);
    refuses("staging", { "edge.kind": "cloudfront" }, "edge.kind", /one region/);
  });

  it("says who may reach the load balancer: ranges of Cloudflare, or AWS's list of CloudFront's addresses", () => {
    refuses("proofile", { "entry.edgeRanges": undefined }, "entry.edgeRanges", /required/);
    refuses(
      "proofile",
      { "entry.edgePrefixLists": prefixLists },
      "entry.edgePrefixLists",
      /only with edge.kind cloudfront/,
    );
    refuses("edpsych", { "entry.edgePrefixLists": undefined }, "entry.edgePrefixLists.us-east-1", /origin-facing/);
    refuses(
      "edpsych",
      { "entry.edgeRanges": ["173.245.48.0/20"] },
      "entry.edgeRanges",
      /only with edge.kind cloudflare/,
    );
  });

  it("waits no longer for an answer than CloudFront does", () => {
    const path = "entry.idleTimeoutSeconds";
    assert.deepEqual(refusals("edpsych", { [path]: 120 }), []);
    assert.deepEqual(refusals("proofile", { [path]: 4_000 }), []);
    refuses("edpsych", { [path]: 121 }, path, /at most 120 with edge.kind cloudfront/);
  });

  it("decides who counts the requests of an address", () => {
    const path = "entry.webAcl.requestsPerFiveMinutes";
    refuses("proofile", { [path]: undefined }, path, /required/);
    refuses("edpsych", { [path]: 1_000 }, path, /CloudFront's addresses, not its users'/);
  });

  it("answers to the names that it can", () => {
    refuses(
      "edpsych",
      { "deployment.hosts.others": ["api.edpsych-ai-platform.com"] },
      "deployment.hosts.others",
      /one name/,
    );
    refuses(
      "staging",
      { "deployment.hosts.others": ["api.staging.pathfinity.com"] },
      "deployment.hosts.others",
      /one name/,
    );
    refuses("edpsych", { "deployment.hosts.static": undefined }, "deployment.hosts.static", /is required/);
    refuses(
      "test",
      { "deployment.hosts.static": "static.test.pathfinity.com" },
      "deployment.hosts.static",
      /only with edge.static/,
    );
    refuses(
      "proofile",
      { "deployment.hosts.others": ["proofile.dev"] },
      "deployment.hosts.others[0]",
      /another name than hosts.app/,
    );
    refuses(
      "proofile",
      { "deployment.hosts.others": ["api.example.org"] },
      "deployment.hosts.others[0]",
      /inside proofile.dev/,
    );
  });
});

describe("a jurisdiction of one region", () => {
  it("needs no replica elsewhere, and several need one", () => {
    assert.deepEqual(refusals("edpsych", { "database.replicas": undefined }), []);
    refuses("staging", { "database.replicas.EU": undefined }, "database.replicas.EU", /another region/);
  });

  it("keeps copies in a region of its own for them, or in none", () => {
    assert.deepEqual(refusals("edpsych", { "jurisdictions.US.copies": undefined }), []);
    refuses("edpsych", { "jurisdictions.US.copies": "us-east-1" }, "jurisdictions.US.copies", /not in `regions`/);
    refuses("staging", { "jurisdictions.US.copies": "us-east-2" }, "jurisdictions.US.copies", /only with one region/);
  });
});

describe("the host of a workload", () => {
  it("has one workload each that takes its rest", () => {
    refuses("proofile", { "workloads.backend.target.paths": ["/v1/*"] }, "workloads", /requests at api\.proofile\.dev/);
    refuses("proofile", { "workloads.backend.target.host": "proofile.dev" }, "workloads", /requests at proofile\.dev/);
  });

  it("leaves three paths to a rule", () => {
    const paths = ["/a", "/b", "/c", "/d"];
    refuses("proofile", { "workloads.backend.target.paths": paths }, "workloads.backend.target.paths", /3 at most/);
  });
});
