import assert from "node:assert/strict";
import { ROUTERS } from "../../components/traffic/split";
import { STACKS, nameOf, production, type Production } from "./production";
import type { Json, Plan, Step } from "../../rollout/engine";

const RULE = "aws:lb/listenerRule:ListenerRule";
const REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1", "eu-central-1", "ap-southeast-2"];
/** The routed workloads, and the functions. */
const ROUTES = ["api", "function", "web"];
const WEIGHT = /^actions\[(\d+)\]\.forward\.targetGroups\[(\d+)\]\.weight$/;

const set = (values: Record<string, Json>) => ({ set: values });
const changedSteps = ({ steps }: Plan) => steps.filter(({ op }) => op !== "same" && op !== "read");

/** Color of a target group, by its physical name. */
function colorOf(arn: string): "blue" | "green" {
  const color = /targetgroup\/pathfinity-(blue|green)-/.exec(arn)?.[1];
  assert.ok(color !== undefined, arn);
  return color as "blue" | "green";
}

/** The weights that a rule's inputs ask for, and those that its diff shows on either side. */
function weightsOf(step: Step) {
  const groups = (step.inputs as any).actions[0].forward.targetGroups as { arn: string; weight: number }[];
  const asked = Object.fromEntries(groups.map(({ arn, weight }) => [colorOf(arn), weight]));
  const side = (which: "before" | "after") =>
    Object.fromEntries(
      step.diff.map((path) => {
        const [, action, group] = WEIGHT.exec(path)!;
        assert.equal(action, "0");
        return [colorOf(groups[Number(group)]!.arn), step.detailedDiff[path]![which]];
      }),
    );
  return { asked, before: side("before"), after: side("after") };
}

/** That a plan moves the routers of some regions from all blue to some weights, and does nothing else. */
function assertShift(plan: Plan, regions: readonly string[], weights: Record<string, number>) {
  const steps = changedSteps(plan);
  const expected = regions.flatMap((region) => ROUTES.map((route) => `router-${region}-${route}`)).sort();
  assert.deepEqual(steps.map(({ urn }) => nameOf(urn).replace(/-rule$/, "")).sort(), expected);
  for (const step of steps) {
    assert.equal(step.op, "update");
    assert.equal(step.type, RULE);
    assert.ok(
      step.diff.every((path) => WEIGHT.test(path)),
      step.diff.join(),
    );
    const { asked, before, after } = weightsOf(step);
    assert.deepEqual(asked, weights);
    assert.deepEqual(before, { blue: 100, green: 0 });
    assert.deepEqual(after, weights);
    assert.deepEqual(
      Object.values(step.detailedDiff).map(({ kind }) => kind),
      step.diff.map(() => "update"),
    );
  }
  assert.equal(plan.summary.update, steps.length);
  assert.equal(plan.summary.same, plan.steps.filter(({ op }) => op === "same").length);
  for (const { op, diff, detailedDiff } of plan.steps) {
    assert.ok(op === "update" || (diff.length === 0 && Object.keys(detailedDiff).length === 0));
  }
}

/** The weights that a plan's outputs say are in force, by region. */
function outputWeights(plan: Plan): Record<string, unknown> {
  const { regions } = plan.outputs["traffic"] as any;
  return Object.fromEntries(Object.keys(regions).map((region) => [region, regions[region].weights]));
}

describe("a change of cutover:traffic", function () {
  this.timeout(300_000);
  let at: Production;
  let baseline: Plan;
  before(async () => {
    at = await production();
    baseline = await at.rehearsal.preview("production");
  });

  it("is none when nothing was changed, in any stack; and no plan shows a secret", async () => {
    for (const stack of STACKS) {
      const plan = stack === "production" ? baseline : await at.rehearsal.preview(stack);
      assert.deepEqual(changedSteps(plan), [], stack);
      const passwords = plan.steps.flatMap(({ inputs }) => ("password" in inputs ? [inputs["password"]] : []));
      assert.deepEqual(passwords, stack === "production-platform" ? Array(3).fill("[secret]") : []);
      assert.ok(!/\[unknown\]|1b47061264138c4ac30d75fd1eb44270/.test(JSON.stringify(plan)));
    }
  });

  for (const [green, weights] of [
    [0.1, { blue: 999, green: 1 }],
    [37, { blue: 63, green: 37 }],
    [99.9, { blue: 1, green: 999 }],
    [100, { blue: 0, green: 100 }],
    ["10", { blue: 90, green: 10 }],
  ] as const) {
    it(`to ${JSON.stringify(green)} changes the weights of all routers to ${weights.blue}:${weights.green}, and nothing else`, async () => {
      const plan = await at.rehearsal.preview("production", set({ "traffic.green": green }));
      assertShift(plan, REGIONS, weights);
      const percent = { blue: Math.round(1_000 - Number(green) * 10) / 10, green: Number(green) };
      assert.deepEqual(outputWeights(plan), Object.fromEntries(REGIONS.map((region) => [region, percent])));
    });
  }

  it("to 0, where it is, changes nothing, also as text or spelled out for each region", async () => {
    for (const values of [
      { "traffic.green": 0 },
      { "traffic.green": "0" },
      Object.fromEntries(REGIONS.map((region) => [`traffic.regions.${region}`, 0])),
    ]) {
      assert.deepEqual(changedSteps(await at.rehearsal.preview("production", set(values))), []);
    }
  });

  it("in one region changes the routers of that region only", async () => {
    const plan = await at.rehearsal.preview("production", set({ "traffic.regions.eu-west-1": 37 }));
    assertShift(plan, ["eu-west-1"], { blue: 63, green: 37 });
    assert.deepEqual(outputWeights(plan)["us-east-1"], { blue: 100, green: 0 });
    assert.deepEqual(outputWeights(plan)["eu-west-1"], { blue: 63, green: 37 });
  });

  it("with a region held back changes the routers of all others", async () => {
    const plan = await at.rehearsal.preview(
      "production",
      set({ "traffic.green": 100, "traffic.regions.us-east-1": 0 }),
    );
    assertShift(
      plan,
      REGIONS.filter((region) => region !== "us-east-1"),
      { blue: 0, green: 100 },
    );
  });

  it("changes nothing in the platform and the application stacks, which do not know it", async () => {
    for (const stack of ["production-platform", "production-application"]) {
      await assert.rejects(at.rehearsal.preview(stack, set({ "traffic.green": 10 })), /unknown key for this stack/);
    }
  });

  it("is refused where a router cannot express it", async () => {
    const [kind] = Object.keys(ROUTERS);
    assert.equal(kind, "alb-listener-rule");
    await assert.rejects(at.rehearsal.preview("production", set({ "traffic.green": 0.05 })), /smallest step is 0\.1 %/);
  });
});
