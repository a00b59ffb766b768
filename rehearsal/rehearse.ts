import { Controller } from "../rollout/controller";
import { LEASE_SECONDS, type ControllerPorts } from "../rollout/controller/ports";
import type { RolloutPlan } from "../rollout/core/plan";
import { openRegions, stuckRegions } from "../rollout/core/rollBack";
import { UNDO, type State } from "../rollout/core/state";
import { EngineError, type Engine, type Json, type Plan } from "../rollout/engine";
import { checkPlans, fails, isViolation } from "../policies/check";
import { plansOf } from "../policies/plans";
import { stageCheck } from "../policies/stageCheck";
import { memoryJournal } from "../rollout/journal";
import { planOf } from "../rollout/plan";
import { factsOf, rolloutConfigOf } from "../rollout/release";
import { EngineRouterReader } from "../rollout/routers";
import { changed } from "../rollout/touch";
import { VirtualClock } from "./clock";
import { createRehearsal, type Cloud, type Rehearsal, type RehearsalOptions } from ".";
import {
  checkFaults,
  faultyClouds,
  faultyEngine,
  faultyJournal,
  faultyReader,
  Faults,
  rehearsedHooks,
  survive,
  type PlannedFault,
} from "./faults";
import { historyOf, lookAt, SimulatedLoad, simulatedReader, type Affected } from "./load";
import { SimulatedPeople } from "./people";
import { RecoveryTimes, type Recovered } from "./recoveryTimes";
import { readStackConfig, recoverableOf, releasesOf, stacksOf } from "./release";
import { StageResults, type StageResult } from "./stageResults";
import { greenWeights, reachOf, unreachable } from "./world";

/** How a rehearsal ended. */
export type Outcome = "promoted" | "rolled-back" | "held" | "failed";

export interface RehearsalResult {
  stack: string;
  plan: string;
  outcome: Outcome;
  /** Why it ended so, in a sentence. */
  reason: string;
  stages: StageResult[];
  /** How long the rollout took, in seconds of the virtual clock. */
  virtualSeconds: number;
  /** Seconds from the sample that broke a rule to the candidate's share at 0 in every region that can be reached. */
  rollbackSeconds?: number;
  /** How long a recovery took; absent for a release, and where it ended before. */
  recovery?: Recovered;
  /** What users met, in both colors, since the rollout began. */
  affected: Affected;
  /** Faults that were asked for and never began, because their stage was not reached. */
  unbegun: string[];
  /** What the policy pack says of the deployment as it was brought up. */
  policies?: PolicySummary;
  /** What repeats the run. */
  seed: number;
}

/** What the policy pack says, in short. `cutover check` says it in full. */
export interface PolicySummary {
  /** How many rules there are, and how many resources they looked at. */
  rules: number;
  resources: number;
  /** Violations that nobody waived, as `rule urn`. */
  violations: string[];
  /** How many violations are waived. */
  waived: number;
}

export interface RehearseArgs {
  /** The project's directory. */
  project: string;
  clouds: readonly Cloud[];
  stack: string;
  /** @default - the plan of config */
  plan?: string;
  /** Config values of the stack for the whole run, by path. @default - none */
  set?: Readonly<Record<string, Json>>;
  faults?: readonly PlannedFault[];
  /** @default 1 */
  seed?: number;
  /** Tests give a program of their own. */
  rehearsal?: Pick<RehearsalOptions, "program" | "facts" | "onMessage">;
  onStage?: (name: string) => void;
  onStageDone?: (result: StageResult) => void;
  onStep?: () => void;
  /** Told what brought up each stack, before the rollout begins. */
  onPlan?: (plan: Plan) => void;
  /** Told each record of the rollout, and where it then stands. */
  onRecord?: ControllerPorts["onRecord"];
}

/** How long a rehearsal goes on when nothing ends it: a region that cannot be taken back is retried for ever. */
const PATIENCE = { days: 45, afterRollbackMinutes: 60 } as const;

/**
 * Rehearses a release: brings up the stacks in stand-in clouds, then has the controller walk the whole plan on a virtual
 * clock, under simulated load, with the faults that are asked for.
 *
 * @throws ConfigError before anything is brought up, when the config or the plan is wrong.
 */
export async function rehearse(args: RehearseArgs): Promise<RehearsalResult> {
  return new Rehearsing(args).run();
}

class Rehearsing {
  private readonly clock: VirtualClock;
  private readonly faults: Faults;
  private readonly engine: Rehearsal;
  private readonly seed: number;
  private readonly stages: StageResult[] = [];

  constructor(private readonly args: RehearseArgs) {
    this.seed = args.seed ?? 1;
    this.clock = new VirtualClock({ seed: this.seed });
    this.faults = new Faults(args.faults ?? [], this.clock);
    this.engine = createRehearsal({
      ...args.rehearsal,
      project: args.project,
      clouds: faultyClouds(args.clouds, this.faults),
      now: () => new Date(this.clock.now()),
    });
  }

  async run(): Promise<RehearsalResult> {
    const { project, stack, set = {}, plan: name } = this.args;
    const config = readStackConfig(project, stack, set);
    const { rollout, stacks, active } = rolloutConfigOf(config, stack);
    const releases = releasesOf(project, stacks.application, config);
    const regionsOf = Object.entries(
      (readStackConfig(project, stacks.platform).platform ?? config.platform)?.regions ?? {},
    );
    const platform = recoverableOf(project, stacks.platform, config);
    const expected = planOf(
      rollout,
      {
        active,
        stacks,
        releases,
        regions: Object.fromEntries(regionsOf.map(([region, { share }]) => [region, share])),
        ...(platform === undefined ? {} : { platform }),
      },
      name,
    );
    checkFaults(this.args.faults ?? [], {
      stages: expected.stages.map((stage) => stage.name),
      regions: expected.routed,
    });

    const settled = withSettings(this.engine, stack, set);
    const problem = await this.bringUp(settled, stacksOf(stack, config.stacks));
    if (problem !== undefined) {
      return this.result({ outcome: "failed", reason: problem, plan: expected.plan });
    }
    const policies = this.check();
    if (policies.fails) {
      const [first] = policies.summary.violations;
      const reason = `${policies.summary.violations.length} violations of the policies, ${first} first: cutover check --stack ${stack}`;
      return this.result({ outcome: "failed", reason, plan: expected.plan, policies: policies.summary });
    }
    const facts = await factsOf(settled, stacks, active, releases, platform);
    const plan = planOf(rollout, facts, name);
    const load = new SimulatedLoad({
      clock: this.clock,
      view: () => lookAt(this.engine.world),
      regions: Object.fromEntries(Object.entries(facts.regions).filter(([, share]) => share > 0)),
      edge: {
        reach: () => reachOf(this.engine.world),
        jurisdictions: Object.fromEntries(regionsOf.map(([region, { jurisdiction }]) => [region, jurisdiction])),
      },
      active,
      seed: this.seed,
      historySeconds: historyOf(rollout.metrics, plan),
      ...(plan.syntheticPerMinute === undefined ? {} : { syntheticPerMinute: plan.syntheticPerMinute }),
      ...(rollout.requestsPerMinute === undefined ? {} : { requestsPerMinute: rollout.requestsPerMinute }),
      behavior: (region, color, at) => this.faults.behavior(region, color, at),
    });
    const look = () => load.look();
    look();
    this.faults.attach({ plan, changeWorld: (change) => this.engine.changeWorld(change), look });

    const results = new StageResults(
      () => greenWeights(this.engine.world),
      (done) => this.done(done),
      (begun) => this.args.onStage?.(begun),
    );
    const people = new SimulatedPeople(this.clock, this.seed);
    const recovery = new RecoveryTimes();
    let state: State | undefined;
    const engine = faultyEngine(settled, this.faults, this.clock, look);
    const ports: ControllerPorts = {
      engine,
      journal: faultyJournal(
        memoryJournal(stack, () => this.clock.now()),
        this.faults,
      ),
      clock: this.clock,
      metrics: faultyReader(simulatedReader(load, rollout.metrics, plan), this.faults),
      routers: new EngineRouterReader(engine, stack),
      check: stageCheck({
        project,
        stacks: [...this.engine.references(stack), stack],
        stack,
        plan: plan.plan,
        set,
        recorded: async (each) => this.engine.resources(each),
        today: () => new Date(this.clock.now()),
      }),
      prober: { unreachable: async (color) => unreachable(this.engine.world, color) },
      hooks: rehearsedHooks(this.faults, this.clock),
      notifier: { tell: async () => [] },
      requests: () => people.requests(),
      onRecord: (record, now) => {
        state = now;
        results.record(record, now);
        people.follow(now);
        recovery.record(record, now);
        this.args.onRecord?.(record, now);
      },
      ...(this.args.onStep === undefined ? {} : { onStep: this.args.onStep }),
    };
    const begun = this.clock.worldNow;
    await survive(ports, { clock: this.clock, faults: this.faults }, (alive, life) => this.control(alive, life, plan));
    results.close(this.clock.now());
    this.clock.stop();
    return this.result({
      ...ending(state!),
      plan: plan.plan,
      policies: policies.summary,
      virtualSeconds: (this.clock.worldNow - begun) / 1000,
      ...rollbackSeconds(state!),
      ...recovery.result(),
      affected: load.affected(),
    });
  }

  /** One life of a controller: until the rollout ends, or nobody is there who could make it go on. */
  private async control(ports: ControllerPorts, life: number, plan: RolloutPlan): Promise<void> {
    const lease = await ports.journal.acquire(`rehearsal ${life}`, LEASE_SECONDS);
    const id = life === 0 ? undefined : await ports.journal.current();
    const controller =
      id === undefined
        ? await Controller.start(ports, lease, plan, "rehearsal")
        : await Controller.resume(ports, lease, id);
    const end = controller.state.begun + PATIENCE.days * 86_400_000;
    await controller.watch(undefined, (state) => {
      const { hold, rollback } = state;
      const stuck =
        rollback !== undefined && ports.clock.now() > rollback.since + PATIENCE.afterRollbackMinutes * 60_000;
      return (hold !== undefined && hold.decideBy === undefined) || stuck || ports.clock.now() > end;
    });
  }

  /** @returns Why it failed. */
  private async bringUp(engine: Engine, stacks: readonly string[]): Promise<string | undefined> {
    for (const stack of stacks) {
      const name = `bring-up ${stack}`;
      this.args.onStage?.(name);
      const begun = performance.now();
      let plan: Plan | undefined;
      let reason: string | undefined;
      try {
        plan = await engine.up(stack, { onStep: this.args.onStep });
        this.args.onPlan?.(plan);
      } catch (error) {
        if (!(error instanceof EngineError)) {
          throw error;
        }
        reason = error.message;
      }
      this.done({
        name,
        stack,
        attempt: 0,
        patch: {},
        changed: changed(plan?.steps ?? []).map(({ urn }) => urn),
        outside: [],
        weights: greenWeights(this.engine.world),
        outcome: reason === undefined ? "passed" : "failed",
        ...(reason === undefined ? {} : { reason }),
        evidence: [],
        virtualSeconds: 0,
        seconds: Math.round((performance.now() - begun) / 10) / 100,
      });
      if (reason !== undefined) {
        return reason;
      }
    }
    return undefined;
  }

  /** The policy pack on all that was brought up. */
  private check(): { fails: boolean; summary: PolicySummary } {
    const { project, stack, set } = this.args;
    const result = checkPlans(plansOf(this.engine, project, stack, set), { today: new Date(this.clock.worldNow) });
    const findings = result.rules.flatMap(({ rule, findings: found }) =>
      found.map((finding) => ({ rule: rule.id, ...finding })),
    );
    const violations = findings.filter((finding) => isViolation(finding) && finding.level === "mandatory");
    const summary = {
      rules: result.rules.length,
      resources: result.resources,
      violations: violations.map(({ rule, urn }) => `${rule} ${urn}`),
      waived: findings.filter(({ waiver }) => waiver !== undefined).length,
    };
    return { fails: fails(result), summary };
  }

  private done(result: StageResult): void {
    this.stages.push(result);
    this.args.onStageDone?.(result);
  }

  private result(
    ended: Pick<RehearsalResult, "outcome" | "reason" | "plan"> & Partial<RehearsalResult>,
  ): RehearsalResult {
    return {
      stack: this.args.stack,
      stages: this.stages,
      virtualSeconds: 0,
      affected: { requests: 0, failed: { ordinary: 0, release: 0, capacity: 0, database: 0, nowhere: 0 }, slow: 0 },
      unbegun: this.faults.unbegun,
      seed: this.seed,
      ...ended,
    };
  }
}

/** How a rollout ended, or where it stopped for want of people. */
function ending(state: State): Pick<RehearsalResult, "outcome" | "reason"> {
  const { outcome, rollback, hold, plan } = state;
  if (outcome !== undefined) {
    return { outcome: outcome.outcome === "promoted" ? "promoted" : "rolled-back", reason: outcome.reason };
  }
  if (rollback !== undefined) {
    const open = openRegions(state);
    if (open.length === 0) {
      return { outcome: "held", reason: `${rollback.reason}; ${UNDO} is not back` };
    }
    const stuck = stuckRegions(state);
    const why = stuck.length > 0 ? "cannot be reached" : `${plan.active} has no healthy target there`;
    return {
      outcome: "held",
      reason: `${rollback.reason}; ${open.join(", ")} ${open.length === 1 ? "is" : "are"} not back: ${why}`,
    };
  }
  return { outcome: "held", reason: hold?.reason ?? "it did not end in time" };
}

/** From the sample that broke the rule to the record that says that everybody is back. */
function rollbackSeconds({ rollback, outcome }: State): { rollbackSeconds?: number } {
  const broke = rollback?.evidence?.at;
  return broke === undefined || rollback?.backAt === undefined || outcome?.outcome !== "rolled-back"
    ? {}
    : { rollbackSeconds: (rollback.backAt - broke) / 1000 };
}

/** An engine that lays the caller's settings under those of each run of one stack. */
function withSettings(engine: Engine, stack: string, set: Readonly<Record<string, Json>>): Engine {
  const settled = (name: string, options: { set?: Readonly<Record<string, Json>> } = {}) =>
    name === stack ? { ...options, set: { ...set, ...options.set } } : options;
  return {
    preview: (name, options) => engine.preview(name, settled(name, options)),
    up: (name, options) => engine.up(name, settled(name, options)),
    destroy: (name, options) => engine.destroy(name, options),
    outputs: (name) => engine.outputs(name),
    recorded: (name, types) => engine.recorded(name, types),
    read: (name, urns, signal) => engine.read(name, urns, signal),
    recover: (name) => engine.recover(name),
  };
}
