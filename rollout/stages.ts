import { otherColor, seconds, type Color } from "../stacks/config/fields";
import type { RolloutConfig } from "../stacks/config/rollout";
import { shiftsTraffic, type Plan, type PlanLookout, type PlanStep } from "../stacks/config/rollout/plans";
import type { RecoverySite } from "../stacks/config/rollout/recovery";
import type { GateConfig } from "../stacks/config/rollout/rules";
import type { Gate, WatchedStage } from "./core/plan";
import { gateOf } from "./gate";
import { PAGE_OFF, PAGE_ON, RECOVER_CAPACITY, RECOVER_ROUTE, trafficPatch, type Stage, type StageKind } from "./stage";
import type { TouchName } from "./touch";

/** The stacks that a release changes. In a small deployment both are the same. */
export interface ReleaseStacks {
  application: string;
  traffic: string;
}

/** What a recovery changes: which region takes the place of which, and what is there before. */
export interface Recovery extends RecoverySite {
  /** The stack that deploys the platform. */
  platform: string;
  /** Regions that are closed at the edge already. */
  closed: readonly string[];
}

/**
 * The stages of a release, in order: check, ask, deploy the candidate, change the database, try the candidate, then for each
 * step raise its capacity before its traffic; validate, move what has no weight, watch on, and retire the old color. With a
 * maintenance page, all from the migration to the validation happens behind it, and the candidate is deployed on what the
 * migration leaves. Pure.
 *
 * @param name - The plan in `config.plans`.
 * @param active - The color that serves before the release; the candidate is the other one.
 * @param recovery - What takes the place of what, for a plan that recovers a lost region.
 */
export function stagesOf(
  config: RolloutConfig,
  name: string,
  active: Color,
  stacks: ReleaseStacks,
  recovery?: Recovery,
): WatchedStage[] {
  const plan = config.plans[name]!;
  const builder = new Builder(plan, active, stacks);
  const stages =
    recovery !== undefined
      ? builder.recovering(recovery)
      : plan.strategy === "rolling"
        ? builder.rolling(config)
        : builder.shifting(config);
  const others: Readonly<Partial<Record<string, string[]>>> = plan.hooks;
  return stages.map((stage) => {
    const planned = plan.timetable[stage.name];
    const hooks = [...stage.hooks, ...(others[stage.name] ?? [])];
    return { ...stage, hooks, ...(planned === undefined ? {} : { planned }) };
  });
}

class Builder {
  private readonly candidate: Color;
  private share = 0;
  /** Shares of the regions that are ahead of the others. */
  private regionShares: Record<string, number> = {};

  constructor(
    private readonly plan: Plan,
    private readonly active: Color,
    private readonly stacks: ReleaseStacks,
  ) {
    this.candidate = shiftsTraffic(plan) ? otherColor(active) : active;
  }

  rolling({ release }: RolloutConfig): WatchedStage[] {
    this.share = 100;
    const roll = this.apply("deploy", "deploy", { [`releases.${this.active}`]: release }, [`color:${this.active}`]);
    return [...this.before(), roll, this.validate(), ...this.watch(), ...this.complete({})];
  }

  shifting({ release, databaseChange }: RolloutConfig): WatchedStage[] {
    const { application } = this.stacks;
    const { candidate, active } = this;
    const deploy = this.apply(
      "deploy",
      "deploy",
      { [`releases.${candidate}`]: release, [`capacity.${candidate}`]: "warm" },
      [`color:${candidate}`],
    );
    const { maintenance } = this.plan;
    const change = databaseChange === false ? [] : this.database(release.version, databaseChange === "incompatible");
    return [
      ...this.before(),
      ...(maintenance === undefined
        ? [deploy, ...change]
        : [
            ...(change.length === 0 ? [] : [this.placed(release)]),
            ...change.slice(0, 2),
            this.page(true),
            ...change.slice(2),
            deploy,
          ]),
      this.look("smoke", "smoke"),
      ...(this.plan.strategy === "blue-green" ? [this.capacity("full")] : []),
      ...this.plan.steps.flatMap((step) => this.step(step)),
      { ...this.validate(), ...(maintenance === undefined ? {} : { page: true }) },
      ...(maintenance === undefined ? [] : [this.page(false)]),
      this.apply("activate", "activate", { active: candidate }, ["consumers", "active-label"]),
      ...this.watch(),
      ...(this.plan.retire
        ? [this.apply("retire", "retire", { [`capacity.${active}`]: "off" }, [`pods:${active}`])]
        : []),
      // Nothing that the routers do depends on it: it only says, in outputs and in Git, which color rests here.
      ...this.complete(application === this.stacks.traffic ? {} : { active: candidate }),
    ];
  }

  /**
   * What can be taken back comes before anybody is asked, as the edge moves users without asking; what cannot, after. Where one
   * stack has all layers, the run that promotes connects what reads the database, too.
   */
  recovering({ platform, closed, jurisdiction, region, to, replica }: Recovery): WatchedStage[] {
    this.share = 100;
    const { application } = this.stacks;
    const connects: TouchName[] = [`database-users:${to}`];
    const capacity = this.apply(RECOVER_CAPACITY, "recover", { "capacity.recovery": [to] }, [
      "pods:blue",
      "pods:green",
    ]);
    const route = this.apply(RECOVER_ROUTE, "recover", { "edge.closed": [...closed, region] }, ["edge"], platform);
    const promote = this.apply(
      "recover-promote",
      "recover",
      { [`database.replicas.${jurisdiction}.${replica}.promote`]: true },
      [`database:${to}`, ...(platform === application ? connects : [])],
      platform,
    );
    return [
      ...this.check(),
      capacity,
      route,
      ...this.ask(),
      { ...promote, final: true },
      ...(platform === application
        ? []
        : [{ ...this.apply("recover-connect", "recover", {}, connects), runs: true as const }]),
      this.validate(),
      ...this.complete({}),
    ];
  }

  private before(): WatchedStage[] {
    return [...this.check(), ...this.ask()];
  }

  private check(): WatchedStage[] {
    const { gates, hooks } = this.plan.before;
    return gates.length + hooks.length > 0
      ? [{ ...this.look("check", "check"), gates: this.gates(gates, this.active), hooks }]
      : [];
  }

  private ask(): WatchedStage[] {
    const { checklist, approvals } = this.plan.before;
    return approvals.length > 0 ? [{ ...this.look("go-no-go", "approve"), approvals, checklist }] : [];
  }

  private database(version: string, incompatible: boolean): WatchedStage[] {
    return (["backup", "restore-check", "migrate", "validate"] as const).map((phase, index) =>
      this.apply(
        `database-${phase}`,
        "database",
        {
          "databaseChange.release": version,
          "databaseChange.phase": phase,
          ...(incompatible ? { "databaseChange.compatible": false } : {}),
          ...(incompatible && index >= 2 ? { "databaseChange.maintenance": true } : {}),
        },
        ["database-jobs"],
      ),
    );
  }

  /** The release without a pod: a change of the database names it, and its pods need what the migration leaves. */
  private placed(release: RolloutConfig["release"]): WatchedStage {
    const { candidate } = this;
    return this.apply("place", "deploy", { [`releases.${candidate}`]: release, [`capacity.${candidate}`]: "off" }, [
      `color:${candidate}`,
    ]);
  }

  private page(on: boolean): WatchedStage {
    const patch = { "traffic.maintenance": on };
    return this.apply(on ? PAGE_ON : PAGE_OFF, "maintenance", patch, ["maintenance"], this.stacks.traffic);
  }

  private step(step: PlanStep): WatchedStage[] {
    const { share, regions } = step;
    const watched = { ...this.watched(step), ...(this.plan.maintenance === undefined ? {} : { page: true as const }) };
    if (share === undefined) {
      return [{ ...this.look(step.name!, "validate"), ...watched }];
    }
    const { candidate } = this;
    const capacity = this.plan.strategy === "canary" ? [this.capacity(share === 100 ? "full" : share, regions)] : [];
    if (regions === undefined) {
      this.share = share;
      this.regionShares = {};
    } else {
      const ahead = Object.fromEntries(regions.map((region) => [region, share]));
      this.regionShares = { ...this.regionShares, ...ahead };
    }
    const shift = {
      ...this.apply(
        step.name ?? ["shift", String(share), ...(regions ?? [])].join("-"),
        "shift",
        trafficPatch(candidate, this.share, this.regionShares),
        ["weights"],
        this.stacks.traffic,
      ),
      ...watched,
    };
    // The first thing that a step changes waits for its approvals: capacity costs money, too.
    const { approvals, checklist } = shift;
    return capacity.length === 0
      ? [shift]
      : [
          { ...capacity[0]!, approvals, checklist },
          { ...shift, approvals: [], checklist: [] },
        ];
  }

  /** What is looked at, run and asked in a stage. */
  private watched(look: Omit<PlanStep, "share" | "regions" | "name">) {
    const { gates, hooks, approvals, checklist, interval } = look;
    return {
      ...soakOf(look),
      gates: this.gates(gates),
      hooks,
      approvals,
      checklist,
      ...(interval === undefined ? {} : { gateSeconds: seconds(interval) }),
    };
  }

  private capacity(level: "full" | number, regions: readonly string[] = []): WatchedStage {
    return this.apply(
      ["capacity", String(level === "full" ? 100 : level), ...regions].join("-"),
      "capacity",
      { [`capacity.${this.candidate}`]: level },
      [`pods:${this.candidate}`],
    );
  }

  private validate(): WatchedStage {
    const { validate } = this.plan;
    return {
      ...this.look("validate", "validate"),
      ...soakOf(validate),
      gates: this.gates(validate.gates),
      hooks: validate.hooks,
    };
  }

  /** The rollback window: the stages that config has of it, and what they leave of it, in which only triggers watch. */
  private watch(): WatchedStage[] {
    const { watch, rollbackWindow } = this.plan;
    const stages = watch.map((look: PlanLookout) => ({ ...this.look(look.name, "watch"), ...this.watched(look) }));
    const rest = seconds(rollbackWindow) - stages.reduce((sum, { soakSeconds }) => sum + soakSeconds, 0);
    return rest > 0 || stages.length === 0
      ? [...stages, { ...this.look("watch", "watch"), soakSeconds: rest, maxSoakSeconds: 2 * rest }]
      : stages;
  }

  /** The end, where there is something to say or to run. */
  private complete(patch: Stage["patch"]): WatchedStage[] {
    return Object.keys(patch).length === 0 && this.plan.hooks.complete === undefined
      ? []
      : [this.apply("complete", "complete", patch, ["active-label"], this.stacks.traffic)];
  }

  private look(name: string, kind: StageKind): WatchedStage {
    return this.apply(name, kind, {}, [], this.stacks.traffic);
  }

  private apply(
    name: string,
    kind: StageKind,
    patch: Stage["patch"],
    touches: readonly TouchName[],
    stack = this.stacks.application,
  ): WatchedStage {
    return {
      name,
      kind,
      stack,
      patch,
      touches,
      share: this.share,
      ...(Object.keys(this.regionShares).length === 0 ? {} : { regionShares: this.regionShares }),
      soakSeconds: 0,
      maxSoakSeconds: 0,
      gates: [],
      hooks: [],
      approvals: [],
      checklist: [],
    };
  }

  private gates(gates: readonly GateConfig[], color = this.candidate): Gate[] {
    return gates.map((gate) => gateOf(gate, color));
  }
}

function soakOf({ soak, maxSoak }: { soak?: string; maxSoak?: string }) {
  const soakSeconds = soak === undefined ? 0 : seconds(soak);
  return { soakSeconds, maxSoakSeconds: maxSoak === undefined ? 2 * soakSeconds : seconds(maxSoak) };
}
