import type { RolloutPlan } from "../../rollout/core/plan";
import type { RecordBody } from "../../rollout/core/records";
import type { Reading } from "../../rollout/core/sample";
import type { Color } from "../../stacks/config/fields";
import type { VirtualClock } from "../clock";
import type { ResourceRequest, World } from "../engine/cloud";
import { HEALTHY, type Behavior } from "../load";
import type { Fault, Write } from "./fault";
import { FAULTS, type PlannedFault } from "./parse";

/** What faults need of the rehearsal that they strike. */
export interface FaultContext {
  plan: RolloutPlan;
  /** {@link Rehearsal.changeWorld}. */
  changeWorld: (change: (world: World) => void) => void;
  /** Called when a fault has changed the world: {@link SimulatedLoad.look}. */
  look: () => void;
}

/** After so many records of a stage without an `up`, a controller that is to be killed is killed all the same. */
const RECORDS_WITHOUT_UP = 4;

/** A fault with what became of it. */
interface Pending {
  fault: Fault;
  planned: PlannedFault;
  stage: string;
  regions: readonly string[];
  /** Whether its stage has begun, or has been applied where it waits for that. */
  ready: boolean;
  /** When it began, in the time of the world. */
  begun?: number;
  ended?: number;
  /** How often it met the write of a resource, or a point. */
  met: Map<string, number>;
}

/**
 * The faults of one rehearsal. They follow the rollout by its records: a fault begins with its stage. Before
 * {@link attach} nothing is wrong.
 */
export class Faults {
  private pending: Pending[] = [];
  private context?: FaultContext;
  private rollingBack = false;

  public constructor(
    private readonly planned: readonly PlannedFault[],
    private readonly clock: VirtualClock,
  ) {}

  /** Tells them what they strike: once it is brought up, and before the rollout begins. */
  public attach(context: FaultContext): void {
    const { plan } = context;
    const serving = Object.entries(plan.regions).sort(([, one], [, other]) => one - other);
    this.context = context;
    this.pending = this.planned.map((planned) => {
      const fault = FAULTS[planned.name]!;
      const smallest = plan.recovery?.region ?? serving[0]?.[0];
      const struck = fault.oneRegion === true && smallest !== undefined ? [smallest] : plan.routed;
      return {
        fault,
        planned,
        stage: planned.stage ?? fault.stage ?? firstExposed(plan),
        regions: planned.region === undefined ? struck : [planned.region],
        ready: false,
        met: new Map<string, number>(),
      };
    });
  }

  /** Follows the rollout: to be told each record once it is written. */
  public follow(body: RecordBody): void {
    if (body.type === "decided" && body.decision.kind === "rollback") {
      this.rollingBack = true;
    }
    for (const each of this.pending.filter(({ begun }) => begun === undefined)) {
      const { fault, stage, ready } = each;
      if (fault.whenWatched !== true) {
        each.ready ||= body.type === "stage-begun" && body.stage === stage;
      } else if (body.type === "effect-done" && body.effect.kind === "up" && body.effect.stage === stage) {
        each.ready = true;
      }
      if (each.ready && (fault.whenWatched !== true || (ready && body.type === "sampled"))) {
        this.begin(each);
      }
    }
  }

  /** Faults that never began: their stage was never reached. */
  public get unbegun(): string[] {
    return this.pending.filter(({ begun }) => begun === undefined).map(({ planned }) => planned.name);
  }

  /** How a color behaves: for the simulated load. */
  public behavior(region: string, color: Color, at: number): Readonly<Behavior> {
    let behavior: Readonly<Behavior> = HEALTHY;
    for (const { fault, begun, ended, regions } of this.pending) {
      if (
        fault.behavior !== undefined &&
        begun !== undefined &&
        at >= begun &&
        at < (ended ?? Infinity) &&
        regions.includes(region)
      ) {
        const moment = { hours: (at - begun) / 3_600_000, color, plan: this.context!.plan };
        behavior = { ...behavior, ...fault.behavior(behavior, moment) };
      }
    }
    return behavior;
  }

  /** What is read instead of a reading. One of the total is struck by faults of every region only. */
  public reading(reading: Reading): Reading {
    return this.present.reduce((read, { fault, planned, regions }) => {
      const everywhere = planned.region === undefined && fault.oneRegion !== true;
      return fault.reading !== undefined && (everywhere || regions.includes(read.scope)) ? fault.reading(read) : read;
    }, reading);
  }

  /** Why a cloud refuses a write in a region; undefined when it does not. */
  public refusal(request: ResourceRequest, region: string): string | undefined {
    for (const each of this.present.filter(({ regions }) => regions.includes(region))) {
      const why = each.fault.refuses?.(this.write(each, request));
      if (why !== undefined) {
        meet(each, request);
        return why;
      }
    }
    return undefined;
  }

  /** Whether a cloud only says that it has written. */
  public swallows(request: ResourceRequest, region: string): boolean {
    const each = this.present.find(
      (fault) => fault.regions.includes(region) && fault.fault.swallows?.(this.write(fault, request)) === true,
    );
    if (each !== undefined) {
      meet(each, request);
    }
    return each !== undefined;
  }

  /** Whether nothing in a region can be asked. */
  public unreachable(region: string): boolean {
    return this.present.some(({ fault, regions }) => fault.unreachable === true && regions.includes(region));
  }

  /** Why hooks fail; undefined when they do not. */
  public get hookFailure(): string | undefined {
    return this.present.map(({ fault }) => fault.hook).find((hook) => hook !== undefined);
  }

  /** Whether the controller is to be killed at a point: when an `up` is done, or after some records without one. Once a fault. */
  public kills(point: string): boolean {
    for (const each of this.present.filter(({ fault }) => fault.kills)) {
      each.met.set(point, (each.met.get(point) ?? 0) + 1);
      if (each.met.has("after up") || each.met.get("after append") === RECORDS_WITHOUT_UP) {
        each.ended = this.clock.worldNow;
        return true;
      }
    }
    return false;
  }

  private get present(): Pending[] {
    return this.pending.filter(({ begun, ended }) => begun !== undefined && ended === undefined);
  }

  private begin(each: Pending): void {
    const { plan, changeWorld, look } = this.context!;
    const { fault, regions } = each;
    const struck = { plan, clock: this.clock, regions, changeWorld };
    each.begun = this.clock.worldNow;
    fault.begin?.(struck);
    look();
    if (fault.minutes !== undefined) {
      void this.clock.sleep(60_000 * fault.minutes).then(() => {
        each.ended = this.clock.worldNow;
        fault.end?.(struck);
        look();
      });
    }
  }

  private write({ met }: Pending, request: ResourceRequest): Write {
    return { request, rollingBack: this.rollingBack, times: met.get(request.urn) ?? 0 };
  }
}

function meet({ met }: Pending, { urn }: ResourceRequest): void {
  met.set(urn, (met.get(urn) ?? 0) + 1);
}

/** The stage in which the candidate first has requests. */
function firstExposed({ stages }: RolloutPlan): string {
  return (stages.find(({ kind }) => kind === "shift") ?? stages.find(({ kind }) => kind === "deploy") ?? stages[0]!)
    .name;
}
