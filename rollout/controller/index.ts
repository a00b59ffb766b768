import { routerRecords } from "../breakGlass";
import { judgeStage } from "../core/judged";
import { next } from "../core/next";
import type { RolloutPlan } from "../core/plan";
import type { Decision, RecordBody } from "../core/records";
import { replay } from "../core/replay";
import type { State } from "../core/state";
import type { Next } from "../core/todo";
import { messageOf } from "../messages";
import { EngineError } from "../engine";
import { digestOf } from "../plan";
import type { Lease } from "../ports";
import type { Request } from "../requests";
import { ROUTER_TYPES } from "../routerKinds";
import { Hearing } from "./hearing";
import type { ControllerPorts } from "./ports";
import { Recorder } from "./recorder";
import { RollbackEffects } from "./rollbackEffects";
import { StackRuns } from "./stackRuns";
import { StageEffects } from "./stageEffects";
import { Teller } from "./teller";
import { Watcher } from "./watcher";

/** How a tick ended: whether there is more to do at once, or what is waited for. */
export type Ticked = { more: true } | { more: false; why: string; until?: number };

/**
 * Walks one rollout: looks at samples, decides, changes the world, reads back, and records before and after. It keeps nothing
 * but what its journal says: another one that reads the same journal goes on where this one was killed.
 */
export class Controller {
  private readonly teller: Teller;
  private readonly recorder: Recorder;
  private readonly hearing: Hearing;
  private readonly watcher: Watcher;
  private readonly stages: StageEffects;
  private readonly rollbacks: RollbackEffects;

  private constructor(
    readonly state: State,
    private readonly ports: ControllerPorts,
    lease: Lease,
  ) {
    const runs = new StackRuns(state, ports);
    this.teller = new Teller(ports.notifier);
    this.recorder = new Recorder(state, ports, this.teller, lease);
    this.hearing = new Hearing(this.recorder, ports);
    this.watcher = new Watcher(this.recorder, this.hearing, ports);
    this.stages = new StageEffects(this.recorder, this.watcher, runs, ports);
    this.rollbacks = new RollbackEffects(this.recorder, runs, ports);
  }

  /** Begins a rollout. @throws JournalError when one is open. @throws EngineError when users are on the candidate already. */
  static async start(ports: ControllerPorts, lease: Lease, plan: RolloutPlan, by: string): Promise<Controller> {
    // A stack with another kind of router has none of these, and is rolled back whole.
    const routers = plan.rolling ? [] : routerRecords(await ports.engine.recorded(plan.stack, ROUTER_TYPES));
    const served = routers.length === 0 || plan.recovery !== undefined ? [] : await servedRegions(ports, plan);
    if (served.length > 0) {
      throw new EngineError(
        `${plan.candidate} has requests already, in ${served.join(", ")}: a rollout begins with a candidate that nobody is on. Set its shares to 0 in cutover:traffic of ${plan.stack}, apply that (pulumi up --stack ${plan.stack}), and start again`,
      );
    }
    const body: RecordBody = { type: "started", plan, digest: digestOf(plan), by, routers };
    const { id, record } = await ports.journal.begin(lease, ports.clock.now(), body);
    const controller = new Controller(replay(id, [record]), ports, lease);
    ports.onRecord?.(record, controller.state);
    controller.teller.tell(messageOf(controller.state, body));
    return controller;
  }

  /** Goes on with the rollout that the journal holds. */
  static async resume(ports: ControllerPorts, lease: Lease, id: string): Promise<Controller> {
    return new Controller(replay(id, await ports.journal.read(id)), ports, lease);
  }

  /** Does what is due: everything since the last tick, and at most one stage is passed. */
  async tick(): Promise<Ticked> {
    await this.recorder.renew();
    for (;;) {
      await this.hearing.hear();
      await this.recorder.noteTold();
      const todo = next(this.state, this.ports.clock.now());
      const ended = await this.perform(todo);
      if (ended !== undefined) {
        this.teller.update(this.state, this.ports.clock.now());
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
    await this.teller.settled();
    await this.recorder.noteTold();
  }

  /** Takes up what somebody asks. @throws EngineError when the rollout cannot take it. */
  async ask(request: Request): Promise<void> {
    await this.hearing.ask(request);
  }

  /** Until the next sample is due, in small pieces: somebody may ask for something meanwhile. */
  private async pause(signal?: AbortSignal): Promise<void> {
    const { clock, requests } = this.ports;
    const interval = 1000 * this.state.plan.intervalSeconds;
    const until = (Math.floor(clock.now() / interval) + 1) * interval;
    const piece = requests === undefined ? interval : 1000;
    while (clock.now() < until && signal?.aborted !== true) {
      await clock.sleep(Math.min(piece, until - clock.now()), signal);
      if (await this.hearing.hear()) {
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
        await this.watcher.look(todo.moments);
        return undefined;
      case "decide":
        if (todo.decision.kind === "promote") {
          return (await this.stages.readBack()) ? this.promote(todo.decision) : undefined;
        }
        await this.recorder.record({ type: "decided", decision: todo.decision });
        return undefined;
      case "begin":
        await this.recorder.record({ type: "stage-begun", stage: todo.stage, attempt: todo.attempt });
        return undefined;
      case "up":
        await this.stages.apply(todo.stage);
        return undefined;
      case "probe":
        await this.stages.probe(todo.stage);
        return undefined;
      case "hook":
        await this.stages.hook(todo.stage, todo.hook);
        return undefined;
      case "judge": {
        const verdict = judgeStage(this.state.plan, todo.stage, this.state.progress.series, todo.look);
        await this.recorder.record({ type: "judged", stage: todo.stage.name, look: todo.look, verdict });
        return undefined;
      }
      case "roll-back":
        await this.rollbacks.rollBack(todo.region, todo.without);
        return undefined;
      case "undo":
        await this.rollbacks.undo(todo.patch);
        return undefined;
      case "finish":
        if (await this.rollbacks.wasMovedAgain()) {
          return undefined;
        }
        // The other way round, a kill between the two would leave a claim that nobody removes.
        await this.ports.claim?.(this.state.id, undefined);
        await this.recorder.record({ type: "finished", outcome: todo.outcome, reason: todo.reason });
        return undefined;
    }
  }

  private async promote(decision: Decision): Promise<Ticked> {
    await this.recorder.record({ type: "decided", decision });
    return { more: true };
  }
}

/** Regions in which the candidate has requests, with its share. */
async function servedRegions({ routers }: ControllerPorts, { candidate, routed }: RolloutPlan): Promise<string[]> {
  const shares = await routers.shares(candidate);
  return routed.flatMap((region) => ((shares[region] ?? 0) > 0 ? [`${region} ${shares[region]} %`] : []));
}
