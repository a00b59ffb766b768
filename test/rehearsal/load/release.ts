import { VirtualClock } from "../../../rehearsal/clock";
import {
  faultyEngine,
  faultyJournal,
  faultyReader,
  Faults,
  parseFault,
  rehearsedHooks,
  survive,
  type SurviveOptions,
} from "../../../rehearsal/faults";
import { historyOf, SimulatedLoad, simulatedReader } from "../../../rehearsal/load";
import { SimulatedPeople } from "../../../rehearsal/people";
import { readStackConfig } from "../../../rehearsal/release";
import { Controller } from "../../../rollout/controller";
import { LEASE_SECONDS } from "../../../rollout/controller/ports";
import type { RolloutPlan } from "../../../rollout/core/plan";
import type { JournalRecord } from "../../../rollout/core/records";
import type { State } from "../../../rollout/core/state";
import { memoryJournal } from "../../../rollout/journal";
import { planOf } from "../../../rollout/plan";
import { FakeWorld } from "../../rollout/support/fakeWorld";
import { REGIONS, viewOf } from "./world";

/** Production's rollout, as its stack file has it. */
export const config = readStackConfig(process.cwd(), "production").traffic!.rollout!;

export interface Rehearsing extends Partial<Pick<SurviveOptions, "killAt" | "onPoint">> {
  seed?: number;
  faults?: readonly string[];
  /** A plan of production. @default blue-green */
  plan?: string;
  /** Pods of green, as a part of what blue has. @default 1 */
  capacity?: number;
  /** When it begins, milliseconds since the epoch. @default - in the morning of New York */
  start?: number;
  /** After so many virtual hours it is given up. @default 12 */
  hours?: number;
}

export interface Rehearsed {
  state: State;
  records: JournalRecord[];
  load: SimulatedLoad;
  faults: Faults;
  world: FakeWorld;
  lives: number;
}

/** A plan of production, over its four regions that serve and one that stands by. */
export function productionPlan(name: string): RolloutPlan {
  return planOf(
    config,
    {
      active: "blue",
      stacks: { application: "production-application", traffic: "production" },
      regions: { ...REGIONS, "eu-central-1": 0 },
      releases: {},
    },
    name,
  );
}

/** Production's rollout with everything of the rehearsal but clouds: real controller, virtual time, simulated load and people. */
export async function rehearse(options: Rehearsing = {}): Promise<Rehearsed> {
  const { seed = 1, faults: texts = [], capacity = 1, start, hours = 12 } = options;
  const plan = productionPlan(options.plan ?? "blue-green");
  const clock = new VirtualClock({ seed, ...(start === undefined ? {} : { start }) });
  const faults = new Faults(texts.map(parseFault), clock);
  const world = new FakeWorld(plan);
  world.journal = memoryJournal("production", () => clock.now());
  const load = new SimulatedLoad({
    clock,
    view: () => viewOf({ green: world.weights, capacity }),
    regions: plan.regions,
    active: plan.active,
    requestsPerMinute: config.requestsPerMinute,
    historySeconds: historyOf(config.metrics, plan),
    seed,
    behavior: (region, color, at) => faults.behavior(region, color, at),
  });
  const look = () => load.look();
  look();
  faults.attach({ plan, changeWorld: () => undefined, look });
  const people = new SimulatedPeople(clock, seed);
  const ports = {
    ...world.ports,
    clock,
    engine: faultyEngine(world.engine, faults, clock, look),
    journal: faultyJournal(world.journal, faults),
    metrics: faultyReader(simulatedReader(load, config.metrics, plan), faults),
    hooks: rehearsedHooks(faults, clock),
    requests: () => people.requests(),
    onRecord: (record: JournalRecord, state: State) => {
      world.records.push(record);
      people.follow(state);
    },
  };
  const giveUp = new AbortController();
  void clock.sleep(3_600_000 * hours).then(() => giveUp.abort());
  let lives = 0;
  const { killAt, onPoint } = options;
  const state = await survive(ports, { clock, faults, killAt, onPoint }, async (mortal, life) => {
    lives = life + 1;
    const lease = await mortal.journal.acquire(`life ${life}`, LEASE_SECONDS);
    const controller =
      life === 0
        ? await Controller.start(mortal, lease, plan, "ada@example.org")
        : await Controller.resume(mortal, lease, (await mortal.journal.current())!);
    await controller.watch(giveUp.signal);
    return controller.state;
  });
  clock.stop();
  return { state, records: world.records, load, faults, world, lives };
}
