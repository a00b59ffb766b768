/**
 * Runs the program in this process, as Pulumi's inline language host does: inside its own store of the SDK, against a given
 * resource monitor, until all that it started is done.
 *
 * @see sdk/nodejs/automation/server.ts in pulumi/pulumi
 */
import * as fs from "node:fs";
import * as path from "node:path";

import { isGrpcError, ResourceError, RunError } from "@pulumi/pulumi/errors";
import * as runtimeConfig from "@pulumi/pulumi/runtime/config";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import * as sdkState from "@pulumi/pulumi/runtime/state";

import { ConfigError, EngineError } from "../../rollout/engine";
import type { Project, RunConfig } from "../../pulumi/projectConfig";

/** A Pulumi program: registers resources, and returns the stack's outputs. */
export type Program = () => unknown;

/** How serious a message of a run is. */
export type Severity = "debug" | "info" | "warning" | "error";

/** What a run of the program needs. */
export interface ProgramRun {
  program: Program;
  project: Project;
  stack: string;
  config: RunConfig;
  preview: boolean;
  /** Stands where the SDK expects a `ResourceMonitorClient`. */
  monitor: object;
  /** Rejects when the engine wants no more: the program is then left where it is. */
  stopped: Promise<never>;
  /** Messages that the program logs. */
  onMessage: (severity: Severity, text: string) => void;
}

/** What of the SDK's store of a run is used here. The SDK has no types for it. */
interface RunStore {
  settings: { engine?: object; options: { rootDirectory?: string } };
}

const state = sdkState as unknown as {
  withLocalStorage<T>(callback: () => T): T;
  getStore(): RunStore;
};

/** The organization of stacks that have none, as in Pulumi's file backend. */
export const ORGANIZATION = "organization";

/** The SDK gives each severity a number. */
const SEVERITIES: readonly Severity[] = ["debug", "info", "warning", "error"];

/**
 * The program of a project: the function that its main module exports.
 * @throws EngineError when it exports none.
 */
export function loadProgram(project: Project): Program {
  const directory = path.resolve(project.directory, project.main);
  const file =
    fs.existsSync(directory) && fs.statSync(directory).isDirectory() ? require.resolve(mainOf(directory)) : directory;
  const loaded = require(file) as unknown;
  const program = typeof loaded === "function" ? loaded : (loaded as { default?: unknown }).default;
  if (typeof program !== "function") {
    throw new EngineError(
      `${file} exports no function: the rehearsal runs programs that end with \`module.exports = async () => { ... }\``,
    );
  }
  return program as Program;
}

function mainOf(directory: string): string {
  const manifest = path.join(directory, "package.json");
  const { main } = fs.existsSync(manifest) ? (JSON.parse(fs.readFileSync(manifest, "utf8")) as { main?: string }) : {};
  return path.join(directory, main ?? "index");
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Waits for its turn: one program runs at a time in a process, because what fails in a promise that nobody awaits cannot be
 * told apart by program.
 */
export function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const turn = last.then(task);
  last = turn.catch(() => undefined);
  return turn;
}

/**
 * Runs the program and waits for all its registrations. To be called {@link inTurn}.
 * @throws EngineError with what went wrong in the program, or what `stopped` rejects with.
 */
export function runProgram(run: ProgramRun): Promise<void> {
  return state.withLocalStorage(() => runAlone(run));
}

async function runAlone(run: ProgramRun): Promise<void> {
  const errors: string[] = [];
  settings.setMockOptions(run.monitor, run.project.name, run.stack, run.preview, ORGANIZATION);
  const store = state.getStore();
  store.settings.options.rootDirectory = run.project.directory;
  store.settings.engine = logSink(run, errors);
  runtimeConfig.setAllConfig(run.config.values, run.config.secretKeys);

  const guard = guardRejections();
  const frames = Error.stackTraceLimit; // What a program sets for itself ends with it.
  try {
    await Promise.race([finish(run.program), guard.failed, run.stopped]);
  } catch (error) {
    throw isGrpcError(error as Error) ? await run.stopped : await settled(error);
  } finally {
    Error.stackTraceLimit = frames;
    guard.release();
    settings.disconnectSync();
  }
  if (errors.length > 0) {
    throw new EngineError(errors.join("\n"));
  }
}

async function finish(program: Program): Promise<void> {
  await runInPulumiStack(async () => program());
  await settings.disconnect();
  await nextTurn();
}

/** Node tells of rejections that nobody handles when all that is ready to run has run. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What was started when the program failed is done before the run ends: it is part of what is recorded. */
async function settled(error: unknown): Promise<Error> {
  for (let turns = 0; turns < 10; turns++) {
    await nextTurn();
  }
  return explained(error);
}

/** An error of the program, for the person who runs it. */
export function explained(error: unknown): Error {
  if (error instanceof EngineError) {
    return error;
  }
  if (!(error instanceof Error)) {
    return new EngineError(`the program failed: ${String(error)}`, { cause: error });
  }
  const missing = /The Pulumi CLI does not support (.+?)\. Please update/.exec(error.message)?.[1];
  if (missing !== undefined) {
    return new EngineError(`the rehearsal does not model ${missing}, which the program uses`, { cause: error });
  }
  const isKind: (kind: { isInstance(value: unknown): boolean }) => boolean = (kind) => kind.isInstance(error);
  if (isKind(RunError)) {
    return new ProgramRefusal(error.message, { cause: error });
  }
  if (isKind(ResourceError) && (error as ResourceError).hideStack) {
    return new EngineError(error.message, { cause: error });
  }
  return new EngineError(`the program failed: ${error.message}${frameOf(error)}`, { cause: error });
}

/** A `pulumi.RunError`: the program says itself what is wrong. Before any resource it is an error of the config. */
export class ProgramRefusal extends EngineError {
  /** The same refusal as an error of the config. */
  asConfigError(): ConfigError {
    return new ConfigError(this.message, { cause: this.cause });
  }
}

/** Where in the program it happened: the first line of the stack that is no library's. */
function frameOf(error: Error): string {
  const line = (error.stack ?? "")
    .split("\n")
    .find((text) => /^\s+at /.test(text) && !/node_modules|node:|\(native/.test(text));
  return line === undefined ? "" : `\n${line}`;
}

/**
 * While a program runs, rejections that nobody handles are its failures, as in Pulumi's language host; and when nothing is left
 * to do and it has not ended, it waits for something that never comes.
 */
function guardRejections(): { failed: Promise<never>; release(): void } {
  let fail!: (error: unknown) => void;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  const onError = (error: unknown): void => {
    if (!isGrpcError((error ?? {}) as Error)) {
      fail(error);
    }
  };
  const onIdle = (): void =>
    fail(new EngineError("the program waits for something that never comes: a promise that nobody resolves"));
  const events = ["unhandledRejection", "uncaughtException"] as const;
  const others = events.map((event) => process.listeners(event as "uncaughtException"));
  for (const event of events) {
    process.removeAllListeners(event);
    process.on(event, onError);
  }
  process.on("beforeExit", onIdle);
  return {
    failed,
    release() {
      process.off("beforeExit", onIdle);
      events.forEach((event, index) => {
        process.off(event, onError);
        others[index]!.forEach((listener) => process.on(event as "uncaughtException", listener));
      });
    },
  };
}

/** What the SDK logs to. */
function logSink(run: ProgramRun, errors: string[]): object {
  type Answer = (error: null, response: object) => void;
  return {
    log(request: { getSeverity(): number; getMessage(): string }, answer: Answer) {
      const severity = SEVERITIES[request.getSeverity()] ?? "info";
      if (severity === "error") {
        errors.push(request.getMessage());
      }
      run.onMessage(severity, request.getMessage());
      answer(null, {});
    },
    setRootResource: (_request: object, answer: Answer) => answer(null, {}),
    requirePulumiVersion: (_request: object, answer: Answer) => answer(null, {}),
    close: () => undefined,
  };
}
