import assert from "node:assert/strict";
import { Controller } from "../../../rollout/controller";
import type { ControllerPorts } from "../../../rollout/controller/ports";
import type { RolloutPlan } from "../../../rollout/core/plan";
import type { JournalRecord } from "../../../rollout/core/records";
import type { Reading, Sample } from "../../../rollout/core/sample";
import type { State } from "../../../rollout/core/state";
import { EngineError, type Engine, type Json, type Plan, type RunOptions, type Step } from "../../../rollout/engine";
import { memoryJournal } from "../../../rollout/journal";
import type { Journal, Lease } from "../../../rollout/ports";
import type { Request } from "../../../rollout/requests";
import type { Value } from "./fakeWorld";
import { BEGIN, STARTER, type Metric } from "./story";

/** Thrown at the point at which a controller is killed. Whatever it still does after that does nothing. */
export class Killed extends Error {}

/** Everything that a world is, as plain JSON: what outlives a controller. */
export interface Things {
  time: number;
  /** Percentage of requests that each color has, by region: what routers really do. */
  weights: Record<string, { blue: number; green: number }>;
  /** Green's percentage by region as Pulumi's state has it. */
  recorded: Record<string, number>;
  /** The values that the last `up` of a stack brought up. */
  config: Record<string, Record<string, Json>>;
  /** Every `up` that was done, whole or in part. */
  ups: { stack: string; set: Record<string, Json>; targets?: string[] }[];
  hooked: string[];
  claimed: boolean;
}

/** What goes wrong, and when. Everything is asked anew each time. */
export interface Mishaps {
  /** A region whose routers take what is set and do not do it. */
  deaf(region: string): boolean;
  /** A region that cannot be reached: neither changed nor read. */
  dead(region: string): boolean;
  /** An `up` that fails: before anything is done, or once the first router is. */
  up(stack: string): "before" | "half" | undefined;
  /** How many intervals an `up` takes, and whether it ends when it is told to. */
  slow(stack: string): { intervals: number; stubborn: boolean } | undefined;
  /** Whether a preview shows somebody else's change. */
  foreign(stack: string): boolean;
  /** Why a hook fails. */
  hook(name: string): string | undefined;
  unreachable(): string | undefined;
  /** Whether a stage is forbidden by a policy. */
  forbidden(): boolean;
}

export const NO_MISHAPS: Mishaps = {
  deaf: () => false,
  dead: () => false,
  up: () => undefined,
  slow: () => undefined,
  foreign: () => false,
  hook: () => undefined,
  unreachable: () => undefined,
  forbidden: () => false,
};

/** No rollout of a test has a tenth of so many records: one that goes round in circles fails, and does not fill the memory. */
const MOST_RECORDS = 20_000;

/** A world of two stacks and some regions, without clouds, whose controllers can be killed at each write and effect. */
export class ModelWorld {
  readonly things: Things;
  readonly records: JournalRecord[] = [];
  mishaps: Mishaps = NO_MISHAPS;
  /** @default - everything is fine: 0.1 */
  metric: Metric = () => 0.1;
  /** What people ask at this moment; each is taken once. */
  people: (state: State) => Request[] = () => [];
  /** Called at each point at which a controller can be killed: before and after each write and each effect. */
  at: (point: string) => void = () => undefined;
  /** Whether people are told: that they were is a record of its own. */
  tells = true;
  /** Who controls: names the process, where there are several. */
  holder = "test";
  onRecord: (record: JournalRecord, state: State) => void = () => undefined;
  journal: Journal;
  controller: Controller | undefined;
  private life = 0;
  /** The `up` that is running. */
  private busy: object | undefined;

  constructor(
    readonly plan: RolloutPlan,
    things?: Things,
    journal?: Journal,
  ) {
    const green = plan.active === "green" ? 100 : 0;
    this.things = things ?? {
      time: BEGIN,
      weights: Object.fromEntries(plan.routed.map((region) => [region, { green, blue: 100 - green }])),
      recorded: Object.fromEntries(plan.routed.map((region) => [region, green])),
      config: {},
      ups: [],
      hooked: [],
      claimed: false,
    };
    this.journal = journal ?? memoryJournal(plan.stack, () => this.things.time);
  }

  get interval(): number {
    return 1000 * this.plan.intervalSeconds;
  }

  /** The candidate's percentage by region, as routers really have it. */
  get shares(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.things.weights).map(([region, weights]) => [region, weights[this.plan.candidate]]),
    );
  }

  /** Somebody moves weights by hand: Pulumi's state knows nothing of it. */
  move(region: string, green: number): void {
    this.things.weights[region] = { green, blue: 100 - green };
  }

  /** One look of whoever is alive; who was killed is followed by another one. @returns whether there is nothing to do now. */
  async step(): Promise<boolean> {
    try {
      const controller = (this.controller ??= await this.born());
      const ticked = await controller.tick();
      return !ticked.more;
    } catch (error) {
      if (!(error instanceof Killed)) {
        throw error;
      }
      this.controller = undefined;
      this.busy = undefined;
      return false;
    }
  }

  /** Until the rollout has ended, so many intervals have passed, or the test has seen enough. */
  async run(intervals: number, enough: () => boolean = () => false): Promise<void> {
    const end = this.things.time + intervals * this.interval;
    while (this.things.time < end && this.controller?.state.outcome === undefined && !enough()) {
      if (await this.step()) {
        if (this.busy !== undefined) {
          await new Promise(setImmediate); // An `up` that nobody waits for any more goes on.
        }
        this.pass();
      }
    }
  }

  /** Until the next sample is due. */
  pass(): void {
    this.things.time = (Math.floor(this.things.time / this.interval) + 1) * this.interval;
  }

  private async born(): Promise<Controller> {
    this.life += 1;
    const ports = this.ports(this.life);
    const lease = await ports.journal.acquire(this.holder, 300);
    const id = await ports.journal.current();
    return id === undefined ? Controller.start(ports, lease, this.plan, STARTER) : Controller.resume(ports, lease, id);
  }

  private ports(life: number): ControllerPorts {
    const alive = () => {
      if (life !== this.life) {
        throw new Killed();
      }
    };
    /** A write or an effect: one can be killed before it and after it. */
    const point = async <T>(name: string, act: () => Promise<T> | T): Promise<T> => {
      alive();
      this.reached(`before ${name}`);
      const result = await act();
      alive();
      this.reached(`after ${name}`);
      return result;
    };
    const { journal } = this;
    return {
      engine: this.engine(alive, point),
      journal: {
        current: () => journal.current(),
        read: (id) => journal.read(id),
        history: () => journal.history(),
        acquire: (holder, seconds) => journal.acquire(holder, seconds),
        release: (lease) => journal.release(lease),
        renew: (lease, seconds) => {
          alive();
          return journal.renew(lease, seconds);
        },
        begin: (lease, at, body) => point("the record that begins it", () => journal.begin(lease, at, body)),
        append: (lease: Lease, at, body) => point(`a record: ${body.type}`, () => journal.append(lease, at, body)),
      },
      clock: {
        now: () => this.things.time,
        sleep: async (milliseconds, signal) => {
          if (signal === undefined || !isAborted(signal)) {
            await new Promise(setImmediate);
            this.things.time += signal !== undefined && isAborted(signal) ? 0 : milliseconds;
          }
        },
      },
      metrics: {
        samples: async (moments) => {
          alive();
          return moments.map((at) => this.sample(at));
        },
      },
      routers: {
        shares: async (color) => {
          alive();
          const read = Object.entries(this.things.weights).filter(([region]) => !this.mishaps.dead(region));
          return Object.fromEntries(read.map(([region, weights]) => [region, weights[color]]));
        },
      },
      prober: { unreachable: () => point("the probe", () => this.mishaps.unreachable()) },
      hooks: {
        run: (name, { stage, attempt }) =>
          point(`hook ${name}`, () => {
            this.things.hooked.push(`${stage} ${attempt} ${name}`);
            const reason = this.mishaps.hook(name);
            return reason === undefined ? { ok: true, output: "fine" } : { ok: false, reason, output: "not fine" };
          }),
      },
      notifier: { tell: async () => (this.tells && life === this.life ? [{ channel: "people", ok: true }] : []) },
      check: { violations: async () => (this.mishaps.forbidden() ? ["no", "never"] : []) },
      claim: (_, values) =>
        point("the claim", () => {
          this.things.claimed = values !== undefined;
        }),
      requests: async () => (this.controller === undefined ? [] : this.people(this.controller.state)),
      onRecord: (record, state) => {
        this.records.push(record);
        assert.ok(this.records.length <= MOST_RECORDS, "it goes round in circles");
        this.onRecord(record, state);
      },
    };
  }

  private reached(name: string): void {
    try {
      this.at(name);
    } catch (error) {
      this.life += 1;
      throw error;
    }
  }

  private engine(alive: () => void, point: <T>(name: string, act: () => Promise<T> | T) => Promise<T>): Engine {
    return {
      preview: async (stack, options = {}) => {
        alive();
        return this.planned(stack, options);
      },
      up: (stack, options = {}) =>
        point(`up of ${stack}`, async () => {
          if (this.busy !== undefined) {
            throw new EngineError(`${stack} is locked by another update`);
          }
          const plan = this.planned(stack, options);
          await this.takeTime(stack, options, alive);
          this.things.ups.push({
            stack,
            set: { ...options.set },
            ...(options.targets === undefined ? {} : { targets: [...options.targets] }),
          });
          this.change(stack, options, plan);
          return plan;
        }),
      destroy: () => Promise.reject(new EngineError("not here")),
      outputs: async (stack) => ({ values: this.things.config[stack] ?? {} }),
      recorded: async () => [],
      read: async () => [],
      recover: async () => ({ mended: [], left: [] }),
    };
  }

  /** Only what is watched while it runs takes its time: a rollback's own `up` does not. */
  private async takeTime(stack: string, { signal }: RunOptions, alive: () => void): Promise<void> {
    const slow = signal === undefined ? undefined : this.mishaps.slow(stack);
    if (slow === undefined) {
      return;
    }
    const end = this.things.time + slow.intervals * this.interval;
    const running = {};
    this.busy = running;
    try {
      while (this.things.time < end) {
        await new Promise(setImmediate);
        alive();
        if (isAborted(signal!) && !slow.stubborn) {
          throw new EngineError("it was interrupted");
        }
      }
    } finally {
      if (this.busy === running) {
        this.busy = undefined;
      }
    }
  }

  private change(stack: string, options: RunOptions, plan: Plan): void {
    const { things, mishaps } = this;
    const fails = mishaps.up(stack);
    if (fails === "before") {
      throw new EngineError("the cloud says no");
    }
    const problems: string[] = [];
    let changed = 0;
    for (const { urn } of plan.steps) {
      const region = regionOf(urn, this.plan.routed);
      if (region === undefined) {
        continue;
      }
      if (fails === "half" && changed > 0) {
        throw new EngineError("the cloud says no to the rest");
      }
      const wanted = this.wantedIn(region, options.set ?? {});
      if (options.refresh === true && !mishaps.dead(region)) {
        things.recorded[region] = things.weights[region]!.green;
      }
      if (things.recorded[region] === wanted) {
        continue;
      }
      this.reached(`during an up of ${stack}, at ${region}`);
      changed += 1;
      if (mishaps.dead(region)) {
        problems.push(`${region} cannot be reached`);
        if (options.continueOnError !== true) {
          break;
        }
        continue;
      }
      things.recorded[region] = wanted;
      if (!mishaps.deaf(region)) {
        this.move(region, wanted);
      }
    }
    if (problems.length > 0) {
      throw new EngineError(problems.join("; "));
    }
    if (options.targets === undefined) {
      things.config[stack] = { ...options.set };
    }
  }

  private planned(stack: string, { set = {}, targets }: RunOptions): Plan {
    const step = (name: string, type: string, changes: boolean, path: string): Step => ({
      op: changes ? "update" : "same",
      urn: `urn:pulumi:${stack}::cutover::${type}::${name}`,
      type,
      inputs: {},
      diff: changes ? [path] : [],
      detailedDiff: {},
    });
    const weight = "actions[0].forward.targetGroups[0].weight";
    const routers =
      stack === this.plan.stack
        ? this.plan.routed.map((region) =>
            step(
              `router-${region}`,
              "aws:lb/listenerRule:ListenerRule",
              this.things.recorded[region] !== this.wantedIn(region, set),
              weight,
            ),
          )
        : [];
    const foreign = this.mishaps.foreign(stack)
      ? [step("users", "aws:rds/instance:Instance", true, "engineVersion")]
      : [];
    const steps = [...routers, ...foreign].filter(({ urn }) => targets === undefined || targets.includes(urn));
    return { stack, steps, summary: {}, outputs: { values: { ...set } } };
  }

  private wantedIn(region: string, values: Readonly<Record<string, Json>>): number {
    const regions = (values["traffic.regions"] ?? {}) as Record<string, number>;
    return (
      regions[region] ?? (values["traffic.green"] as number | undefined) ?? (this.plan.active === "green" ? 100 : 0)
    );
  }

  private sample(at: number): Sample {
    const readings = this.plan.wanted.flatMap(({ metric, color, scopes }) =>
      scopes.map((scope): Reading => {
        const value: Value = this.metric(metric, color, scope, at);
        return { metric, color, scope, ...(typeof value === "number" ? { value } : value) };
      }),
    );
    return { at, readings };
  }
}

/** Read anew each time: another turn of the loop may have fired it. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function regionOf(urn: string, regions: readonly string[]): string | undefined {
  return regions.find((region) => urn.endsWith(`::router-${region}`));
}
