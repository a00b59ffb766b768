/** The embedded engine: deploys the project's stacks into stand-in clouds, in this process. */
import * as path from "node:path";

import {
  EngineError,
  type Engine,
  type Found,
  type Json,
  type Plan,
  type Recovery,
  type RunOptions,
} from "../../rollout/engine";
import type { Cloud, World } from "./cloud";
import { encodeDeployment, type Deployment, type DeploymentFile, type Resource } from "./deployment";
import { PlanError, UnknownTarget } from "./errors";
import { Facts } from "./facts";
import { Monitor } from "./monitor";
import { inTurn, loadProgram, ProgramRefusal, runProgram, type Program, type Severity } from "./program";
import { listStacks, readConfig, readProject, type Project, type RunConfig } from "../../pulumi/projectConfig";
import { readBack, recordedOf, refreshed } from "./readBack";
import { Run } from "./run";
import { passphraseCrypter } from "./secrets";
import { DirectoryStore, MemoryStore, type Store } from "./store";
import { STACK_TYPE } from "../../pulumi/urn";
import { shownMap, type ValueMap } from "../../pulumi/values";
import type { StandInWorld } from "./world";

/** What a rehearsal is made of. */
export interface RehearsalOptions {
  /** The project's directory: where Pulumi.yaml and the stacks' files are. */
  project: string;
  /**
   * The directory of the stacks' states.
   * @default - everything is kept in memory, and stacks that a stack reads are brought up first
   */
  state?: string;
  /** The stand-in clouds. A type that none of them knows is refused by name. */
  clouds: readonly Cloud[];
  /** @default - the clock of the machine */
  now?: () => Date;
  /** @default - what the project's main module exports, loaded at the first run */
  program?: Program;
  /**
   * Encrypts the secrets in state files as Pulumi does.
   * @default - the environment's PULUMI_CONFIG_PASSPHRASE; without it, or when it is empty, a key that is kept beside the state
   */
  passphrase?: string;
  /** The directory of the facts about types. @default - the one of the package */
  facts?: string;
  /** Told what the program logs, and what the engine has to say besides steps. @default - nobody */
  onMessage?: (severity: Severity, text: string) => void;
}

/** An engine that needs no cloud. */
export interface Rehearsal extends Engine {
  /**
   * The state as `pulumi stack import` takes it, with secrets under a passphrase. A stack output says that all is invented.
   * @throws EngineError without a passphrase, or when the stack was never brought up.
   */
  export(stack: string, passphrase?: string): Promise<DeploymentFile>;
  /** What exists in the stand-in clouds now. Changes to it are not kept: see {@link Rehearsal.changeWorld}. */
  readonly world: World;
  /** Changes the world behind the engine's back, as a person with a console does. */
  changeWorld(change: (world: World) => void): void;
  /** Brings up the stacks that a stack reads (`cutover:stacks`) and that are not there, those that they read first. */
  bringUpReferences(stack: string): Promise<void>;
  /** The stacks that a stack reads, directly or through others; those first that the others read. */
  references(stack: string): string[];
  /**
   * What is recorded of a stack, with its secrets in clear: to be looked at, never to be shown.
   * @throws EngineError when the stack was never brought up.
   */
  resources(stack: string): readonly Resource[];
}

/** Marks an export. Pulumi drops metadata that it does not know, and keeps outputs: so it stands in both. */
const INVENTED = "by a rehearsal of Cutover: nothing in here exists in a cloud";

/** Makes a rehearsal. @throws ConfigError when the directory holds no project. */
export function createRehearsal(options: RehearsalOptions): Rehearsal {
  return new EmbeddedEngine(options);
}

class EmbeddedEngine implements Rehearsal {
  private readonly project: Project;
  private readonly store: Store;
  private readonly clouds: ReadonlyMap<string, Cloud>;
  private readonly facts: Facts;
  private program?: Program;
  private readonly said = new Set<string>();

  constructor(private readonly options: RehearsalOptions) {
    this.project = readProject(path.resolve(options.project));
    const passphrase = (options.passphrase ?? process.env.PULUMI_CONFIG_PASSPHRASE) || undefined;
    this.store =
      options.state === undefined ? new MemoryStore() : new DirectoryStore(path.resolve(options.state), passphrase);
    this.clouds = new Map(options.clouds.map((cloud) => [cloud.package, cloud]));
    this.facts = new Facts(options.facts ?? path.join(__dirname, "..", "clouds", "facts"));
    this.program = options.program;
  }

  get world(): World {
    return this.store.world();
  }

  changeWorld(change: (world: World) => void): void {
    const world = this.store.world();
    change(world);
    this.store.writeWorld(world);
  }

  preview(stack: string, options: RunOptions = {}): Promise<Plan> {
    return this.deploy(stack, options, true);
  }

  up(stack: string, options: RunOptions = {}): Promise<Plan> {
    return this.deploy(stack, options, false);
  }

  destroy(stack: string, options: Omit<RunOptions, "set"> = {}): Promise<Plan> {
    return inTurn(async () => {
      if (!listStacks(this.project).includes(stack)) {
        readConfig(this.project, stack);
      }
      return this.run(stack, { values: {}, secretKeys: [], notes: [] }, options, false, async () => undefined);
    });
  }

  async outputs(stack: string): Promise<Record<string, Json>> {
    return shownMap(this.recordedOutputs(stack) ?? this.missing(stack));
  }

  async recorded(stack: string, types: readonly string[]): Promise<Found[]> {
    return recordedOf(this.store.read(stack), types);
  }

  async read(stack: string, urns: readonly string[]): Promise<Found[]> {
    const recorded = this.store.read(stack);
    return readBack(recorded, this.openWorld(stack, recorded), urns);
  }

  /** The lock of a process that is gone is taken over by whoever comes next; the rest of what it left is mended here. */
  recover(stack: string): Promise<Recovery> {
    return this.store.locked(stack, async () => {
      if (!this.store.wasInterrupted(stack)) {
        return { mended: [], left: [] };
      }
      const recorded = this.store.read(stack);
      const world = this.openWorld(stack, recorded);
      if (recorded) {
        this.store.write(stack, refreshed(recorded, world));
      }
      this.store.writeWorld(world);
      this.store.pending(stack, false);
      return {
        mended: [
          `${stack}: a run was killed before it had recorded what it did; the record is what the clouds have again`,
        ],
        left: [],
      };
    });
  }

  async export(
    stack: string,
    passphrase = this.options.passphrase ?? process.env.PULUMI_CONFIG_PASSPHRASE,
  ): Promise<DeploymentFile> {
    if (!passphrase) {
      throw new EngineError(
        "an export holds secrets: set PULUMI_CONFIG_PASSPHRASE to the passphrase that they are encrypted under",
      );
    }
    const deployment = this.store.read(stack) ?? this.missing(stack);
    const resources = (deployment.resources ?? []).map((resource) =>
      resource.type === STACK_TYPE ? { ...resource, outputs: { ...resource.outputs, invented: INVENTED } } : resource,
    );
    const metadata = { ...deployment.metadata, invented: INVENTED };
    return encodeDeployment({ ...deployment, resources, metadata }, passphraseCrypter(passphrase));
  }

  async bringUpReferences(stack: string): Promise<void> {
    await this.bringUpReferencesOf(readConfig(this.project, stack), [stack]);
  }

  references(stack: string): string[] {
    const direct = referencesIn(readConfig(this.project, stack).values[`${this.project.name}:stacks`]);
    return [...new Set(direct.map((name) => this.stackName(name)).flatMap((name) => [...this.references(name), name]))];
  }

  resources(stack: string): readonly Resource[] {
    return (this.store.read(stack) ?? this.missing(stack)).resources ?? [];
  }

  private async bringUpReferencesOf(config: RunConfig, path: readonly string[]): Promise<void> {
    for (const name of referencesIn(config.values[`${this.project.name}:stacks`])) {
      const referenced = this.stackName(name);
      if (path.includes(referenced)) {
        throw new PlanError(`the stacks read each other in a circle: ${[...path, referenced].join(" -> ")}`);
      }
      if (this.recordedOutputs(referenced) === undefined) {
        const own = readConfig(this.project, referenced);
        await this.bringUpReferencesOf(own, [...path, referenced]);
        await inTurn(() => this.runProgram(referenced, own, {}, false));
      }
    }
  }

  private async deploy(stack: string, options: RunOptions, preview: boolean): Promise<Plan> {
    const config = readConfig(this.project, stack, options.set);
    if (this.store.inMemory) {
      await this.bringUpReferencesOf(config, [stack]);
    }
    return inTurn(() => this.runProgram(stack, config, options, preview));
  }

  private runProgram(stack: string, config: RunConfig, options: RunOptions, preview: boolean): Promise<Plan> {
    for (const note of config.notes) {
      this.sayOnce("warning", note);
    }
    this.program ??= loadProgram(this.project);
    const program = this.program;
    return this.run(stack, config, options, preview, (run) => {
      const monitor = new Monitor(run, this.clouds);
      const onMessage = (severity: Severity, text: string) => this.options.onMessage?.(severity, text);
      return runProgram({
        program,
        project: this.project,
        stack,
        config,
        preview,
        monitor,
        stopped: monitor.stopped,
        onMessage,
      });
    });
  }

  /** One run: a preview reads only, everything else has the stack for itself. */
  private run(...args: Parameters<EmbeddedEngine["attempt"]>): Promise<Plan> {
    const [stack, , , preview] = args;
    return preview ? this.attempt(...args) : this.store.locked(stack, () => this.attempt(...args));
  }

  /** What a run did is kept, unless it is a preview or was refused. */
  private async attempt(
    stack: string,
    config: RunConfig,
    options: Omit<RunOptions, "set">,
    preview: boolean,
    register: (run: Run) => Promise<void>,
  ): Promise<Plan> {
    let world: StandInWorld | undefined;
    let old = this.store.read(stack);
    if (options.refresh && old) {
      old = refreshed(old, (world = this.openWorld(stack, old)), options.targets);
    }
    const run = new Run({
      project: this.project,
      stack,
      config,
      preview,
      old,
      clouds: this.clouds,
      facts: this.facts,
      world: () => (world ??= this.openWorld(stack, old)),
      now: this.options.now ?? (() => new Date()),
      readStack: (name) => this.readStack(stack, name),
      options,
      onMessage: (severity, text) => this.options.onMessage?.(severity, text),
    });
    try {
      await register(run);
      run.finish();
    } catch (error) {
      if (preview || error instanceof PlanError || error instanceof ProgramRefusal || run.registrations === 0) {
        world?.takeBack();
      } else {
        this.keep(stack, run, world, true);
      }
      const isAsked = error instanceof UnknownTarget || (error instanceof ProgramRefusal && run.registrations === 0);
      throw isAsked ? error.asConfigError() : error;
    }
    if (!preview) {
      this.keep(stack, run, world, false);
    }
    return run.log.plan(stack, run.outputs());
  }

  /** The world first: what exists and is not recorded is what an interrupted run leaves with real clouds, too. */
  private keep(stack: string, run: Run, world: StandInWorld | undefined, failed: boolean): void {
    this.store.pending(stack, true);
    if (world) {
      this.store.writeWorld(world);
    }
    this.store.write(stack, run.deployment(failed));
    this.store.pending(stack, false);
  }

  /** The world; after a run that was killed between its writes, without what no state of the stack records. */
  private openWorld(stack: string, old: Deployment | undefined): StandInWorld {
    const world = this.store.world();
    if (this.store.wasInterrupted(stack)) {
      const recorded = new Set((old?.resources ?? []).map(({ urn }) => urn));
      const lost = [...world.things()].filter(
        (thing) => thing.stack === stack && thing.urn !== undefined && !recorded.has(thing.urn),
      );
      lost.forEach(({ type, id }) => world.remove(type, id));
    }
    return world;
  }

  private readStack(reader: string, name: string): ValueMap {
    const stack = this.stackName(name);
    const outputs = this.recordedOutputs(stack);
    if (!outputs) {
      throw new PlanError(
        `stack ${stack}, which ${reader} reads, is not there: bring it up with \`${this.store.command(stack)}\``,
      );
    }
    return outputs;
  }

  private recordedOutputs(stack: string): ValueMap | undefined {
    const root = this.store.read(stack)?.resources?.find((resource: Resource) => resource.type === STACK_TYPE);
    return root && (root.outputs ?? {});
  }

  /** The stack of a reference, which is a stack's name or `organization/project/stack`. */
  private stackName(reference: string): string {
    const parts = reference.split("/");
    const project = parts.at(-2);
    if (parts.length === 3 && project !== this.project.name) {
      throw new PlanError(`the rehearsal does not model reading stacks of other projects, such as ${reference}`);
    }
    return parts.at(-1)!;
  }

  private missing(stack: string): never {
    throw new EngineError(`stack ${stack} is not there: bring it up with \`${this.store.command(stack)}\``);
  }

  private sayOnce(severity: Severity, text: string): void {
    if (!this.said.has(text)) {
      this.said.add(text);
      this.options.onMessage?.(severity, text);
    }
  }
}

/** The stacks that a stack's config names. What is no map of names is for the program to refuse. */
function referencesIn(stacks: string | undefined): string[] {
  try {
    return Object.values(JSON.parse(stacks ?? "{}") as Record<string, unknown>).filter(
      (name) => typeof name === "string",
    );
  } catch {
    return [];
  }
}
