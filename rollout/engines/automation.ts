import * as os from "node:os";

import { LocalWorkspace, Stack, type EngineEvent, type PulumiCommand } from "@pulumi/pulumi/automation";

import { readProject } from "../../pulumi/projectConfig";
import { createUrn, STACK_TYPE } from "../../pulumi/urn";
import { shownMap, type ValueMap } from "../../pulumi/values";
import { isAlive } from "../../files/alive";
import {
  ConfigError,
  EngineError,
  GONE,
  type Engine,
  type Found,
  type Json,
  type Plan,
  type Recovery,
  type RunOptions,
} from "../engine";
import { CliError, openCli, type Patience } from "./cli";
import { EventLog } from "./events";
import { isLocked, lockedError, locksIn, pendingIn, readable, recoveryOf, stateOf } from "./interrupted";
import { readBack } from "./readBack";
import { withStackFile } from "./stackFile";

/** How Pulumi's own engine is run. */
export interface AutomationOptions {
  /** The project's directory: where Pulumi.yaml and the stacks' files are. */
  project: string;
  /** How long the CLI has to end when a run is stopped. */
  patience?: Patience;
  /** How long to wait for a run of this machine that holds the stack's lock and is alive, in milliseconds. @default 60000 */
  lockPatience?: number;
  /** Told what the engine and the program warn of. @default - nobody */
  onWarning?: (text: string) => void;
}

/** How long a recovery waits for clouds that do not answer, in milliseconds: a rollback may be waiting for it. */
const READ_PATIENCE = 30_000;

/** What is recorded of a resource, as `pulumi stack export` has it: secrets are closed. */
export interface StateResource {
  urn: string;
  type: string;
  custom?: boolean;
  external?: boolean;
  delete?: boolean;
  id?: string;
  inputs?: ValueMap;
  outputs?: ValueMap;
}

/** What all kinds of runs are given. */
interface Settings {
  color: "never";
  onEvent: (event: EngineEvent) => void;
  target?: string[];
  signal?: AbortSignal;
  configFile?: string;
}

/**
 * Pulumi's own engine, through its Automation API and the CLI on the PATH. Stacks are never made: one that is not there is
 * refused. Config of a run is laid over a copy of the stack's file.
 */
export class AutomationEngine implements Engine {
  private command?: Promise<PulumiCommand>;

  constructor(private readonly options: AutomationOptions) {}

  preview(stack: string, options: RunOptions = {}): Promise<Plan> {
    return this.deploy(stack, options, (opened, settings) =>
      opened.preview({ ...settings, ...(options.refresh ? { refresh: true } : {}) }),
    );
  }

  up(stack: string, options: RunOptions = {}): Promise<Plan> {
    const { refresh = false, continueOnError = false } = options;
    return this.deploy(stack, options, (opened, settings) => opened.up({ ...settings, refresh, continueOnError }));
  }

  destroy(stack: string, options: Omit<RunOptions, "set"> = {}): Promise<Plan> {
    return this.deploy(stack, options, (opened, settings) => opened.destroy(settings));
  }

  async outputs(stack: string): Promise<Record<string, Json>> {
    const root = (await this.resources(stack)).find(({ type }) => type === STACK_TYPE);
    if (root === undefined) {
      throw new EngineError(`stack ${stack} was never brought up: pulumi up --stack ${stack}`);
    }
    return shownMap(root.outputs ?? {});
  }

  async recorded(stack: string, types: readonly string[]): Promise<Found[]> {
    return (await this.resources(stack))
      .filter((resource) => resource.custom && !resource.external && !resource.delete && types.includes(resource.type))
      .map(({ urn, type, id, outputs }) => ({ urn, type, id: id ?? "", properties: shownMap(outputs ?? {}) }));
  }

  async read(stack: string, urns: readonly string[], signal?: AbortSignal): Promise<Found[]> {
    const resources = new Map((await this.resources(stack)).map((resource) => [resource.urn, resource]));
    const unknown = urns.find((urn) => !resources.has(urn));
    if (unknown !== undefined) {
      throw new EngineError(`cannot read ${unknown}: no resource of stack ${stack} has this URN`);
    }
    const recorded = urns.map((urn): Found => {
      const { type, id, outputs } = resources.get(urn)!;
      return { urn, type, id: id ?? "", properties: shownMap(outputs ?? {}) };
    });
    const opened = await this.open(stack);
    return readBack(recorded, signal, (target, onEvent) =>
      opened.previewRefresh({ color: "never", target, onEvent, signal }),
    );
  }

  async recover(stack: string): Promise<Recovery> {
    const opened = await this.open(stack);
    const pending = pendingIn(await this.export(opened));
    if (pending.length === 0) {
      return { mended: [], left: [] };
    }
    const known = new Set((await this.resources(stack)).map(({ urn }) => urn));
    const open = readable(pending).filter(({ resource }) => known.has(resource.urn));
    // A refresh of all does nothing when a single one cannot be read: a region that is dead must not hold up the others.
    const read = await this.read(
      stack,
      open.map(({ resource }) => resource.urn),
      AbortSignal.timeout(READ_PATIENCE),
    );
    const unread = new Map(
      read.flatMap(({ urn, problem }) => (problem === undefined || problem === GONE ? [] : [[urn, problem] as const])),
    );
    const settled = open.filter(({ resource }) => !unread.has(resource.urn));
    // The stack itself is nothing to look at; naming it makes the run wait for who holds the lock, and may be creating just now.
    const target = [this.root(opened), ...settled.map(({ resource }) => resource.urn)];
    await this.perform(opened, {}, (settings) => opened.refresh({ ...settings, target }));
    return recoveryOf(stack, settled, unread, pendingIn(await this.export(opened)));
  }

  private async deploy(
    stack: string,
    options: RunOptions,
    act: (opened: Stack, settings: Settings) => Promise<unknown>,
  ): Promise<Plan> {
    const opened = await this.open(stack);
    return withStackFile(this.options.project, stack, options.set, (configFile) =>
      this.perform(opened, options, (settings) =>
        act(opened, { ...settings, ...(configFile === undefined ? {} : { configFile }) }),
      ),
    );
  }

  /** One run; again, when all that was in its way is the lock of a process that is gone, or goes in time. */
  private async perform(
    opened: Stack,
    options: RunOptions,
    act: (settings: Settings) => Promise<unknown>,
  ): Promise<Plan> {
    const deadline = Date.now() + (this.options.lockPatience ?? 60_000);
    for (;;) {
      const log = new EventLog(options.onStep, (text) => this.options.onWarning?.(text));
      try {
        await act({
          color: "never",
          onEvent: log.take,
          ...(options.targets ? { target: [...options.targets] } : {}),
          ...(options.exclude ? { exclude: [...options.exclude] } : {}),
          ...(options.signal ? { signal: options.signal } : {}),
        });
        return log.plan(opened.name);
      } catch (error) {
        if (!(error instanceof CliError)) {
          throw error;
        }
        if (error.stopped) {
          throw new EngineError(`the run of stack ${opened.name} was stopped`, { cause: error });
        }
        if (!isLocked(error.stderr)) {
          throw failure(error, log);
        }
        await this.outwait(opened, error.stderr, deadline, options.signal);
      }
    }
  }

  /** Returns when it is worth another try. @throws EngineError when it is not. */
  private async outwait(opened: Stack, stderr: string, deadline: number, signal?: AbortSignal): Promise<void> {
    const locks = locksIn(stderr);
    const state = stateOf(locks, { host: os.hostname(), isAlive });
    if (state === "gone") {
      this.options.onWarning?.(
        `stack ${opened.name}: the lock of process ${locks[0]!.pid}, which is gone, was taken away`,
      );
      await opened.cancel();
    } else if (state === "unknown" || Date.now() >= deadline || signal?.aborted) {
      throw lockedError(opened.name, locks, os.hostname());
    } else {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }

  private async open(stack: string): Promise<Stack> {
    const pulumiCommand = await (this.command ??= openCli(this.options.patience));
    const workspace = await LocalWorkspace.create({
      workDir: this.options.project,
      pulumiCommand,
      envVars: { PULUMI_SKIP_UPDATE_CHECK: "true" },
    });
    // Every command names its stack, and refuses one that is not there; to select it would change which stack the next
    // command of a person in this folder is about.
    workspace.selectStack = async () => undefined;
    const opened = await Stack.select(stack, workspace);
    // After each `up` the API would start the CLI three times more, once to have the secrets in clear: events have said it all.
    return Object.assign(opened, { outputs: async () => ({}), info: async () => undefined });
  }

  private root({ name }: Stack): string {
    const project = readProject(this.options.project).name;
    return createUrn(name, project, undefined, STACK_TYPE, `${project}-${name}`);
  }

  /** Everything that is recorded of a stack. */
  async resources(stack: string): Promise<StateResource[]> {
    const { resources } = (await this.export(await this.open(stack))) as { resources?: StateResource[] };
    return resources ?? [];
  }

  private async export(opened: Stack): Promise<unknown> {
    try {
      return (await opened.exportStack()).deployment;
    } catch (error) {
      throw error instanceof CliError ? failure(error) : error;
    }
  }
}

/** Messages are the program's, the engine's or the CLI's own words. */
function failure(error: CliError, log?: EventLog): EngineError {
  const said = error.stderr
    .split("\n")
    .filter((line) => !line.startsWith("warning:"))
    .join("\n")
    .trim()
    .replace(/^error: /, "");
  const message = log?.problem ?? said;
  const how = error.killedBy === undefined ? "failed, and does not say why" : `was ended by ${error.killedBy}`;
  const isProgram = log?.problem !== undefined && !log.hasResources && !message.includes("unhandled exception");
  return new (isProgram ? ConfigError : EngineError)(message === "" ? `the Pulumi CLI ${how}` : message, {
    cause: error,
  });
}
