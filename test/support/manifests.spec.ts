import assert from "node:assert/strict";
import { KINDS } from "../../rehearsal/clouds/kubernetes/kinds";
import type { Json } from "../../rollout/engine";
import { clusterProgram, clusterTheater } from "../rehearsal/support/cluster";
import { badManifests, filledIn, validate } from "./manifests";

const pod = { containers: [{ name: "api", image: "api", ports: [{ containerPort: 80 }] }] };
const deployment = (change: object = {}, container: object = {}) => ({
  metadata: { name: "api" },
  spec: {
    selector: { matchLabels: { app: "api" } },
    template: { metadata: { labels: { app: "api" } }, spec: { containers: [{ ...pod.containers[0], ...container }] } },
    ...change,
  },
});

describe("a manifest", function () {
  this.timeout(60_000);

  it("is right where the published schema says so", () => {
    assert.deepEqual(validate("apps/v1", "Deployment", deployment()), []);
    const probe = { httpGet: { path: "/", port: "http" } };
    assert.deepEqual(validate("apps/v1", "Deployment", deployment({}, { readinessProbe: probe })), []);
  });

  const WRONG: readonly (readonly [what: string, version: string, kind: string, object: object, problem: RegExp])[] = [
    [
      "lacks what is required",
      "apps/v1",
      "Deployment",
      { spec: { template: {} } },
      /\/spec: must have required property 'selector'/,
    ],
    [
      "has a key that nobody knows",
      "apps/v1",
      "Deployment",
      deployment({ replica: 3 }),
      /\/spec: must NOT have additional properties \("replica"\)/,
    ],
    [
      "has one deep inside",
      "apps/v1",
      "Deployment",
      deployment({}, { imagePullPolicies: "Always" }),
      /containers\/0: .*"imagePullPolicies"/,
    ],
    [
      "has a value of another type",
      "apps/v1",
      "Deployment",
      deployment({ replicas: "3" }),
      /\/spec\/replicas: must be integer/,
    ],
    [
      "has labels that are no texts",
      "v1",
      "ConfigMap",
      { metadata: { name: "a", labels: { a: 1 } } },
      /\/metadata\/labels\/a: must be string/,
    ],
    [
      "has foreign metadata, in a custom resource too",
      "gateway.networking.k8s.io/v1",
      "HTTPRoute",
      { metadata: { label: {} }, spec: {} },
      /\/metadata: .*"label"/,
    ],
    [
      "has a weight above its limit",
      "gateway.networking.k8s.io/v1",
      "HTTPRoute",
      { spec: { rules: [{ backendRefs: [{ name: "a", weight: 1_000_001 }] }] } },
      /must be <= 1000000/,
    ],
    [
      "has a path type that is none",
      "gateway.networking.k8s.io/v1",
      "HTTPRoute",
      { spec: { rules: [{ matches: [{ path: { type: "Glob" } }] }] } },
      /must be equal to one of the allowed values/,
    ],
    ["asks for a status", "v1", "Namespace", { status: { phase: "Active" } }, /"status"/],
    ["is of a kind that nobody knows", "v1", "Thing", {}, /there is no schema of v1\/Thing/],
  ];
  for (const [what, version, kind, object, problem] of WRONG) {
    it(`fails where it ${what}`, () => {
      assert.match(validate(version, kind, object as Record<string, Json>).join("\n"), problem);
    });
  }

  it("of each kind that the stand-in cluster knows has a schema", () => {
    const unknown = Object.keys(KINDS).filter((type) => {
      const [, version, kind] = type.split(":") as [string, string, string];
      return validate(version.replace(/^core\//, ""), kind, {}).some((problem) =>
        problem.startsWith("there is no schema"),
      );
    });
    assert.deepEqual(unknown, []);
  });

  for (const [what, settings] of Object.entries({
    "a gateway with a page": { page: true },
    "a gateway of somebody else": { given: true },
    "a switch": { kind: "service-switch" },
  } as const)) {
    it(`is right, each of them, for ${what}`, async () => {
      const { steps } = await clusterTheater().up(clusterProgram(settings));
      assert.ok(steps.length > 10);
      assert.deepEqual(badManifests(steps), []);
    });
  }

  it("of a gateway's router leaves nothing to fill in: a refresh would take it for a change of the route", async () => {
    const { steps } = await clusterTheater().up(clusterProgram({ page: true }));
    const objects = steps.filter(({ type }) => type.startsWith("kubernetes:gateway.networking.k8s.io/"));
    assert.equal(objects.length, 6);
    for (const { inputs } of objects) {
      assert.deepEqual(filledIn(String(inputs["apiVersion"]), String(inputs["kind"]), inputs), inputs);
    }
    assert.deepEqual(
      filledIn("gateway.networking.k8s.io/v1", "HTTPRoute", { spec: { rules: [{ backendRefs: [{ name: "a" }] }] } }),
      {
        spec: {
          rules: [
            {
              matches: [{ path: { type: "PathPrefix", value: "/" } }],
              backendRefs: [{ group: "", kind: "Service", name: "a", weight: 1 }],
            },
          ],
        },
      },
    );
  });
});
