import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { application } from "../../stacks/application/aws";
import { applicationContract } from "../../stacks/contract/application";
import { misplaced, record } from "../support/recorder";
import { applicationConfig, applicationGraph, changed, type Graph } from "./applicationGraph";
import { platformFixture, smallPlatform } from "./platformFixture";

const IMAGE = `123456789012.dkr.ecr.us-east-1.amazonaws.com/pathfinity/x@sha256:${"5c".repeat(32)}`;
const RELEASE = {
  version: "2.2.0",
  images: Object.fromEntries(["api", "web", "pathiq", "finn", "function", "database"].map((name) => [name, IMAGE])),
};
const JURISDICTIONS: Record<string, string[]> = {
  US: ["us-east-1", "us-west-2"],
  EU: ["eu-west-1", "eu-central-1"],
  APAC: ["ap-southeast-1", "ap-southeast-2"],
};
const REGIONS = Object.values(JURISDICTIONS).flat();

const graphs = new Map<string, Promise<Graph>>();

/** The graph of one jurisdiction, which is enough to see what a change touches. */
function graphOf(changes: Record<string, unknown> = {}): Promise<Graph> {
  const key = JSON.stringify(changes, (_, value: unknown) => (value === undefined ? "nothing" : value));
  const known =
    graphs.get(key) ?? applicationGraph(applicationConfig(changes), smallPlatform()).then(({ graph }) => graph);
  graphs.set(key, known);
  return known;
}

function ofType(graph: Graph, type: string) {
  return Object.values(graph).filter((resource) => resource.type.endsWith(`:${type}`));
}

/** Types of the resources of `keys`, each once. */
function types(keys: readonly string[]): string[] {
  return [...new Set(keys.map((key) => key.split(" ")[0]!.split(":").at(-1)!))].sort();
}

describe("application layer", () => {
  let whole: Graph;
  let resting: Graph;
  before(async () => {
    whole = (await applicationGraph(applicationConfig())).graph;
    resting = await graphOf();
  });

  describe("a change of capacity", () => {
    for (const [name, to] of [
      ["warm", "warm"],
      ["a share", 30],
      ["full", "full"],
    ] as const) {
      it(`from off to ${name} touches Deployments and autoscalers of that color, and nothing else`, async () => {
        const keys = changed(resting, await graphOf({ capacity: { green: to } }));
        assert.deepEqual(types(keys), ["Deployment", "HorizontalPodAutoscaler"]);
        assert.deepEqual(
          keys.filter((key) => !key.includes("-green-")),
          [],
        );
        assert.equal(keys.length, 2 * 4 * 2);
      });
    }

    it("between shares touches autoscalers of that color, and nothing else", async () => {
      const keys = changed(await graphOf({ capacity: { green: 30 } }), await graphOf({ capacity: { green: 100 } }));
      assert.deepEqual(types(keys), ["HorizontalPodAutoscaler"]);
      assert.ok(keys.every((key) => key.includes("-green-")));
    });

    it("leaves the number of pods to the autoscaler, and takes it back when the color is off", () => {
      const servers = ofType(whole, "Deployment").filter(({ name }) => name.endsWith("-server-deployment"));
      for (const { name, inputs } of servers) {
        assert.equal(inputs.spec.replicas, name.includes("-blue-") ? undefined : 0, name);
      }
      const scaled = ofType(whole, "HorizontalPodAutoscaler");
      assert.equal(scaled.length, 4 * REGIONS.length);
      assert.ok(scaled.every(({ name, inputs }) => name.includes("-blue-") && inputs.spec.minReplicas >= 2));
    });
  });

  it("changes only that color's objects with a release, and nothing that routers or trust refer to", async () => {
    const keys = changed(resting, await graphOf({ releases: { green: RELEASE } }));
    assert.deepEqual(types(keys), ["ConfigMap", "CronJob", "Deployment", "Function"]);
    assert.deepEqual(
      keys.filter((key) => !key.includes("-green")),
      [],
    );
  });

  it("has only empty target groups of a color without a release, for the routers to name", async () => {
    const graph = await graphOf({ releases: { green: undefined } });
    assert.deepEqual(types(Object.keys(graph).filter((key) => key.includes("-green"))), ["TargetGroup", "Targets"]);
  });

  describe("work that has no weight", () => {
    it("moves with `consumers`, which touches consumers and schedules and nothing else", async () => {
      const warm = { capacity: { green: "warm" } };
      const keys = changed(await graphOf(warm), await graphOf({ ...warm, consumers: "green" }));
      assert.deepEqual(types(keys), ["CronJob", "Deployment"]);
      assert.ok(
        keys.every((key) => key.includes("-finn-consumer-deployment") || key.includes("-api-nightly-report-cron")),
      );
    });

    it("runs in the active color, and the clock once for each jurisdiction", () => {
      const running = ofType(whole, "CronJob").filter(({ inputs }) => inputs.spec.suspend === false);
      const expected = ["ap-southeast-1", "eu-west-1", "us-east-1"].map(
        (region) => `color-${region}-blue-api-nightly-report-cron`,
      );
      assert.deepEqual(running.map(({ name }) => name).sort(), expected);
      for (const { name, inputs } of ofType(whole, "Deployment").filter((it) =>
        it.name.endsWith("-consumer-deployment"),
      )) {
        assert.equal(inputs.spec.replicas > 0, name.includes("-blue-"), name);
      }
    });
  });

  describe("its namespaces", () => {
    it("refuse pods that are not restricted, by a pinned version of the standard", () => {
      const namespaces = ofType(whole, "Namespace").filter(({ type }) => type.startsWith("kubernetes:"));
      assert.equal(namespaces.length, 2 * REGIONS.length);
      for (const { inputs } of namespaces) {
        assert.equal(inputs.metadata.labels["pod-security.kubernetes.io/enforce"], "restricted");
        assert.equal(inputs.metadata.labels["pod-security.kubernetes.io/enforce-version"], "v1.35");
      }
    });

    it("let nothing in or out that no policy names, and calls leave no color", () => {
      for (const region of REGIONS) {
        for (const color of ["blue", "green"]) {
          const policy = (role: string) =>
            whole[`kubernetes:networking.k8s.io/v1:NetworkPolicy color-${region}-${color}-network-${role}`]!.inputs
              .spec;
          assert.deepEqual(policy("default-deny"), { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
          assert.deepEqual(policy("color").egress[0].to, [{ podSelector: {} }]);
          assert.deepEqual(policy("entry-api").ingress[0].ports, [{ port: 8080, protocol: "TCP" }]);
          assert.deepEqual(policy("cache").podSelector.matchExpressions[0].values, ["api", "web", "pathiq", "finn"]);
          assert.deepEqual(policy("database").podSelector.matchExpressions[0].values, ["api", "pathiq", "finn"]);
        }
      }
    });

    it("bind routed workloads to the target groups of their color", () => {
      const { inputs } =
        whole["kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding color-eu-west-1-green-web-target-binding"]!;
      assert.equal(inputs.spec.targetGroupARN, "arn:targets-eu-west-1-green-web");
      assert.equal(inputs.spec.targetType, "ip");
      assert.equal(ofType(whole, "TargetGroupBinding").length, 2 * 2 * REGIONS.length);
    });
  });

  it("never names a region of another jurisdiction: neither in a setting, nor in a policy, nor as an image", () => {
    for (const inside of Object.values(JURISDICTIONS)) {
      const others = REGIONS.filter((region) => !inside.includes(region));
      for (const { name, inputs } of Object.values(whole).filter((it) =>
        inside.some((region) => it.name.includes(region)),
      )) {
        const text = JSON.stringify(inputs);
        assert.deepEqual(
          others.filter((region) => text.includes(region)),
          [],
          name,
        );
      }
    }
  });

  it("gives every resource the provider of its own region", () => {
    for (const { type, name, provider } of Object.values(whole)) {
      if (!type.startsWith("cutover:") && !type.startsWith("pulumi:")) {
        const region = REGIONS.find((candidate) => name.includes(candidate))!;
        assert.ok(provider.includes(`::${type.split(":")[0]}-${region}::`), `${name}: ${provider}`);
      }
    }
  });

  it("has logical names that leave room for the suffix of IAM roles and functions, 64 characters in all", () => {
    const long = Object.values(whole).filter(({ type, name }) => /:(Role|Function)$/.test(type) && name.length > 56);
    assert.deepEqual(
      long.map(({ name }) => name),
      [],
    );
  });

  it("gives each color a function of its own, with its own key, log and role", () => {
    const { inputs } = whole["aws:lambda/function:Function function-eu-west-1-blue-function"]!;
    assert.equal(inputs.packageType, "Image");
    assert.match(inputs.imageUri, /^123456789012\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/.*@sha256:[0-9a-f]{64}$/);
    assert.equal(inputs.kmsKeyArn, "arn:functions-eu-west-1-key");
    assert.equal(inputs.tracingConfig.mode, "Active");
    assert.equal(inputs.loggingConfig.logGroup, "function-eu-west-1-blue-logs");
    assert.equal(whole["aws:cloudwatch/logGroup:LogGroup function-eu-west-1-blue-logs"]!.inputs.retentionInDays, 365);
  });

  describe("a database change", () => {
    const phases = ["backup", "restore-check", "migrate", "validate", "contract"];
    const change = (phase: string) => ({ databaseChange: { release: "2.1.0", phase } });

    for (const [index, phase] of phases.entries()) {
      it(`at ${phase} adds its job to those before it`, async () => {
        const graph = await graphOf(change(phase));
        const jobs = ofType(graph, "Job").map(({ name }) => name);
        assert.equal(jobs.length, index + 1);
        assert.deepEqual(
          changed(resting, graph).filter((key) => !key.includes("database-")),
          [],
        );
        const previous = index === 0 ? resting : await graphOf(change(phases[index - 1]!));
        const gone = changed(previous, graph).filter((key) => previous[key] !== undefined);
        assert.deepEqual(gone, [], "a phase adds to those before it");
      });
    }

    it("names its jobs by phase, release and build, and ends in time", async () => {
      const graph = await graphOf(change("backup"));
      const { inputs } = graph["kubernetes:batch/v1:Job database-eu-west-1-backup-2-1-0-e604b9d2"]!;
      assert.equal(inputs.metadata.name, "backup-2-1-0-e604b9d2");
      assert.equal(inputs.metadata.namespace, "pathfinity-release");
      assert.equal(inputs.spec.activeDeadlineSeconds, 5400);
      assert.equal(inputs.spec.ttlSecondsAfterFinished, undefined);
    });
  });

  it("changes each database once, in the cluster of its primary, and has outputs that keep the contract", async () => {
    const config = applicationConfig({ databaseChange: { release: "2.1.0", phase: "backup" } });
    const { graph, outputs } = await applicationGraph(config);
    assert.deepEqual(
      ofType(graph, "Job")
        .map(({ name }) => name)
        .sort(),
      ["ap-southeast-1", "eu-west-1", "us-east-1"].map((region) => `database-${region}-backup-2-1-0-e604b9d2`),
    );
    const value = await new Promise<unknown>((resolve) => pulumi.output(outputs).apply(resolve));
    const result = applicationContract.safeParse(value);
    assert.deepEqual(result.error?.issues ?? [], []);
    assert.deepEqual(result.data!.databaseJobs["EU"], ["backup-2-1-0-e604b9d2"]);
    assert.deepEqual(result.data!.facts.targets["api"], {
      port: 8080,
      paths: ["/api/*"],
      priority: 10,
      healthPath: "/health/ready",
      protocolVersion: "HTTP1",
    });
    assert.deepEqual(result.data!.regions["us-east-1"]!.green.pods["api"], { least: 0, most: 0 });
    assert.deepEqual(result.data!.regions["us-east-1"]!.blue.pods["api"], { least: 10, most: 100 });
  });

  it("fails when both colors do not fit the nodes, before anything is registered", async () => {
    const small = platformFixture({ cpu: 20, memoryGiB: 670, gpus: 10 });
    const config = applicationConfig({ capacity: { green: "full" } });
    await assert.rejects(
      applicationGraph(config, small),
      /cutover:capacity\n.*us-east-1: they need [\d.]+ vCPU .*hold 18 at their largest/,
    );
  });

  it("fails when a workload reads a secret that the platform does not have", async () => {
    const config = applicationConfig({ workloads: { web: { access: { secrets: ["unheard-of"] } } } });
    await assert.rejects(applicationGraph(config), /cutover:workloads\.web\.access\.secrets\[0\]\n.*session-signing/);
  });

  it("fails when users' requests could not reach a workload's port", async () => {
    const config = applicationConfig({ workloads: { web: { port: 3000 } } });
    await assert.rejects(applicationGraph(config), /cutover:workloads\.web\.port\n.*8080; got 3000/);
  });

  it("keeps every child under its component and named after it", async () => {
    const outputs = (_type: string, name: string, inputs: Record<string, any>) => ({
      metadata: { name, ...inputs["metadata"] },
    });
    const { resources } = await record(() => application(applicationConfig(), smallPlatform()), outputs);
    assert.deepEqual(misplaced(resources), []);
  });
});
