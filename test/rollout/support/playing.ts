import assert from "node:assert/strict";
import { replay } from "../../../rollout/core/replay";
import { isPastRollback, stageOf, type State } from "../../../rollout/core/state";
import { TOTAL } from "../../../rollout/core/plan";
import { EngineError } from "../../../rollout/engine";
import type { JournalRecord } from "../../../rollout/core/records";
import { recordOf, type Request } from "../../../rollout/requests";
import { followRecords, says } from "./invariants";
import { Killed, ModelWorld, NO_MISHAPS } from "./modelWorld";
import { APPROVER, mishapsOf, valueIn, type Asked, type Scenario } from "./scenarios";
import { BEGIN } from "./story";

/** How long a scenario lasts before everything is mended, in intervals. */
const STORM = 90;

/** What became of a scenario. */
export interface Played {
  world: ModelWorld;
  outcome: string;
  kills: number;
}

/** Plays a scenario to its end, and asserts what must hold of every rollout on the way and after it. */
export async function play(scenario: Scenario): Promise<Played> {
  const { plan } = scenario;
  const world = new ModelWorld(plan);
  const now = () => Math.round((world.things.time - BEGIN) / world.interval);
  world.metric = (metric, color, scope, at) =>
    valueIn(scenario, metric, color, scope, Math.round((at - BEGIN) / world.interval));
  world.mishaps = mishapsOf(scenario, now);
  const asked = [...scenario.asked];
  world.people = (state) => [...approvals(state), ...due(asked, now()).map((each) => requestOf(each))];
  const watch = new Watch(world);
  world.onRecord = (record, state) => watch.see(record, state);
  let kills = 0;
  let points = 0;
  world.at = () => {
    points += 1;
    if (scenario.kills.includes(points)) {
      kills += 1;
      throw new Killed();
    }
  };

  const moves = scenario.mishaps.flatMap((each) => (each.kind === "moved" ? [each] : []));
  for (const each of moves.sort((one, other) => one.from - other.from)) {
    await world.run(Math.max(0, each.from - now()));
    if (world.controller?.state.outcome === undefined) {
      world.move(each.region, each.green);
      watch.moved = true;
    }
  }
  await world.run(Math.max(0, STORM - now()));
  watch.goesBackWherePossible();

  // Everything is mended: it ends by itself, or waits for people, who then end it.
  world.mishaps = NO_MISHAPS;
  world.metric = (metric) => (metric === "healthy-targets" ? 2 : 0.5);
  await world.run(60);
  const { controller } = world;
  assert.ok(controller !== undefined);
  if (controller.state.outcome === undefined) {
    waitsForPeople(controller.state);
    if (isPastRollback(controller.state)) {
      // Nothing goes back any more, and nothing is shifted: who moved weights by hand moves them back.
      plan.routed.forEach((region) => world.move(region, plan.candidate === "green" ? 100 : 0));
    }
    world.people = (state) => [...approvals(state), ...ending(state)];
    await world.run(120);
  }
  const { state } = world.controller!;
  assert.ok(state.outcome !== undefined, `it never ends: ${JSON.stringify(state.hold)} ${stageOf(state)?.name}`);
  await world.controller!.settle();

  const records = await world.journal.read(state.id);
  followRecords(plan, records);
  assert.deepEqual(replay(state.id, records), state, "what its records say is not what it is");
  assert.equal(world.things.claimed, false, "it still claims what it owned");
  if (!plan.rolling && !(watch.moved && state.outcome.outcome === "promoted") && state.exposedAt !== undefined) {
    const share = state.outcome.outcome === "promoted" ? 100 : 0;
    for (const region of plan.routed) {
      assert.equal(world.shares[region], share, `${state.outcome.outcome}, and ${region} has ${world.shares[region]}`);
      assert.equal(state.shares[region], share, `the journal says something else of ${region}`);
    }
  }
  return { world, outcome: state.outcome.outcome, kills };
}

/** What is asserted at each record, with the world as it is at that moment. */
class Watch {
  moved = false;
  private readonly lasted = new Map<string, { since?: number; held: number; last: number }>();
  private overdue: string | undefined;

  constructor(private readonly world: ModelWorld) {}

  see(record: JournalRecord, state: State): void {
    const { plan, things } = this.world;
    for (const [region, { blue, green }] of Object.entries(things.weights)) {
      assert.ok(blue >= 0 && green >= 0 && Math.abs(blue + green - 100) < 1e-9, `${region} has ${blue} and ${green}`);
    }
    for (const { set } of things.ups.slice(-1)) {
      const values = [set["traffic.green"], ...Object.values((set["traffic.regions"] ?? {}) as object)];
      assert.ok(values.every((each) => each === undefined || (Number(each) >= 0 && Number(each) <= 100)));
    }
    if (record.type === "effect-done" && record.shares !== undefined) {
      for (const [region, share] of Object.entries(record.shares)) {
        assert.equal(share, this.world.shares[region], `${region} was read back otherwise`);
        assert.equal(state.shares[region], share);
      }
    }
    if (record.type === "effect-begun" && record.effect.kind === "up" && stageOf(state)?.kind === "retire") {
      const left = plan.routed.filter((region) => !plan.rolling && this.world.shares[region] !== 100);
      assert.deepEqual(left, [], "what still has requests is retired");
    }
    if (record.type === "effect-done" && record.effect.kind === "up") {
      this.hasAllPatches(record.effect.stack, state);
    }
    if (this.overdue !== undefined && (record.type === "sampled" || record.type === "effect-begun")) {
      assert.ok(state.rollback !== undefined, this.overdue);
    }
    if (record.type === "sampled" && !this.moved && plan.triggers.length > 0) {
      this.triggers(record, state);
    }
  }

  /** Each `up` lays everything that the rollout owns over a fresh checkout. */
  private hasAllPatches(stack: string, { plan, attempts, rollback }: State): void {
    const wanted = Object.assign(
      {},
      ...plan.stages.filter((each) => each.stack === stack && attempts.has(each.name)).map(({ patch }) => patch),
    ) as object;
    const has = this.world.things.config[stack] ?? {};
    if (rollback === undefined) {
      assert.deepEqual(Object.keys(has).sort(), Object.keys(wanted).sort(), `an up of ${stack} lost a patch`);
    }
  }

  /** A trigger that rolls back does so on the sample that completes its time: seen from outside, by what users were sent. */
  private triggers({ sample }: JournalRecord & { type: "sampled" }, state: State): void {
    const { plan } = state;
    if (state.exposedAt === undefined || sample.at <= state.exposedAt || isPastRollback(state)) {
      return;
    }
    for (const trigger of plan.triggers) {
      const wanted = plan.wanted.find(
        (each) => each.metric === trigger.condition.metric && each.color === plan.candidate,
      );
      for (const scope of wanted?.scopes ?? []) {
        const key = `${trigger.name} ${scope}`;
        const serves =
          plan.rolling ||
          (scope === TOTAL
            ? Object.keys(plan.regions).some((region) => this.world.shares[region]! > 0)
            : this.world.shares[scope]! > 0);
        const result = says(plan, sample, { condition: trigger.condition, color: plan.candidate }, scope);
        const before = this.lasted.get(key);
        if (!serves || result === "unmet") {
          this.lasted.delete(key);
        } else if (result === "met") {
          const held = before === undefined ? 0 : before.held + sample.at - before.last;
          this.lasted.set(key, { held, last: sample.at });
          if (held >= 1000 * trigger.forSeconds && trigger.action === "rollback") {
            this.overdue = `${trigger.name} has lasted in ${scope}, and nobody is taken back`;
          }
        } else if (before !== undefined) {
          this.lasted.set(key, { ...before, last: sample.at });
        }
      }
    }
  }

  /** A rollback has reached every region that can be reached, and whose active color is healthy. */
  goesBackWherePossible(): void {
    const { world } = this;
    const state = world.controller?.state;
    if (state?.rollback === undefined || state.plan.rolling || state.exposedAt === undefined) {
      return;
    }
    if (world.things.time - state.rollback.since < 20 * world.interval) {
      return; // Too short a time ago: an `up` may still be running, or a region have been dead a moment ago.
    }
    for (const region of state.plan.routed) {
      if (!state.activeUnhealthy.has(region) && !world.mishaps.dead(region) && !world.mishaps.deaf(region)) {
        assert.equal(world.shares[region], 0, `${region} is not back`);
      }
    }
  }
}

/** Who can end a rollout that waits: it holds, it needs an approval, its window is closed, or a region cannot take everybody back. */
function waitsForPeople(state: State): void {
  const stage = stageOf(state);
  assert.ok(
    state.hold !== undefined || state.plan.window !== undefined || state.progress.watchedSince !== undefined,
    `it waits for nothing that is known: ${stage?.name}, ${JSON.stringify(state.progress)}`,
  );
  assert.equal(state.rollback, undefined, "a rollback does not end in a world that is mended");
}

function approvals(state: State): Request[] {
  const stage = stageOf(state);
  if (stage === undefined || state.outcome !== undefined || state.progress.begun) {
    return [];
  }
  return stage.approvals
    .filter((role) => !state.approvals.some((each) => each.role === role && each.stage === stage.name))
    .map((role) => ({ kind: "approve", role, person: APPROVER, stage: stage.name, digest: state.digest }));
}

/** People end what waits: back to 0 where that is possible, to its end where it is not any more. */
function ending(state: State): Request[] {
  const by = { by: "bob@example.org", reason: "the storm is over" };
  const asks: Request[] = [
    { kind: "abort", ...by },
    { kind: "resume", ...by },
  ];
  return asks.filter((request) => {
    try {
      recordOf(state, request, state.last.at);
      return true;
    } catch (error) {
      assert.ok(error instanceof EngineError);
      return false;
    }
  });
}

function due(asked: Asked[], now: number): Asked[] {
  const ripe = asked.filter(({ at }) => at <= now);
  ripe.forEach((each) => asked.splice(asked.indexOf(each), 1));
  return ripe;
}

function requestOf({ kind }: Asked): Request {
  const by = { by: "bob@example.org", reason: "so they want it" };
  return kind === "incident" || kind === "feedback" ? { kind: "signal", signal: kind, ...by } : { kind, ...by };
}
