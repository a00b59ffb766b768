import assert from "node:assert/strict";
import { judgeStage } from "../../../rollout/core/judged";
import { next } from "../../../rollout/core/next";
import type { RolloutPlan } from "../../../rollout/core/plan";
import type { Decision, Effect, JournalRecord, RecordBody } from "../../../rollout/core/records";
import type { Reading, Sample } from "../../../rollout/core/sample";
import { apply, replay } from "../../../rollout/core/replay";
import { stageOf, type State } from "../../../rollout/core/state";
import type { Next } from "../../../rollout/core/todo";
import { digestOf } from "../../../rollout/plan";
import { recordOf, type Request } from "../../../rollout/requests";
import { shareIn } from "../../../rollout/stage";
import type { Color } from "../../../stacks/config/fields";
import type { Value } from "./fakeWorld";

/** Tuesday, 15:00 UTC: a whole interval. */
export const BEGIN = Date.UTC(2027, 0, 12, 15);

export const STARTER = "ada@example.org";

/** What metrics say. */
export type Metric = (metric: string, color: Color, scope: string, at: number) => Value;

/** The story of a rollout as its records tell it: the pure machine, with every effect a success unless a test says otherwise. */
export class Story {
  readonly state: State;
  readonly records: JournalRecord[] = [];
  now = BEGIN;
  /** @default - everything is fine: 0.1 */
  metric: Metric = () => 0.1;

  constructor(readonly plan: RolloutPlan) {
    const started: RecordBody = { type: "started", plan, digest: digestOf(plan), by: STARTER, routers: [] };
    this.state = replay("the-routers-1", [this.sealed(started)]);
  }

  get interval(): number {
    return 1000 * this.plan.intervalSeconds;
  }

  get stage(): string | undefined {
    return stageOf(this.state)?.name;
  }

  get decisions(): Decision[] {
    return this.records.flatMap((record) => (record.type === "decided" ? [record.decision] : []));
  }

  /** The last thing that was decided. */
  get decision(): Decision | undefined {
    return this.decisions.at(-1);
  }

  record(body: RecordBody): void {
    apply(this.state, this.sealed(body));
  }

  next(): Next {
    return next(this.state, this.now);
  }

  ask(request: Request): void {
    this.record(recordOf(this.state, request, this.now));
  }

  /** Everything that is due at this moment. @returns why it waits; undefined when it has ended. */
  settle(): string | undefined {
    for (let steps = 0; steps < 10_000; steps += 1) {
      const todo = this.next();
      if (todo.do === "wait" || todo.do === "nothing") {
        return todo.do === "wait" ? todo.why : undefined;
      }
      this.perform(todo);
    }
    throw new Error("it never waits");
  }

  /** So many intervals, each with what is due at its end. */
  tick(times = 1): this {
    for (let time = 0; time < times; time += 1) {
      this.now += this.interval;
      this.settle();
    }
    return this;
  }

  /** Goes to a stage of which nothing is done yet, with people who approve and promote what is before it. */
  reach(name: string): this {
    for (let steps = 0; this.stage !== name; steps += 1) {
      assert.ok(steps < 10_000, `it never comes to ${name}`);
      assert.notEqual(this.stage, undefined, `there is no stage ${name}`);
      const todo = this.next();
      if (todo.do !== "wait") {
        this.perform(todo);
      } else if (this.state.progress.applied) {
        this.promote();
      } else {
        this.approve();
      }
    }
    return this;
  }

  /** Goes to where a stage is watched, or waits to begin. */
  to(name: string): this {
    this.reach(name);
    let steps = 0;
    for (let todo = this.next(); todo.do !== "wait" && todo.do !== "decide"; todo = this.next()) {
      assert.ok((steps += 1) < 10_000, `${name} never waits`);
      this.perform(todo);
    }
    return this;
  }

  promote(): void {
    this.ask({ kind: "promote", by: "bob@example.org", reason: "the test is about a later stage" });
  }

  /** Gives the current stage the approvals that it waits for. */
  approve(): void {
    const stage = stageOf(this.state)!;
    for (const role of stage.approvals) {
      const person = this.plan.approvers[role]!.find((each) => each !== STARTER)!;
      this.ask({ kind: "approve", role, person, stage: stage.name, digest: this.state.digest });
    }
  }

  /** Metrics that say this of the candidate in these scopes, and are fine elsewhere. @param scopes - @default - everywhere */
  says(metric: string, value: Value, scopes?: readonly string[]): void {
    const before = this.metric;
    this.metric = (name, color, scope, at) =>
      name === metric && color === this.plan.candidate && (scopes?.includes(scope) ?? true)
        ? value
        : before(name, color, scope, at);
  }

  perform(todo: Next): void {
    switch (todo.do) {
      case "look":
        todo.moments.forEach((at) => this.look(at));
        return;
      case "decide":
        this.record({ type: "decided", decision: todo.decision });
        return;
      case "begin":
        this.record({ type: "stage-begun", stage: todo.stage, attempt: todo.attempt });
        return;
      case "up":
        this.effect({ kind: "up", stage: todo.stage.name, stack: todo.stage.stack }, (region) =>
          todo.stage.kind === "shift" ? shareIn(todo.stage, region) : undefined,
        );
        return;
      case "probe":
        this.effect({ kind: "probe", stage: todo.stage.name });
        return;
      case "hook":
        this.effect({ kind: "hook", stage: todo.stage.name, hook: todo.hook });
        return;
      case "judge": {
        const verdict = judgeStage(this.plan, todo.stage, this.state.progress.series, todo.look);
        this.record({ type: "judged", stage: todo.stage.name, look: todo.look, verdict });
        return;
      }
      case "roll-back":
        this.effect(
          { kind: "rollback", stack: this.plan.stack, ...(todo.region === undefined ? {} : { region: todo.region }) },
          (region) =>
            todo.without.includes(region) || (todo.region !== undefined && region !== todo.region) ? undefined : 0,
        );
        return;
      case "undo":
        this.effect({ kind: "rollback", stack: this.plan.rollback[todo.patch]!.stack, patch: todo.patch });
        return;
      case "finish":
        this.record({ type: "finished", outcome: todo.outcome, reason: todo.reason });
        return;
      case "wait":
      case "nothing":
        return;
    }
  }

  sample(at: number): Sample {
    const readings = this.plan.wanted.flatMap(({ metric, color, scopes }) =>
      scopes.map((scope): Reading => {
        const value = this.metric(metric, color, scope, at);
        return { metric, color, scope, ...(typeof value === "number" ? { value } : value) };
      }),
    );
    return { at, readings };
  }

  private look(at: number): void {
    this.record({ type: "sampled", sample: this.sample(at) });
  }

  private effect(effect: Effect, shareOf: (region: string) => number | undefined = () => undefined): void {
    const shares = Object.fromEntries(
      this.plan.routed.flatMap((region) => {
        const share = shareOf(region);
        return share === undefined ? [] : [[region, share]];
      }),
    );
    this.record({ type: "effect-begun", effect });
    this.record({
      type: "effect-done",
      effect,
      changed: [],
      ...(Object.keys(shares).length === 0 ? {} : { shares }),
    });
  }

  private sealed(body: RecordBody): JournalRecord {
    const sequence = this.records.length + 1;
    const at = Math.max(this.now, this.records.at(-1)?.at ?? 0);
    const record: JournalRecord = { ...body, sequence, at, fence: 1, previous: "", hash: String(sequence) };
    this.records.push(record);
    return record;
  }
}
