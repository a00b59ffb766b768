import { isDeepStrictEqual } from "node:util";
import { routerRecords } from "./breakGlass";
import { usable } from "./core/counters";
import { judgeStage } from "./core/judged";
import { meanwhile, next, type Next } from "./core/next";
import type { RolloutPlan, WatchedStage } from "./core/plan";
import type { Effect, JournalRecord, RecordBody } from "./core/records";
import { apply, replay, stageOf, type State } from "./core/state";
import { EngineError, type Engine, type Json, type Plan, type RunOptions } from "./engine";
import type { ApprovalRequest, ProvenApproval } from "./approval/identify";
import type { Override } from "./journal/overrides";
import { messageOf, updateOf } from "./messages";
import { digestOf } from "./plan";
import type {
  Clock,
  HookRunner,
  Journal,
  Lease,
  Message,
  MetricReader,
  Notifier,
  PlanCheck,
  Prober,
  RouterReader,
} from "./ports";
import { recordOf, type Request } from "./requests";
import { ROUTER_TYPES } from "./routerKinds";
import { shareIn } from "./stages";
import { changed, outside } from "./touch";

/** What a controller works with. */
export interface ControllerPorts {
  engine: Engine;
  journal: Journal;
  clock: Clock;
  metrics: MetricReader;
  routers: RouterReader;
  prober: Prober;
  hooks: HookRunner;
  notifier: Notifier;
  /** Rules that see all stacks, checked before each `up`. @default - none */
  check?: PlanCheck;
  /** Says to everybody who runs the program what the rollout owns; without values when it owns nothing any more. @default - nobody is told */
  claim?: (rollout: string, values: Readonly<Record<string, Record<string, Json>>> | undefined) => Promise<void>;
  /** What people asked for since the last look. @default - nothing */
  requests?: () => Promise<Request[]>;
  /**
   * Says who really gave an approval. @throws EngineError for one that is not proven as it must be
   * @default - approvals are taken at their word
   */
  identify?: (state: State, request: ApprovalRequest) => Promise<ProvenApproval>;
  /** Gives what others overrode to who records it. @default - nothing was overridden */
  overrides?: (record: (override: Override) => Promise<void>) => Promise<void>;
  /** Says that the controller lives, at the end of each tick. @default - nobody is told */
  beat?: (state: State) => Promise<void>;
  /** Told each record once it is written. @default - nobody */
  onRecord?: (record: JournalRecord, state: State) => void;
  /** Told each step of a run of the engine: for progress. @default - nobody */
  onStep?: () => void;
}

/** How long a lease lasts, seconds. It is renewed at each tick, and while something is running. */
export const LEASE_SECONDS = 300;

/** How long a rollback waits for the rollout's own running `up` to end, milliseconds. */
const INTERRUPT_GRACE = 30_000;

/** How a tick ended: whether there is more to do at once, or what is waited for. */
export type Ticked = { more: true } | { more: false; why: string; until?: number };

/** What is recorded of an effect that failed. */
type Failed = Extract<RecordBody, { type: "effect-failed" }>;

/** Thrown when a rollback has overtaken what was running. */
class Overtaken extends Error {}

/**
 * Walks one rollout: looks at samples, decides, changes the world, reads back, and records before and after. It keeps nothing
 * but what its journal says: another one that reads the same journal goes on where this one was killed.
 */
export class Controller {
  private told: { message: Message; done?: { channel: string; ok: boolean; problem?: string }[] }[] = [];
  private running: Promise<void>[] = [];
  private recovered = new Set<string>();
  /** When the last regular update was sent, which its record may not say yet. */
  private updatedAt = 0;

  private constructor(
    readonly state: State,
    private readonly ports: ControllerPorts,
    private lease: Lease,
  ) {}

  /** Begins a rollout. @throws JournalError when one is open. */
  static async start(ports: ControllerPorts, lease: Lease, plan: RolloutPlan, by: string): Promise<Controller> {
    // A stack with another kind of router has none of these, and is rolled back whole.
    const routers = plan.rolling ? [] : routerRecords(await ports.engine.recorded(plan.stack, ROUTER_TYPES));
    const body: RecordBody = { type: "started", plan, digest: digestOf(plan), by, routers };
    const { id, record } = await ports.journal.begin(lease, ports.clock.now(), body);
    const controller = new Controller(replay(id, [record]), ports, lease);
    ports.onRecord?.(record, controller.state);
    controller.tell(messageOf(controller.state, body));
    return controller;
  }

  /** Goes on with the rollout that the journal holds. */
  static async resume(ports: ControllerPorts, lease: Lease, id: string): Promise<Controller> {
    return new Controller(replay(id, await ports.journal.read(id)), ports, lease);
  }

  /** Does what is due: everything since the last tick, and at most one stage is passed. */
  async tick(): Promise<Ticked> {
    await this.renew();
    for (;;) {
      await this.hear();
      await this.noteTold();
      const todo = next(this.state, this.ports.clock.now());
      const ended = await this.perform(todo);
      if (ended !== undefined) {
        this.update();
        await this.ports.beat?.(this.state);
        return ended;
      }
    }
  }

  /**
   * Ticks until the rollout has ended, or the signal fires. Between ticks it waits for the next sample.
   *
   * @param until - Ends it when nobody is there who could make it go on. @default - never
   */
  async watch(signal?: AbortSignal, until: (state: State) => boolean = () => false): Promise<void> {
    while (this.state.outcome === undefined && signal?.aborted !== true && !until(this.state)) {
      const ticked = await this.tick();
      if (!ticked.more) {
        await this.pause(signal);
      }
    }
    await this.settle();
  }

  /** Waits until everybody is told, and records it. */
  async settle(): Promise<void> {
    await Promise.all(this.running);
    await this.noteTold();
  }

  /** Takes up what somebody asks. @throws EngineError when the rollout cannot take it. */
  async ask(request: Request): Promise<void> {
    await this.record(await this.recordFor(request));
  }

  private async recordFor(request: Request): Promise<RecordBody> {
    const { identify, clock } = this.ports;
    const proven = request.kind === "approve" ? await (identify?.(this.state, request) ?? request) : request;
    return recordOf(this.state, proven, clock.now());
  }

  /** Until the next sample is due, in small pieces: somebody may ask for something meanwhile. */
  private async pause(signal?: AbortSignal): Promise<void> {
    const { clock, requests } = this.ports;
    const interval = 1000 * this.state.plan.intervalSeconds;
    const until = (Math.floor(clock.now() / interval) + 1) * interval;
    const piece = requests === undefined ? interval : 1000;
    while (clock.now() < until && signal?.aborted !== true) {
      await clock.sleep(Math.min(piece, until - clock.now()), signal);
      if (await this.hear()) {
        return;
      }
    }
  }

  /** @returns How the tick ended; undefined to look again. */
  private async perform(todo: Next): Promise<Ticked | undefined> {
    switch (todo.do) {
      case "nothing":
        return { more: false, why: "the rollout has ended" };
      case "wait":
        return { more: false, why: todo.why, ...(todo.until === undefined ? {} : { until: todo.until }) };
      case "look":
        await this.look(todo.moments);
        return undefined;
      case "decide":
        if (todo.decision.kind === "promote") {
          return (await this.readBack()) ? this.promote(todo.decision) : undefined;
        }
        await this.record({ type: "decided", decision: todo.decision });
        return undefined;
      case "begin":
        await this.record({ type: "stage-begun", stage: todo.stage, attempt: todo.attempt });
        return undefined;
      case "up":
        await this.applyStage(todo.stage);
        return undefined;
      case "probe":
        await this.probe(todo.stage);
        return undefined;
      case "hook":
        await this.hook(todo.stage, todo.hook);
        return undefined;
      case "judge": {
        const verdict = judgeStage(this.state.plan, todo.stage, this.state.progress.series, todo.look);
        await this.record({ type: "judged", stage: todo.stage.name, look: todo.look, verdict });
        return undefined;
      }
      case "roll-back":
        await this.rollBack(todo.region, todo.without);
        return undefined;
      case "undo":
        await this.undo(todo.patch);
        return undefined;
      case "finish":
        if (await this.wasMovedAgain()) {
          return undefined;
        }
        // The other way round, a kill between the two would leave a claim that nobody removes.
        await this.ports.claim?.(this.state.id, undefined);
        await this.record({ type: "finished", outcome: todo.outcome, reason: todo.reason });
        return undefined;
    }
  }

  private async promote(decision: Extract<Next, { do: "decide" }>["decision"]): Promise<Ticked> {
    await this.record({ type: "decided", decision });
    return { more: true };
  }

  /** Reads samples and records them one by one: what an early one decides is not undone by a later one. */
  private async look(moments: readonly number[]): Promise<void> {
    for (const { at, readings } of await this.ports.metrics.samples(moments)) {
      await this.record({ type: "sampled", sample: { at, readings: readings.map(usable) } });
      const todo = next(this.state, this.ports.clock.now());
      if (todo.do === "decide" && todo.decision.kind !== "promote") {
        return;
      }
    }
  }

  /** Before a stage is left: whether routers still do what it set. */
  private async readBack(): Promise<boolean> {
    const { state } = this;
    const stage = stageOf(state)!;
    if (state.exposedAt === undefined || state.plan.rolling) {
      return true;
    }
    const effect: Effect = { kind: "read-back", stage: stage.name };
    const { shares, problem } = await this.shares(stage);
    if (problem !== undefined) {
      await this.record({ type: "effect-failed", effect, reason: problem, hold: true, shares });
      return false;
    }
    return true;
  }

  /**
   * Before a rollback ends: whether the candidate has requests again where it was taken back. Weights may have been moved by hand,
   * or by the rollout's own `up` that did not end when it was told to.
   */
  private async wasMovedAgain(): Promise<boolean> {
    const { plan, rollback, exposedAt } = this.state;
    if (rollback === undefined || plan.rolling || exposedAt === undefined) {
      return false;
    }
    let shares: Record<string, number>;
    try {
      shares = await this.ports.routers.shares(plan.candidate);
    } catch (error) {
      known(error);
      return false; // Each was back when it could last be read.
    }
    const region = plan.routed.find((each) => (shares[each] ?? 0) !== 0);
    if (region !== undefined) {
      const effect: Effect = { kind: "rollback", stack: plan.rollback[0]!.stack, region };
      const reason = `${region} was back, and ${plan.candidate} gets ${shares[region]} % of its requests again: somebody else moved it, or an \`up\` that had not ended`;
      await this.record({ type: "effect-failed", effect, reason, shares });
    }
    return region !== undefined;
  }

  /** What routers do, and what is wrong with it. */
  private async shares(stage: WatchedStage): Promise<{ shares: Record<string, number>; problem?: string }> {
    const { plan } = this.state;
    let shares: Record<string, number>;
    try {
      shares = await this.ports.routers.shares(plan.candidate);
    } catch (error) {
      return { shares: {}, problem: `the routers cannot be read: ${messageFrom(error)}` };
    }
    const wrong = plan.routed.find((region) => Math.abs((shares[region] ?? -1) - shareIn(stage, region)) > 1e-6);
    return wrong === undefined
      ? { shares }
      : {
          shares,
          problem: `${shares[wrong] === undefined ? `it cannot be read what ${plan.candidate} gets` : `${plan.candidate} gets ${shares[wrong]} %`} of the requests in ${wrong}, and ${shareIn(stage, wrong)} % was set: somebody else moved it, or the cloud did not`,
        };
  }

  /** Previews, checks what would be touched, applies, reads back. */
  private async applyStage(stage: WatchedStage): Promise<void> {
    const { engine, check } = this.ports;
    const effect: Effect = { kind: "up", stage: stage.name, stack: stage.stack };
    const options = { ...this.run(stage.stack), onStep: this.ports.onStep };
    const fail = (reason: string, more: Partial<Omit<Failed, "type">> = {}) =>
      this.record({ type: "effect-failed", effect, reason, ...more });
    try {
      await this.claim();
      const left = await this.recover(stage.stack);
      if (left.length > 0) {
        this.recovered.delete(stage.stack);
        await fail(`a killed run left what only people can mend: ${left.join("; ")}`, { hold: true });
        return;
      }
      const plan = await this.guarded((signal) => engine.preview(stage.stack, { ...options, signal }));
      const foreign = outside(plan.steps, stage.touches).map(({ urn }) => urn);
      if (foreign.length > 0) {
        await fail(`it would change ${foreign.length} resources that it may not, ${foreign[0]} first`, {
          outside: foreign,
          hold: true,
        });
        return;
      }
      // People may have promoted past what was read back; what still has requests is not taken away.
      const { shares, problem } = stage.kind === "retire" ? await this.shares(stage) : {};
      if (problem !== undefined) {
        await fail(problem, { hold: true, shares });
        return;
      }
      const violations = (await check?.violations(plan)) ?? [];
      if (violations.length > 0) {
        const [first, ...others] = violations;
        const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
        await fail(`the policies forbid it: ${first}${more}`, { violations, hold: true });
        return;
      }
      const urns = changed(plan.steps).map(({ urn }) => urn);
      await this.record({ type: "effect-begun", effect, urns });
      const done = (await this.isThere(plan))
        ? []
        : changed((await this.guarded((signal) => engine.up(stage.stack, { ...options, signal }))).steps);
      if (stage.kind === "shift") {
        const { shares, problem } = await this.shares(stage);
        if (problem !== undefined) {
          await fail(problem, { hold: true, shares });
          return;
        }
        await this.record({ type: "effect-done", effect, changed: done.map(({ urn }) => urn), shares });
        return;
      }
      await this.record({ type: "effect-done", effect, changed: done.map(({ urn }) => urn) });
    } catch (error) {
      if (!(error instanceof EngineError) && !(error instanceof Overtaken)) {
        throw error;
      }
      this.recovered.delete(stage.stack);
      await fail(messageFrom(error));
    }
  }

  /** An `up` of what is there already, outputs too, would change nothing but take its time. */
  private async isThere(plan: Plan): Promise<boolean> {
    return (
      changed(plan.steps).length === 0 && isDeepStrictEqual(plan.outputs, await this.ports.engine.outputs(plan.stack))
    );
  }

  private async probe(stage: WatchedStage): Promise<void> {
    const effect: Effect = { kind: "probe", stage: stage.name };
    await this.record({ type: "effect-begun", effect });
    const reason = await this.ports.prober.unreachable(this.state.plan.candidate);
    await this.record(
      reason === undefined ? { type: "effect-done", effect, changed: [] } : { type: "effect-failed", effect, reason },
    );
  }

  private async hook(stage: WatchedStage, hook: string): Promise<void> {
    const { state } = this;
    const effect: Effect = { kind: "hook", stage: stage.name, hook };
    const context = {
      rollout: state.id,
      stack: state.plan.stack,
      stage: stage.name,
      attempt: state.attempts.get(stage.name)!,
      release: state.plan.release,
      candidate: state.plan.candidate,
      share: stage.share,
    };
    await this.record({ type: "effect-begun", effect });
    const result = await this.guarded((signal) => this.ports.hooks.run(hook, context, signal)).catch(
      (error: unknown) => {
        if (error instanceof Overtaken) {
          return { ok: false, reason: error.message, output: "" };
        }
        throw error;
      },
    );
    await this.record(
      result.ok
        ? { type: "effect-done", effect, changed: [], output: result.output }
        : { type: "effect-failed", effect, reason: result.reason ?? `hook ${hook} failed`, output: result.output },
    );
  }

  /** Takes the routers back, of one region or of all; past errors. What they really do then decides what is left. */
  private async rollBack(region: string | undefined, without: readonly string[]): Promise<void> {
    const { state } = this;
    const { plan } = state;
    const [{ stack }] = plan.rollback as [RolloutPlan["rollback"][number]];
    const effect: Effect = { kind: "rollback", stack, ...(region === undefined ? {} : { region }) };
    const targets = [...state.routers].filter((urn) => {
      const of = regionOf(urn, plan.routed);
      return of === undefined || (region === undefined ? !without.includes(of) : of === region);
    });
    await this.record({ type: "effect-begun", effect, urns: targets });
    let problem: string | undefined;
    try {
      await this.claim();
      await this.recover(stack);
      // The record may not know what routers do: after a first try, the clouds are asked.
      const options = {
        set: this.patches(stack),
        ...(targets.length === 0 ? {} : { targets }),
        continueOnError: true,
        refresh: region !== undefined,
      };
      await this.ports.engine.up(stack, { ...options, onStep: this.ports.onStep });
    } catch (error) {
      problem = known(error);
      this.recovered.delete(stack);
    }
    let shares: Record<string, number> = {};
    try {
      shares = await this.ports.routers.shares(plan.candidate);
    } catch (error) {
      problem ??= known(error);
    }
    const left = plan.routed.filter(
      (each) => (region === undefined || each === region) && !without.includes(each) && shares[each] !== 0,
    );
    await this.record(
      left.length === 0
        ? { type: "effect-done", effect, changed: targets, shares }
        : {
            type: "effect-failed",
            effect,
            reason: `${left.join(", ")} ${left.length === 1 ? "is" : "are"} not back: ${problem ?? "the routers still send requests to the candidate"}`,
            shares,
          },
    );
  }

  /** What has no weight goes back after the routers. */
  private async undo(index: number): Promise<void> {
    const { stack } = this.state.plan.rollback[index]!;
    const effect: Effect = { kind: "rollback", stack, patch: index };
    await this.record({ type: "effect-begun", effect });
    try {
      await this.claim();
      await this.recover(stack);
      const { steps } = await this.ports.engine.up(stack, { ...this.run(stack), onStep: this.ports.onStep });
      await this.record({ type: "effect-done", effect, changed: changed(steps).map(({ urn }) => urn) });
    } catch (error) {
      this.recovered.delete(stack);
      await this.record({ type: "effect-failed", effect, reason: known(error) });
    }
  }

  /**
   * Lets something run while samples are looked at: a trigger does not wait for a deployment. When one rolls back, what is
   * running is ended, and waited for only so long.
   */
  private async guarded<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { clock } = this.ports;
    const abort = new AbortController();
    const sleeping = new AbortController();
    let done = false;
    const work = run(abort.signal).finally(() => {
      done = true;
      sleeping.abort();
    });
    const ended = work.then(
      () => undefined,
      () => undefined,
    );
    while (!done) {
      await clock.sleep(1000 * this.state.plan.intervalSeconds, sleeping.signal);
      if (done) {
        break;
      }
      try {
        await this.renew();
        await this.hear();
        await this.lookMeanwhile();
      } catch (error) {
        // Nothing goes on that nobody records any more: the lease is lost, or the disk is full.
        abort.abort();
        throw error;
      }
      if (this.state.rollback !== undefined) {
        abort.abort();
        await Promise.race([ended, clock.sleep(INTERRUPT_GRACE)]);
        throw new Overtaken("a rollback has overtaken it");
      }
    }
    return work;
  }

  /** Samples while something runs, and what they decide; a rollback ends it. */
  private async lookMeanwhile(): Promise<void> {
    while (this.state.rollback === undefined) {
      const todo = meanwhile(this.state, this.ports.clock.now());
      if (todo.do !== "look" && todo.do !== "decide") {
        return;
      }
      await this.perform(todo);
    }
  }

  /** What every run of a stack has. A region that is lost is asked for nothing, and stays as it is recorded. */
  private run(stack: string): Pick<RunOptions, "set" | "exclude"> {
    const { recovery } = this.state.plan;
    return { set: this.patches(stack), ...(recovery === undefined ? {} : { exclude: [`**::*${recovery.region}*`] }) };
  }

  private patches(stack: string): Record<string, Json> {
    return { ...this.state.patches.get(stack) };
  }

  /** Everybody else's run of the program is measured by this. */
  private async claim(): Promise<void> {
    await this.ports.claim?.(this.state.id, Object.fromEntries(this.state.patches));
  }

  /** Mends what a killed run left, once for each stack. @returns What only people can mend. */
  private async recover(stack: string): Promise<string[]> {
    if (this.recovered.has(stack)) {
      return [];
    }
    const { left } = await this.ports.engine.recover(stack);
    this.recovered.add(stack);
    return left;
  }

  /** @returns Whether anybody asked for anything. */
  private async hear(): Promise<boolean> {
    await this.ports.overrides?.(({ by, reason, stack, patch }) =>
      this.record({ type: "overridden", by, reason, stack, patch }),
    );
    const requests = (await this.ports.requests?.()) ?? [];
    for (const request of requests) {
      let body: RecordBody;
      try {
        body = await this.recordFor(request);
      } catch (error) {
        // Whoever asked was told already; meanwhile the rollout has gone on.
        if (error instanceof EngineError) {
          continue;
        }
        throw error;
      }
      await this.record(body);
    }
    return requests.length > 0;
  }

  private async renew(): Promise<void> {
    this.lease = await this.ports.journal.renew(this.lease, LEASE_SECONDS);
  }

  private async record(body: RecordBody): Promise<void> {
    const { journal, clock, onRecord } = this.ports;
    const record = await journal.append(this.lease, Math.max(clock.now(), this.state.last.at), body);
    apply(this.state, record);
    onRecord?.(record, this.state);
    this.tell(messageOf(this.state, body));
  }

  /** Tells people, and waits for nobody. */
  private tell(message: Message | undefined): void {
    if (message === undefined) {
      return;
    }
    const entry: (typeof this.told)[number] = { message };
    this.told.push(entry);
    this.running.push(
      this.ports.notifier.tell(message).then((done) => {
        entry.done = done;
      }),
    );
  }

  private update(): void {
    const { state, ports } = this;
    const now = ports.clock.now();
    const told = Math.max(state.toldAt, this.updatedAt);
    if (state.outcome === undefined && now - told >= 1000 * state.plan.updateEverySeconds) {
      this.updatedAt = now;
      this.tell(updateOf(state));
    }
  }

  private async noteTold(): Promise<void> {
    const done = this.told.filter((entry) => entry.done !== undefined);
    this.told = this.told.filter((entry) => entry.done === undefined);
    for (const { message, done: results } of done) {
      for (const { channel, ok, problem } of results!) {
        await this.record({
          type: "notified",
          channel,
          notice: message.notice,
          ok,
          ...(problem === undefined ? {} : { problem }),
        });
      }
    }
  }
}

/** The region in a resource's name, of those that are known; the longest, as one may begin like another. */
function regionOf(urn: string, regions: readonly string[]): string | undefined {
  const name = `-${urn.slice(urn.lastIndexOf("::") + 2)}-`;
  return [...regions].sort((one, other) => other.length - one.length).find((region) => name.includes(`-${region}-`));
}

function messageFrom(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The message of an error that was to be expected; others are defects. */
function known(error: unknown): string {
  if (error instanceof EngineError) {
    return error.message;
  }
  throw error;
}
