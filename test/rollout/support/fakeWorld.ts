import { Controller } from "../../../rollout/controller";
import type { ControllerPorts } from "../../../rollout/controller/ports";
import { TOTAL, type RolloutPlan } from "../../../rollout/core/plan";
import type { JournalRecord } from "../../../rollout/core/records";
import type { Reading, Sample } from "../../../rollout/core/sample";
import { EngineError, type Engine, type Json, type Plan, type RunOptions, type Step } from "../../../rollout/engine";
import { memoryJournal } from "../../../rollout/journal";
import type { Clock, Journal, Message } from "../../../rollout/ports";
import type { Color } from "../../../stacks/config/fields";

/** What a value of a metric is at a moment; a reading where it says nothing. */
export type Value = number | Omit<Reading, "metric" | "color" | "scope">;

/** A world of two stacks and some regions, without clouds: weights are numbers, an `up` sets them. */
export class FakeWorld {
  time = Date.UTC(2027, 0, 12, 15);
  /** Green's percentage by region, as the routers really have it. */
  readonly weights: Record<string, number> = {};
  /** Every value that an `up` has set, by stack. */
  readonly config = new Map<string, Record<string, Json>>();
  readonly ups: {
    stack: string;
    set: Record<string, Json>;
    targets?: readonly string[];
    exclude?: readonly string[];
  }[] = [];
  readonly messages: Message[] = [];
  readonly hooked: string[] = [];
  readonly records: JournalRecord[] = [];
  claimed: Readonly<Record<string, Record<string, Json>>> | undefined;
  /** What metrics say. @default - everything is fine: 0.1 */
  metric: (metric: string, color: Color, scope: string, at: number) => Value = () => 0.1;
  /** Called before each `up` does anything. */
  beforeUp: (stack: string, options: RunOptions) => void = () => undefined;
  /** Regions whose routers ignore what is set. */
  readonly deaf = new Set<string>();
  hook: (name: string) => string | undefined = () => undefined;
  unreachable: string | undefined;
  /** Other changes that a preview shows. */
  foreign: Step[] = [];
  journal: Journal = memoryJournal("the-routers", () => this.time);

  constructor(readonly plan: RolloutPlan) {
    for (const region of plan.routed) {
      this.weights[region] = plan.active === "green" ? 100 : 0;
    }
  }

  readonly clock: Clock = {
    now: () => this.time,
    sleep: async (milliseconds, signal) => {
      await new Promise(setImmediate);
      this.time += signal?.aborted === true ? 0 : milliseconds;
    },
  };

  readonly engine: Engine = {
    preview: async (stack, options = {}) => this.planned(stack, options),
    up: async (stack, options = {}) => {
      this.beforeUp(stack, options);
      const plan = this.planned(stack, options);
      this.ups.push({
        stack,
        set: { ...options.set },
        ...(options.targets === undefined ? {} : { targets: options.targets }),
        ...(options.exclude === undefined ? {} : { exclude: options.exclude }),
      });
      this.config.set(stack, { ...this.config.get(stack), ...options.set });
      for (const step of plan.steps) {
        const region = this.plan.routed.find((each) => step.urn.endsWith(`-${each}`));
        if (region !== undefined && !this.deaf.has(region)) {
          this.weights[region] = this.wantedIn(region, { ...options.set });
        }
      }
      return plan;
    },
    destroy: () => Promise.reject(new EngineError("not here")),
    outputs: async (stack) => this.outputsOf(this.config.get(stack) ?? {}),
    recorded: async () => [],
    read: async () => [],
    recover: async () => ({ mended: [], left: [] }),
  };

  get ports(): ControllerPorts {
    return {
      engine: this.engine,
      journal: this.journal,
      clock: this.clock,
      metrics: { samples: async (moments) => moments.map((at) => this.sample(at)) },
      routers: {
        shares: async (color) =>
          Object.fromEntries(
            Object.entries(this.weights).map(([region, green]) => [region, color === "green" ? green : 100 - green]),
          ),
      },
      prober: { unreachable: async () => this.unreachable },
      hooks: {
        run: async (name) => {
          this.hooked.push(name);
          const reason = this.hook(name);
          return reason === undefined ? { ok: true, output: "fine" } : { ok: false, reason, output: "not fine" };
        },
      },
      notifier: {
        tell: async (message) => {
          this.messages.push(message);
          return [{ channel: "people", ok: true }];
        },
      },
      claim: async (_, values) => {
        this.claimed = values;
      },
      onRecord: (record) => this.records.push(record),
    };
  }

  async start(by = "ada@example.org"): Promise<Controller> {
    const lease = await this.journal.acquire("test", 300);
    return Controller.start(this.ports, lease, this.plan, by);
  }

  /** A new controller, as after a kill: it knows only the journal. */
  async resume(): Promise<Controller> {
    const lease = await this.journal.acquire("test", 300);
    return Controller.resume(this.ports, lease, (await this.journal.current())!);
  }

  /** Ticks until the rollout ends, holds, or so many virtual seconds have passed. */
  async run(controller: Controller, seconds = 86_400 * 10): Promise<void> {
    const end = this.time + 1000 * seconds;
    while (controller.state.outcome === undefined && this.time < end) {
      const ticked = await controller.tick();
      if (!ticked.more) {
        const interval = 1000 * this.plan.intervalSeconds;
        this.time = (Math.floor(this.time / interval) + 1) * interval;
      }
    }
  }

  /** The candidate's share by region. */
  get shares(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.weights).map(([region, green]) => [
        region,
        this.plan.candidate === "green" ? green : 100 - green,
      ]),
    );
  }

  private planned(stack: string, { set = {}, targets }: RunOptions): Plan {
    const old = this.config.get(stack) ?? {};
    const steps: Step[] = [];
    for (const region of this.plan.routed) {
      const urn = `urn:pulumi:${stack}::cutover::aws:lb/listenerRule:ListenerRule::router-${region}`;
      if (stack === this.plan.stack && (targets === undefined || targets.includes(urn))) {
        const before = this.wantedIn(region, old);
        const after = this.wantedIn(region, { ...old, ...set });
        const path = "actions[0].forward.targetGroups[0].weight";
        steps.push({
          op: before === after && this.weights[region] === after ? "same" : "update",
          urn,
          type: "aws:lb/listenerRule:ListenerRule",
          inputs: {},
          diff: before === after ? [] : [path],
          detailedDiff: {},
        });
      }
    }
    steps.push(...this.foreign);
    return { stack, steps, summary: {}, outputs: this.outputsOf({ ...old, ...set }) };
  }

  private wantedIn(region: string, values: Record<string, Json>): number {
    const regions = (values["traffic.regions"] ?? {}) as Record<string, number>;
    return (
      regions[region] ?? (values["traffic.green"] as number | undefined) ?? (this.plan.active === "green" ? 100 : 0)
    );
  }

  private outputsOf(values: Record<string, Json>): Record<string, Json> {
    return { values: { ...values } };
  }

  private sample(at: number): Sample {
    const readings = this.plan.wanted.flatMap(({ metric, color, scopes }) =>
      scopes.map((scope): Reading => {
        const value = this.metric(metric, color, scope, at);
        return { metric, color, scope, ...(typeof value === "number" ? { value } : value) };
      }),
    );
    return { at, readings };
  }
}

export { TOTAL };
