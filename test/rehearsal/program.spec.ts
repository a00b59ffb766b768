import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { createRehearsal } from "../../rehearsal";
import { facts, project, temporaryDirectory, Theater, Thing, told } from "./support/stage";

describe("rehearsal: the program", () => {
  it("is the function that the project's main module exports", async () => {
    const directory = project();
    fs.writeFileSync(path.join(directory, "package.json"), '{"main": "main.js"}');
    fs.writeFileSync(path.join(directory, "main.js"), "module.exports = async () => ({ answer: 42 });");
    const rehearsal = createRehearsal({ project: directory, clouds: [], facts: facts() });
    assert.deepEqual((await rehearsal.preview("dev")).outputs, { answer: 42 });
    fs.writeFileSync(path.join(directory, "other.js"), "module.exports = { answer: 42 };");
    fs.writeFileSync(path.join(directory, "Pulumi.yaml"), "name: shop\nmain: other.js\n");
    const other = createRehearsal({ project: directory, clouds: [], facts: facts() });
    await assert.rejects(other.preview("dev"), /other\.js exports no function/);
  });

  it("fails the run when it throws; what was registered is kept in an up, and nothing is deleted", async () => {
    const stage = new Theater({ state: temporaryDirectory() });
    await stage.up(() => void new Thing("old"));
    const program = async () => {
      const a = new Thing("a");
      await new Promise((resolve) => a.urn.apply(resolve));
      throw new TypeError("no such region");
    };
    await assert.rejects(stage.preview(program), /the program failed: no such region\n\s+at .*program\.spec\.ts/);
    assert.deepEqual(told(await stage.preview(() => void new Thing("old"))), ["same old"]);
    await assert.rejects(stage.up(program), { name: "EngineError", message: /no such region/ });
    const plan = await stage.preview(() => (new Thing("a"), new Thing("old")) && undefined);
    assert.deepEqual(told(plan), ["same a", "same old"]);
  });

  it("refuses the config with a RunError before anything is registered", async () => {
    const state = temporaryDirectory();
    const stage = new Theater({ state });
    const program = () => {
      throw new pulumi.RunError("shares add up to 99");
    };
    for (const run of [() => stage.preview(program), () => stage.up(program)]) {
      await assert.rejects(run, { name: "ConfigError", message: "shares add up to 99" });
    }
    assert.deepEqual(fs.readdirSync(state), []);
  });

  it("leaves state and world alone when a RunError comes later", async () => {
    const stage = new Theater({ state: temporaryDirectory() });
    const run = stage.up(async () => {
      const a = new Thing("a");
      await new Promise((resolve) => a.urn.apply(resolve));
      throw new pulumi.RunError("not like this");
    });
    await assert.rejects(run, { name: "EngineError", message: "not like this" });
    assert.deepEqual([...stage.rehearsal.world.things()], []);
    await assert.rejects(stage.rehearsal.outputs("dev"), /is not there/);
  });

  const lost: [string, RegExp, () => unknown][] = [
    [
      "in an apply that nobody awaits",
      /lost in apply/,
      () =>
        void pulumi.output(1).apply(() => {
          throw new Error("lost in apply");
        }),
    ],
    ["in an input", /lost in input/, () => void new Thing("a", { x: Promise.reject(new Error("lost in input")) })],
    ["in a promise that nobody awaits", /lost promise/, () => void Promise.reject(new Error("lost promise"))],
    ["in an output", /lost in output/, () => ({ x: pulumi.output(Promise.reject(new Error("lost in output"))) })],
    ["that is no error", /just text/, () => Promise.reject("just text")],
    ["that is only logged", /logged/, () => void pulumi.log.error("logged")],
  ];
  for (const [where, message, program] of lost) {
    it(`fails the run for an error ${where}`, async () => {
      const stage = new Theater();
      await stage.up(() => void new Thing("kept"));
      await assert.rejects(stage.up(program), { name: "EngineError", message });
      assert.ok(!stage.cloud.calls.includes("delete kept"));
    });
  }

  it("leaves the process as it was: listeners, stack traces, the next program", async () => {
    const before = [
      process.listenerCount("unhandledRejection"),
      process.listenerCount("uncaughtException"),
      Error.stackTraceLimit,
    ];
    const stage = new Theater();
    await assert.rejects(stage.preview(() => Promise.reject(new Error("x"))));
    await stage.preview(() => ({}));
    assert.deepEqual(
      [process.listenerCount("unhandledRejection"), process.listenerCount("uncaughtException"), Error.stackTraceLimit],
      before,
    );
  });

  it("runs apart from others that are started at the same time", async () => {
    const programs = Array.from({ length: 6 }, (_, index) => async () => {
      const config = new pulumi.Config();
      const thing = new Thing(`thing-${index}`, { size: index });
      await new Promise((resolve) => setTimeout(resolve, 5));
      new Thing(`late-${index}`, { from: thing.arn });
      return { stack: pulumi.getStack(), value: config.require("value"), preview: pulumi.runtime.isDryRun() };
    });
    const plans = await Promise.all(
      programs.map((program, index) => {
        const stage = new Theater({ project: project({ [`s${index}`]: `config: {shop:value: v${index}}` }) });
        return index % 2 === 0 ? stage.preview(program, {}, `s${index}`) : stage.up(program, {}, `s${index}`);
      }),
    );
    plans.forEach((plan, index) => {
      assert.deepEqual(plan.outputs, { stack: `s${index}`, value: `v${index}`, preview: index % 2 === 0 });
      assert.deepEqual(told(plan), [`create late-${index}`, `create thing-${index}`]);
    });
  });

  it("may pass resources as inputs and outputs", async () => {
    const stage = new Theater();
    const program = () => {
      const a = new Thing("a", { size: 1 });
      new Thing("b", { other: a });
      return { a };
    };
    const plan = await stage.up(program);
    assert.deepEqual(plan.outputs.a, {
      arn: plan.outputs.a && (plan.outputs.a as { arn: string }).arn,
      ...(plan.outputs.a as object),
    });
    assert.ok(!JSON.stringify((await stage.preview(program)).outputs).includes("@isPulumiResource"));
    assert.deepEqual(told(await stage.preview(program)), ["same a", "same b"]);
  });
});

describe("rehearsal: stack references", () => {
  const STACKS = {
    platform: "config: {shop:layer: platform}",
    application: "config: {shop:layer: application, shop:stacks: {platform: organization/shop/platform}}",
    production:
      "config: {shop:layer: traffic, shop:stacks: {platform: platform, application: organization/shop/application}}",
  };
  const program = () => {
    const config = new pulumi.Config();
    const outputs: Record<string, unknown> = { layer: config.require("layer"), token: pulumi.secret("hush") };
    outputs.arn = new Thing(config.require("layer"), { size: 1 }).arn;
    for (const [layer, stack] of Object.entries(config.getObject<Record<string, string>>("stacks") ?? {})) {
      const reference = new pulumi.StackReference(layer, { name: stack });
      outputs[`${layer}Arn`] = reference.requireOutput("arn");
      outputs[`${layer}Token`] = reference.getOutput("token");
    }
    return outputs;
  };

  it("bring up in memory what they read, once, and what that reads first", async () => {
    const stage = new Theater({ project: project(STACKS) });
    const plan = await stage.preview(program, {}, "production");
    assert.deepEqual(stage.cloud.calls, ["create platform", "create application"]);
    assert.deepEqual(plan.summary, { create: 2, read: 2 });
    assert.match(String(plan.outputs.applicationArn), /^arn:application-/);
    assert.equal(plan.outputs.platformToken, "[secret]");
    await stage.preview(program, {}, "production");
    assert.equal(stage.cloud.calls.length, 2);
  });

  it("read what a directory holds, and name the command where it holds nothing", async () => {
    const state = temporaryDirectory();
    const stage = new Theater({ project: project(STACKS), state });
    for (const run of [() => stage.preview(program, {}, "application"), () => stage.up(program, {}, "application")]) {
      await assert.rejects(run, {
        name: "EngineError",
        message: `stack platform, which application reads, is not there: bring it up with \`cutover up --stack platform --state ${state}\``,
      });
    }
    await stage.up(program, {}, "platform");
    await stage.up(program, {}, "application");
    const plan = await stage.up(program, {}, "production");
    assert.deepEqual(plan.summary, { create: 2, read: 2 });
    assert.deepEqual((await stage.up(program, {}, "production")).summary, { same: 2, read: 2 });
    assert.deepEqual((await stage.rehearsal.outputs("production")).platformArn, plan.outputs.platformArn);
  });

  it("are recorded as Pulumi records them", async () => {
    const stage = new Theater({ project: project(STACKS) });
    await stage.up(program, {}, "application");
    const { deployment } = await stage.rehearsal.export("application", "x");
    const reference = deployment.resources!.find((resource) => resource.type === "pulumi:pulumi:StackReference")!;
    assert.equal(reference.external, true);
    assert.equal(reference.id, "organization/shop/platform");
    assert.deepEqual(reference.inputs, { name: "organization/shop/platform" });
    assert.deepEqual(reference.outputs!.secretOutputNames, ["token"]);
    assert.match(reference.provider!, /pulumi:providers:pulumi::default::/);
  });

  it("are refused in a circle, and to other projects", async () => {
    const circle = new Theater({
      project: project({ a: "config: {shop:stacks: {x: b}}", b: "config: {shop:stacks: {x: a}}" }),
    });
    await assert.rejects(
      circle.preview(() => ({}), {}, "a"),
      /the stacks read each other in a circle: a -> b -> a/,
    );
    const foreign = new Theater();
    await assert.rejects(
      foreign.preview(() => void new pulumi.StackReference("organization/bakery/dev")),
      /does not model reading stacks of other projects, such as organization\/bakery\/dev/,
    );
  });
});
