import assert from "node:assert/strict";
import type { EngineEvent, StepEventMetadata, StepEventStateMetadata } from "@pulumi/pulumi/automation";
import { EventLog } from "../../../rollout/engines/events";

const RULE = "aws:lb/listenerRule:ListenerRule";
const URN = `urn:pulumi:dev::cutover::${RULE}::rule`;
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const state = (inputs: Record<string, unknown>, more: Partial<StepEventStateMetadata> = {}) =>
  ({
    type: RULE,
    urn: URN,
    custom: true,
    id: "1",
    parent: "root",
    provider: "p::1",
    inputs,
    outputs: {},
    ...more,
  }) as never;
const weights = (...parts: number[]) => ({
  targetGroups: parts.map((weight, index) => ({ arn: `arn-${index}`, weight })),
});

function logOf(steps: Partial<StepEventMetadata>[], others: Partial<EngineEvent>[] = []) {
  const warnings: string[] = [];
  const log = new EventLog(undefined, (text) => warnings.push(text));
  for (const metadata of steps) {
    const event = { metadata: { urn: URN, type: RULE, provider: "", ...metadata } };
    log.take({ sequence: 0, timestamp: 0, resourcePreEvent: event as never });
  }
  others.forEach((event) => log.take({ sequence: 0, timestamp: 0, ...event }));
  return { log, warnings, plan: log.plan("dev") };
}

describe("the events of Pulumi's engine as a plan", () => {
  it("tells of a replacement as one step, whichever way it is done", () => {
    for (const ops of [
      ["create-replacement", "replace", "delete-replaced"],
      ["delete-replaced", "replace", "create-replacement"],
    ] as const) {
      const { plan } = logOf(ops.map((op) => ({ op, old: state({ port: 1 }), new: state({ port: 2 }) })));
      assert.deepEqual(plan.summary, { replace: 1 });
    }
  });

  it("tells of what goes with what is recorded, also of what only is forgotten", () => {
    const { plan } = logOf([{ op: "discard", old: state({ port: 1 }) }]);
    assert.deepEqual(
      plan.steps.map(({ op, inputs }) => [op, inputs]),
      [["delete", { port: 1 }]],
    );
  });

  it("leaves out what the engine makes for itself, and looks at what there is", () => {
    const provider = "pulumi:providers:pulumi";
    const { plan } = logOf([
      { op: "same", urn: `urn:pulumi:dev::cutover::${provider}::default`, type: provider, new: state({}) },
      { op: "refresh", old: state({}) },
    ]);
    assert.deepEqual(plan.steps, []);
  });

  it("names the parts of what a provider names as a whole", () => {
    const { plan } = logOf([
      {
        op: "update",
        old: state(weights(90, 10)),
        new: state(weights(70, 30)),
        detailedDiff: {
          "targetGroups[0]": { diffKind: "update", inputDiff: false },
          "targetGroups[1]": { diffKind: "update-replace", inputDiff: false },
        } as never,
      },
    ]);
    assert.deepEqual(plan.steps[0]!.detailedDiff, {
      "targetGroups[0].weight": { kind: "update", before: 90, after: 70 },
      "targetGroups[1].weight": { kind: "update-replace", before: 10, after: 30 },
    });
  });

  it("keeps what a provider names and the inputs do not show", () => {
    const { plan } = logOf([
      {
        op: "update",
        old: state({}, { outputs: { tagsAll: { a: "1" } } }),
        new: state({}),
        detailedDiff: { "tagsAll.a": { diffKind: "delete", inputDiff: false } } as never,
      },
    ]);
    assert.deepEqual(plan.steps[0]!.detailedDiff, { "tagsAll.a": { kind: "delete", before: "1" } });
  });

  it("says what a cloud had, where that is not what was asked for", () => {
    const { plan } = logOf([
      {
        op: "update",
        old: state({ arn: "a" }, { outputs: { arn: "b" } }),
        new: state({ arn: "a" }),
        detailedDiff: { arn: { diffKind: "update", inputDiff: false } } as never,
      },
    ]);
    assert.deepEqual(plan.steps[0]!.detailedDiff, { arn: { kind: "update", before: "b", after: "a" } });
  });

  it("does not believe that nothing changes in an update that names nothing", () => {
    const { plan } = logOf([{ op: "update", old: state(weights(100, 0)), new: state(weights(100, 5)) }]);
    assert.deepEqual(plan.steps[0]!.diff, ["targetGroups[1].weight"]);
  });

  it("says of a component only that it changes", () => {
    const component = { custom: false, provider: "" };
    const { plan } = logOf([{ op: "update", old: state({ a: 1 }, component), new: state({ a: 2 }, component) }]);
    assert.deepEqual([plan.steps[0]!.op, plan.steps[0]!.diff, plan.steps[0]!.provider], ["update", [], undefined]);
  });

  it("shows no secret and no mark of the engine", () => {
    const { plan } = logOf(
      [
        {
          op: "update",
          old: state({ token: SECRET }),
          new: state({ token: SECRET, arn: UNKNOWN }),
          detailedDiff: {
            token: { diffKind: "update", inputDiff: true },
            arn: { diffKind: "add", inputDiff: true },
          } as never,
        },
      ],
      [
        {
          resOutputsEvent: {
            metadata: { type: "pulumi:pulumi:Stack", new: { outputs: { password: SECRET, arn: UNKNOWN } } } as never,
          },
        },
      ],
    );
    assert.deepEqual(plan.steps[0]!.inputs, { token: "[secret]", arn: "[unknown]" });
    assert.deepEqual(plan.steps[0]!.detailedDiff, {
      token: { kind: "update", before: "[secret]", after: "[secret]" },
      arn: { kind: "add", after: "[unknown]" },
    });
    assert.deepEqual(plan.outputs, { password: "[secret]", arn: "[unknown]" });
  });

  it("keeps errors and warnings in their own words, each warning once, and nothing of what is debugged", () => {
    const say = (severity: string, message: string) => ({
      diagnosticEvent: { severity, message, color: "never" } as never,
    });
    const { log, warnings } = logOf(
      [],
      [
        say("error", "<{%fg 1%}>error: it is broken<{%reset%}>\n"),
        say("warning", "warning: careful"),
        say("warning", "careful"),
        say("debug", "RegisterResource RPC finished: hush"),
      ],
    );
    assert.equal(log.problem, "it is broken");
    assert.deepEqual(warnings, ["careful"]);
  });

  it("knows whether the program registered anything of its own", () => {
    const stack = { op: "same" as const, type: "pulumi:pulumi:Stack", new: state({}) };
    assert.equal(logOf([stack]).log.hasResources, false);
    assert.equal(logOf([stack, { op: "create", new: state({}) }]).log.hasResources, true);
  });
});
