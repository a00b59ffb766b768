import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { podSelector } from "../../../components/kubernetes/labels";
import { prometheusValues } from "../../../components/kubernetes/controllerValues";
import { consumerName } from "../../../stacks/config/applicationChecks";
import { controllersSchema } from "../../../stacks/config/controllers";
import { PROJECT } from "../production";
import { rawStack } from "./stackFiles";

/** Every stack of the repository. */
const STACKS = readdirSync(PROJECT).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);

/** The queries of a stack's rollout, by metric. */
function queries(stack: string): [metric: string, query: string][] {
  const { rollout } = rawStack(stack) as any;
  return Object.entries<any>(rollout?.metrics ?? {}).map(([metric, { query }]) => [metric, String(query)]);
}

describe("the queries of a stack's rollout", () => {
  const counting = STACKS.map((stack) => ({
    stack,
    workloads: Object.entries<any>((rawStack(stack) as any).workloads ?? {}),
    counts: queries(stack).filter(([, query]) => query.includes("kube_deployment_status_replicas_ready")),
  })).filter(({ workloads, counts }) => counts.length > 0 && workloads.some(([, { consumer }]) => consumer));

  it("do not take consumers that rest for pods that failed", () => {
    assert.deepEqual(counting.map(({ stack }) => stack).sort(), ["adaptive-learning", "development", "staging"]);
    for (const { stack, workloads, counts } of counting) {
      for (const [metric, query] of counts) {
        const without = /deployment!~"([^"]+)"/.exec(query)?.[1];
        assert.ok(without !== undefined, `${stack}: ${metric}`);
        const left = (name: string) => new RegExp(`^(?:${without})$`).test(name);
        for (const [workload] of workloads) {
          assert.ok(left(consumerName(workload)) && !left(workload), `${stack}: ${metric}: ${workload}`);
        }
      }
    }
  });

  it("ask of a cluster that is there already what its Prometheus has: no prober, and objects that are watched", () => {
    const { collectors } = prometheusValues(controllersSchema.parse({}).prometheus)["kube-state-metrics"] as {
      collectors: string[];
    };
    const asked = queries("adaptive-learning").flatMap(([, query]) => query.match(/\b(kube|probe)_[a-z]+_/g) ?? []);
    assert.ok(asked.length > 0);
    for (const family of asked) {
      const [, kind] = /^kube_([a-z]+)_$/.exec(family) ?? [];
      assert.ok(collectors.includes(`${kind}s`), family);
    }
  });
});

describe("the hook verify-pods", () => {
  it("waits for no pod of a schedule that is over, since that one is never ready again", () => {
    const [, , command] = (rawStack("adaptive-learning") as any).rollout.hooks["verify-pods"].command as string[];
    const identity = { deployment: "adaptive-learning", color: "green" } as const;
    const role = podSelector(identity, "pipeline", "schedule")["app.kubernetes.io/component"];
    assert.ok(command!.includes(` -l app.kubernetes.io/component!=${role} `), command);
    assert.ok(!command!.includes("--all"), "kubectl takes a selector or --all");
  });
});
