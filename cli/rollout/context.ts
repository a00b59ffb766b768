import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stageCheck, type StageCheckArgs } from "../../policies/stageCheck";
import { Controller } from "../../rollout/controller";
import { LEASE_SECONDS, type ControllerPorts } from "../../rollout/controller/ports";
import { identified, requireSigners, type ApprovalRequest, type ProvenApproval } from "../../rollout/approval/identify";
import type { RolloutPlan } from "../../rollout/core/plan";
import { replay } from "../../rollout/core/replay";
import { stageOf, type State } from "../../rollout/core/state";
import { ConfigError, type Engine } from "../../rollout/engine";
import { AutomationEngine } from "../../rollout/engines/automation";
import { hookRunner } from "../../rollout/hooks";
import { Inbox } from "../../rollout/inbox";
import {
  beat,
  journalLocation,
  lastBeat,
  openJournals,
  removeClaim,
  takeOverrides,
  thisHolder,
  writeClaim,
  type Heartbeat,
  type Journals,
  type Shelf,
} from "../../rollout/journal";
import { createReader } from "../../rollout/metrics/reader";
import { notifier } from "../../rollout/notify";
import { planOf } from "../../rollout/plan";
import type { Clock, Journal } from "../../rollout/ports";
import { HeaderProber } from "../../rollout/prober";
import { factsOf, rolloutConfigOf } from "../../rollout/release";
import { EngineRouterReader } from "../../rollout/routers";
import { lookAt, SimulatedLoad, simulatedReader } from "../../rehearsal/load";
import { readStackConfig, recoverableOf, releasesOf, stacksOf } from "../../rehearsal/release";
import { unreachable } from "../../rehearsal/world";
import type { RolloutConfig } from "../../stacks/config/rollout";
import { openRehearsal } from "../open";
import { thisPerson } from "./ask";
import type { RolloutOptions } from "./options";
import { noRollout } from "./suggest";
import { phaseOf } from "./view";

/** What the commands of a rollout work with. */
export interface RolloutContext {
  /** The project's folder. */
  project: string;
  clock: Clock;
  journal: Journal;
  inbox: Inbox;
  /** The first record of the last rollout, by itself: of a damaged journal too. */
  started(): ReturnType<Journals["started"]>;
  /** What the last tick left behind; undefined when there never was one. */
  heartbeat(): Promise<Heartbeat | undefined>;
  /** Who really gave an approval. @throws EngineError for one that is not signed as the plan asks. */
  identify(state: State, request: ApprovalRequest): Promise<ProvenApproval>;
  /** The rollout that is open, or the last one; undefined when there was none. */
  state(): Promise<State | undefined>;
  /** What would be done, by config and what is deployed. @param name - @default - the plan of config */
  plan(name?: string): Promise<RolloutPlan>;
  /** The config of the rollout. @throws ConfigError when the stack has none. */
  config(): RolloutConfig;
  /**
   * Has the lease while something is done.
   *
   * @param start - What begins; without it the open rollout goes on.
   * @throws LeaseError when somebody else has it.
   */
  control<T>(act: (controller: Controller) => Promise<T>, start?: { plan: RolloutPlan; by: string }): Promise<T>;
}

const CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, { signal }).catch(() => undefined);
  },
};

/**
 * Opens the rollouts of a stack. Config and engine are read when something needs them.
 *
 * @throws ConfigError when the folder of the rehearsal is not there.
 */
export async function openContext(options: RolloutOptions): Promise<RolloutContext> {
  const { stack, journal: option, rehearsal } = options;
  if (rehearsal !== undefined && !existsSync(rehearsal)) {
    throw new ConfigError(
      `--rehearsal names ${rehearsal}, and there is no such folder: \`cutover up --state ${rehearsal} --stack NAME\` makes it, ` +
        `for each stack that ${stack} reads and then for ${stack}`,
    );
  }
  const project = process.cwd();
  // A rehearsed rollout owns nothing real: its claim must not stand where the program looks for one.
  const place = option ?? (rehearsal === undefined ? undefined : join(rehearsal, "journal"));
  const journals = openJournals(journalLocation(project, process.env, place), process.env);
  const { shelf } = journals;
  const journal = journals.of(stack);
  const config = () => {
    const whole = readStackConfig(project, stack);
    return { whole, ...rolloutConfigOf(whole, stack) };
  };
  const stateOf = async (id: string | undefined) => (id === undefined ? undefined : replay(id, await journal.read(id)));
  const engineOf = () => new World(project, stack, rehearsal);

  const identify = (state: State, request: ApprovalRequest) => identified(state, request, project, CLOCK.now());

  return {
    project,
    clock: CLOCK,
    journal,
    inbox: new Inbox(shelf, stack),
    started: () => journals.started(stack),
    heartbeat: () => lastBeat(shelf, stack),
    identify,
    state: async () => stateOf(await journal.current()),
    config: () => config().rollout,
    plan: async (name) => {
      const { whole, rollout, stacks, active } = config();
      const releases = releasesOf(project, stacks.application, whole);
      const platform = recoverableOf(project, stacks.platform, whole);
      const plan = planOf(rollout, await factsOf(engineOf().engine, stacks, active, releases, platform), name);
      requireSigners(plan, project);
      return plan;
    },
    control: async (act, start) => {
      const lease = await journal.acquire(thisHolder(thisPerson()), LEASE_SECONDS);
      try {
        const id = await journal.current();
        const plan = start?.plan ?? (await stateOf(id))?.plan;
        if (plan === undefined) {
          throw noRollout(options);
        }
        const { whole, rollout } = config();
        const stacks = stacksOf(stack, whole.stacks);
        const ports = portsOf(engineOf(), { shelf, stack, stacks, journal, plan, identify, rollout });
        return await act(
          start === undefined
            ? await Controller.resume(ports, lease, id!)
            : await Controller.start(ports, lease, plan, start.by),
        );
      } finally {
        await journal.release(lease);
      }
    },
  };
}

/** What is deployed, and what can be measured of it: real clouds through Pulumi, or stand-in ones. */
class World {
  readonly engine: Engine;
  private readonly stand?: ReturnType<typeof openRehearsal>;
  /** What is recorded of a stack. */
  readonly recorded: StageCheckArgs["recorded"];

  constructor(
    readonly project: string,
    readonly stack: string,
    state: string | undefined,
  ) {
    const stand = state === undefined ? undefined : openRehearsal(state);
    const warn = (text: string) => process.stderr.write(`warning: ${text}\n`);
    const engine = stand ?? new AutomationEngine({ project, onWarning: warn });
    this.stand = stand;
    this.engine = engine;
    this.recorded = async (name) => engine.resources(name);
  }

  /** What deploys, measures, probes, runs hooks and tells people. In stand-in clouds no hook is run, and nobody is told. */
  ports(
    plan: RolloutPlan,
    rollout: RolloutConfig,
  ): Pick<ControllerPorts, "engine" | "metrics" | "prober" | "hooks" | "notifier"> {
    const { stand, engine } = this;
    if (stand === undefined) {
      return {
        engine,
        metrics: createReader({ config: rollout, plan, env: process.env }),
        prober: new HeaderProber(engine, plan.stack, process.env),
        hooks: hookRunner(rollout.hooks, {
          folder: this.project,
          environment: process.env,
          secretsFrom: credentialsOf(rollout),
        }),
        notifier: notifier(rollout.channels, process.env),
      };
    }
    const load = new SimulatedLoad({
      clock: {
        get worldNow() {
          return Date.now();
        },
      },
      view: () => lookAt(stand.world),
      regions: plan.regions,
      active: plan.active,
      seed: 1,
      ...(rollout.requestsPerMinute === undefined ? {} : { requestsPerMinute: rollout.requestsPerMinute }),
      ...(plan.syntheticPerMinute === undefined ? {} : { syntheticPerMinute: plan.syntheticPerMinute }),
    });
    load.look();
    return {
      engine: {
        ...bound(engine),
        up: async (name, options) => {
          try {
            return await engine.up(name, options);
          } finally {
            load.look();
          }
        },
      },
      metrics: simulatedReader(load, rollout.metrics, plan),
      prober: { unreachable: async (color) => unreachable(stand.world, color) },
      hooks: { run: async (hook, { stage }) => ({ ok: true, output: `rehearsed: ${hook} of ${stage} was not run` }) },
      notifier: { tell: async () => [] },
    };
  }
}

function bound(engine: Engine): Engine {
  return {
    preview: (stack, options) => engine.preview(stack, options),
    up: (stack, options) => engine.up(stack, options),
    destroy: (stack, options) => engine.destroy(stack, options),
    outputs: (stack) => engine.outputs(stack),
    recorded: (stack, types) => engine.recorded(stack, types),
    read: (stack, urns, signal) => engine.read(stack, urns, signal),
    recover: (stack) => engine.recover(stack),
  };
}

/** Environment variables that hold credentials of channels and metric sources: no hook's output shows them. */
function credentialsOf({ channels, sources }: RolloutConfig): string[] {
  return [
    ...Object.values(channels).flatMap(({ urlFrom, keyFrom }) => [
      urlFrom,
      ...(keyFrom === undefined ? [] : [keyFrom]),
    ]),
    ...Object.values(sources).flatMap((source) => {
      switch (source.kind) {
        case "prometheus":
          return source.tokenFrom ?? [];
        case "datadog":
          return [source.apiKeyFrom, source.appKeyFrom];
        case "cloudwatch":
          return [];
      }
    }),
  ];
}

function portsOf(
  world: World,
  {
    shelf,
    stack,
    stacks,
    journal,
    plan,
    identify,
    rollout,
  }: {
    shelf: Shelf;
    stack: string;
    stacks: readonly string[];
    journal: Journal;
    plan: RolloutPlan;
    identify: ControllerPorts["identify"];
    rollout: RolloutConfig;
  },
): ControllerPorts {
  const inbox = new Inbox(shelf, stack);
  const ports = world.ports(plan, rollout);
  return {
    ...ports,
    journal,
    clock: CLOCK,
    routers: new EngineRouterReader(ports.engine, stack),
    check: stageCheck({
      project: world.project,
      stacks,
      stack,
      plan: plan.plan,
      recorded: world.recorded,
      today: () => new Date(CLOCK.now()),
    }),
    claim: (id, values) =>
      values === undefined
        ? removeClaim(shelf, stack)
        : writeClaim(shelf, { rollout: id, stack, stacks: { ...values } }),
    overrides: (record) => takeOverrides(shelf, stack, record),
    requests: () => inbox.take(),
    identify,
    beat: (state) => leave(shelf, state),
  };
}

/** Monitoring misses a heartbeat that cannot be written; the rollout goes on. */
async function leave(shelf: Shelf, state: State): Promise<void> {
  const now = Date.now();
  const stage = stageOf(state)?.name;
  try {
    await beat(shelf, state.plan.stack, {
      time: new Date(now).toISOString(),
      due: new Date(now + 2000 * state.plan.intervalSeconds).toISOString(),
      rollout: state.id,
      ...(stage === undefined ? {} : { stage }),
      state: phaseOf(state),
      head: state.last.hash,
      record: state.last.sequence,
    });
  } catch (error) {
    process.stderr.write(`warning: ${(error as Error).message}\n`);
  }
}
