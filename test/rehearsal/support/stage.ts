/** What the engine's tests play with: small projects, small resources, and a cloud that echoes. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import * as pulumi from "@pulumi/pulumi";

import { CloudError, createRehearsal, type Cloud, type Rehearsal, type RehearsalOptions } from "../../../rehearsal";
import type { Plan, Step } from "../../../rollout/engine";

/** Type of {@link Thing}. */
export const THING = "echo:index/thing:Thing";

/** A resource with any inputs, and the outputs `arn` and `made`. */
export class Thing extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly made: pulumi.Output<string>;
  declare readonly size: pulumi.Output<unknown>;

  constructor(name: string, inputs: pulumi.Inputs = {}, options: pulumi.CustomResourceOptions = {}) {
    super(THING, name, { arn: undefined, made: undefined, ...inputs }, options);
  }
}

/** A component with nothing of its own. */
export class Group extends pulumi.ComponentResource {
  constructor(name: string, options: pulumi.ComponentResourceOptions = {}) {
    super("test:index:Group", name, {}, options);
    this.registerOutputs({});
  }
}

/** The provider of things. */
export class EchoProvider extends pulumi.ProviderResource {
  constructor(name: string, inputs: pulumi.Inputs = { region: "here" }) {
    super("echo", name, inputs);
  }
}

/** A cloud that remembers what it was asked, and refuses things with the input `refuse`. */
export class EchoCloud implements Cloud {
  readonly package = "echo";
  readonly calls: string[] = [];
  readonly seen: unknown[] = [];

  models(type: string): boolean {
    return type === THING;
  }

  create(...[request, world]: Parameters<Cloud["create"]>): ReturnType<Cloud["create"]> {
    this.note("create", request);
    const number = [...world.things(THING)].length;
    const id = `${request.name}-${hash(request.seed)}`;
    world.put({ type: THING, id, stack: request.stack, urn: request.urn, properties: { ...request.inputs } });
    return { id, outputs: { arn: `arn:${id}`, made: `number ${number}` } };
  }

  update(...[request, world]: Parameters<Cloud["update"]>): ReturnType<Cloud["update"]> {
    this.note("update", request);
    world.put({
      type: THING,
      id: request.id,
      stack: request.stack,
      urn: request.urn,
      properties: { ...request.inputs },
    });
    return {};
  }

  delete(...[request, world]: Parameters<Cloud["delete"]>): void {
    this.note("delete", request);
    world.remove(THING, request.id);
  }

  read(...[request, world]: Parameters<NonNullable<Cloud["read"]>>): ReturnType<NonNullable<Cloud["read"]>> {
    this.note("read", request);
    const thing = world.get(THING, request.id);
    return thing && { id: thing.id, outputs: { ...thing.properties, arn: `arn:${thing.id}` } };
  }

  private note(verb: string, request: { name: string; inputs: Record<string, unknown> }): void {
    this.calls.push(`${verb} ${request.name}`);
    this.seen.push(request);
    if (request.inputs.refuse === verb) {
      throw new CloudError(`${request.name} is not wanted`);
    }
  }
}

function hash(text: string): string {
  let sum = 7;
  for (const character of text) {
    sum = (sum * 31 + character.charCodeAt(0)) % 0xfffffff;
  }
  return sum.toString(16).padStart(7, "0");
}

/** A directory that is removed when the tests of a file have run. */
export function temporaryDirectory(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-test-"));
  after(() => fs.rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A project with the stack files that are given, by stack. */
export function project(stacks: Record<string, string> = { dev: "config: {}" }, config = ""): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-project-"));
  after(() => fs.rmSync(directory, { recursive: true, force: true }));
  fs.writeFileSync(path.join(directory, "Pulumi.yaml"), `name: shop\nruntime: nodejs\n${config}`);
  for (const [stack, content] of Object.entries(stacks)) {
    fs.writeFileSync(path.join(directory, `Pulumi.${stack}.yaml`), content);
  }
  return directory;
}

/** Facts of {@link THING}: what is replaced, and what is secret. */
export function facts(): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-facts-"));
  after(() => fs.rmSync(directory, { recursive: true, force: true }));
  const types = {
    [THING]: { replaceOn: ["kind", "rules[].port", "block", "block.size"], secrets: ["password"] },
    "pulumi:providers:echo": { replaceOn: ["region"] },
  };
  fs.writeFileSync(path.join(directory, "echo.json"), JSON.stringify({ types }));
  return directory;
}

/** A rehearsal whose program can be exchanged between runs. */
export class Theater {
  readonly cloud = new EchoCloud();
  readonly messages: string[] = [];
  readonly rehearsal: Rehearsal;
  private program: () => unknown = () => ({});

  constructor(options: Partial<RehearsalOptions> = {}) {
    this.rehearsal = createRehearsal({
      project: options.project ?? project(),
      facts: facts(),
      clouds: [this.cloud],
      now: () => new Date("2026-11-21T12:00:00Z"),
      onMessage: (severity, text) => severity !== "debug" && this.messages.push(`${severity}: ${text}`),
      ...options,
      program: () => this.program(),
    });
  }

  preview(program: () => unknown, options: Parameters<Rehearsal["preview"]>[1] = {}, stack = "dev"): Promise<Plan> {
    this.program = program;
    return this.rehearsal.preview(stack, options);
  }

  up(program: () => unknown, options: Parameters<Rehearsal["up"]>[1] = {}, stack = "dev"): Promise<Plan> {
    this.program = program;
    return this.rehearsal.up(stack, options);
  }
}

/** `op name` of each step in their order, without the stack and providers. */
export function inOrder(plan: Plan): string[] {
  return plan.steps.filter(isInteresting).map((step) => `${step.op} ${nameOf(step)}`);
}

/** {@link inOrder}, sorted: what does not depend on each other registers in an order of the SDK's own. */
export function told(plan: Plan): string[] {
  return inOrder(plan).sort();
}

/** The step of a resource. */
export function stepOf(plan: Plan, name: string): Step {
  const step = plan.steps.find((candidate) => nameOf(candidate) === name);
  if (!step) {
    throw new Error(`no step for ${name}: ${plan.steps.map(nameOf).join(", ")}`);
  }
  return step;
}

function isInteresting(step: Step): boolean {
  return !step.type.startsWith("pulumi:providers:") && step.type !== "pulumi:pulumi:Stack";
}

function nameOf(step: Step): string {
  return step.urn.split("::").at(-1)!;
}

/** The URN of a thing in the stack `dev`, below parents of these types. */
export function urnOf(name: string, ...parents: string[]): string {
  return `urn:pulumi:dev::shop::${[...parents, THING].join("$")}::${name}`;
}
