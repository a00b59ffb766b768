import assert from "node:assert/strict";
import { parseConfig } from "../../../stacks/config/parse";
import { rawCluster, WITHOUT_GATEWAY } from "../clusterStack";
import { changedAt, issuesOf, type Raw } from "./stackFiles";

/** What is wrong with the stack's config when values of it are changed, by dotted path; `undefined` takes a key away. */
function wrong(changes: Record<string, unknown>): string[] {
  const raw = Object.entries(changes).reduce<Raw>(
    (from, [path, value]) => changedAt(from, path.split("."), value),
    rawCluster(),
  );
  const result = parseConfig(raw);
  return result.ok ? [] : result.issues.map(({ path, message }) => `${path}: ${message}`);
}

/** That a change is refused at a path, with the reason, and nowhere else. */
function refuses(changes: Record<string, unknown>, path: string, why: RegExp) {
  const issues = wrong(changes);
  assert.equal(issues.length, 1, issues.join("\n"));
  assert.ok(issues[0]!.startsWith(`${path}: `), issues[0]);
  assert.match(issues[0]!, why);
}

const OTHER = {
  jurisdiction: "US",
  role: "regional",
  share: 10,
  database: "replica",
  cluster: (rawCluster() as any).regions["us-central"].cluster,
};

describe("the config of a stack on clusters that are there already", () => {
  it("is valid as it stands, and without a gateway", () => {
    assert.deepEqual(wrong({}), []);
    assert.deepEqual(wrong(WITHOUT_GATEWAY), []);
  });

  const FOREIGN: readonly (readonly [path: string, value: unknown, why: RegExp])[] = [
    [
      "workloads.practice.access.cache",
      true,
      /only on aws and azure: .*sessions live in the database; this stack is on kubernetes/,
    ],
    ["workloads.practice.access.records", "read", /only on aws and azure: .*no bucket of education records/],
    ["workloads.practice.access.ai", true, /only on aws and azure: .*no identity in Azure/],
    ["workloads.practice.target.priority", 3, /only on aws: .*elsewhere the longest path wins/],
    ["workloads.practice.target.healthPath", "/health", /only on aws: .*pods that Kubernetes calls ready/],
    ["workloads.practice.target.protocolVersion", "GRPC", /only on aws: .*HTTP\/1.1/],
  ];
  for (const [path, value, why] of FOREIGN) {
    it(`refuses ${path}, with the reason`, () => refuses({ [path]: value }, path, why));
  }

  it("refuses sections of other clouds, and names whose they are", () => {
    refuses({ functions: {} }, "functions", /belongs to deployments on aws, and this one is on kubernetes/);
    refuses({ targets: {} }, "targets", /belongs to deployments on aws/);
    refuses({ cache: {} }, "cache", /belongs to deployments on aws and azure/);
  });

  it("refuses vault and controllers of its own on AWS", () => {
    const issues = issuesOf("production-platform", { controllers: {} });
    assert.match(
      issues.map(({ message }) => message).join(),
      /belongs to deployments on kubernetes, and this one is on aws/,
    );
  });

  it("has one jurisdiction: backups have one destination", () => {
    const two = wrong({ "regions.eu-west": { ...OTHER, jurisdiction: "EU", database: "primary" } });
    assert.match(two.join("\n"), /^regions: one jurisdiction in a stack: .*stacks of their own/m);
  });

  it("has one cluster for each jurisdiction, which holds the database", () => {
    const two = wrong({ "regions.us-east": OTHER, "regions.us-central.share": 90 });
    assert.equal(two.length, 1, two.join("\n"));
    assert.match(two[0]!, /^regions.us-east.jurisdiction: us-central is there already: .*share no network/);
    assert.ok(
      wrong({ "regions.us-central.database": "replica" }).some((issue) =>
        /replicas stand in the same cluster/.test(issue),
      ),
    );
    assert.ok(
      wrong({ "regions.us-central.role": "recovery" }).some((issue) => /no cluster stands in for another/.test(issue)),
    );
  });

  it("needs a gateway for routes, and none for a switch of Services", () => {
    refuses(
      { "routers.gateway": undefined, "entry.certificate": undefined },
      "routers.gateway",
      /is required for http-route/,
    );
    refuses(
      { ...WITHOUT_GATEWAY, "routers.gateway": { className: "eg" }, "entry.certificate": { email: "a@b.example" } },
      "routers.gateway",
      /for clusters without a gateway/,
    );
    refuses(
      { "routers.gateway": { className: "eg", name: "shared" } },
      "routers.gateway",
      /className of a gateway .* or name and namespace/,
    );
  });

  it("has somebody who shows the challenge for the host's certificate, or no certificate", () => {
    refuses(
      { routers: { kind: "service-switch" } },
      "entry.certificate.ingressClass",
      /nothing shows the authority's challenge/,
    );
    const given = { gateway: { name: "shared", namespace: "gateways" } };
    refuses({ routers: given }, "entry.certificate.ingressClass", /or no entry.certificate at all/);
    assert.deepEqual(wrong({ routers: given, "entry.certificate": undefined }), []);
    refuses({ "entry.certificate": undefined }, "entry.certificate", /the deployment's own gateway/);
  });

  it("turns the maintenance page on only where there is one", () => {
    refuses({ "traffic.maintenance": true }, "traffic.maintenance", /cutover:routers.maintenance says what answers/);
    refuses(
      { ...WITHOUT_GATEWAY, "traffic.maintenance": true },
      "traffic.maintenance",
      /nothing can answer with a page/,
    );
  });

  it("says what its nodes cost, or they would look free", () => {
    refuses({ "cost.cluster": undefined }, "cost.cluster", /would look free/);
  });

  it("refuses paths that no gateway matches, and a path that two services want", () => {
    refuses(
      { "workloads.practice.target.paths": ["/api/*/practice"] },
      "workloads.practice.target.paths[0]",
      /cannot be matched by an HTTPRoute/,
    );
    refuses(
      { "workloads.practice.target.paths": ["/api/auth/*"] },
      "workloads.practice.target.paths[0]",
      /auth-service has it already/,
    );
  });

  it("keeps a transaction on fewer replicas than there are", () => {
    refuses({ "database.synchronous": 3 }, "database", /synchronous < instances/);
  });

  it("names the version of PostgreSQL, because CloudNativePG refuses an image by digest alone", () => {
    const digest = `@sha256:${"a".repeat(64)}`;
    for (const tag of ["", ":latest", ":v17"]) {
      refuses({ "database.image": `registry.example/postgresql${tag}${digest}` }, "database.image", /:17\.6@sha256/);
    }
    for (const tag of [":17", ":17.6", ":17.6-standard-bookworm", ":17.6-202511170922-minimal"]) {
      assert.deepEqual(wrong({ "database.image": `registry.example:5000/postgresql${tag}${digest}` }), [], tag);
    }
  });

  it("restores from an archive into another one, to a time that says its zone", () => {
    refuses({ "database.restore": { from: "postgres" } }, "database.backups.archive", /an archive of another name/);
    const restored = { "database.backups.archive": "postgres-2" };
    assert.deepEqual(wrong({ ...restored, "database.restore": { from: "postgres" } }), []);
    refuses(
      { ...restored, "database.restore": { from: "postgres", until: "2026-11-21 10:30" } },
      "database.restore.until",
      /a time with its zone/,
    );
    refuses({ ...restored, "database.restore": { from: "../else" } }, "database.restore.from", /in lower case/);
  });
});

describe("the order of rules on AWS", () => {
  it("is required, and nobody's twice", () => {
    const messages = (priority: unknown) =>
      issuesOf("production-application", { "workloads.api.target.priority": priority }).map(
        ({ path, message }) => `${path}: ${message}`,
      );
    assert.deepEqual(messages(undefined), [
      "workloads.api.target.priority: is required: a whole number from 1 to 400, lower first",
    ]);
    assert.match(messages(100).join(), /api has it already/);
  });
});
