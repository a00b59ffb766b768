import { otherColor, seconds, type Color } from "../stacks/config/fields";
import type { RolloutConfig } from "../stacks/config/rollout";
import { parseCondition } from "../stacks/config/rollout/condition";
import type { Plan, PlanStep } from "../stacks/config/rollout/plans";
import { limitsSchema, type GateConfig } from "../stacks/config/rollout/rules";
import type { Gate, WatchedStage } from "./core/plan";
import type { Json } from "./engine";
import type { TouchName } from "./touch";

/** What a stage is for. */
export type StageKind =
  | "check"
  | "approve"
  | "deploy"
  | "database"
  | "smoke"
  | "capacity"
  | "shift"
  | "validate"
  | "activate"
  | "watch"
  | "retire"
  | "complete";

/**
 * One stage of a release: a config patch, and the resources that it may touch. Applying the patch with `up` and seeing
 * something else change means that somebody else's change, or drift, would ride along.
 */
export interface Stage {
  name: string;
  kind: StageKind;
  /** The stack that the patch is for. */
  stack: string;
  /** Values to set, by path inside the `cutover:` namespace; empty for a stage that only looks. */
  patch: Readonly<Record<string, Json>>;
  /** What `up` may change; nothing for a stage that only looks. */
  touches: readonly TouchName[];
  /** The candidate's percentage of requests once the stage is done, in regions that are not named below. */
  share: number;
  /** The candidate's percentage in regions that go first. */
  regionShares?: Readonly<Record<string, number>>;
}

/** The stacks that a release changes. In a small deployment both are the same. */
export interface ReleaseStacks {
  application: string;
  traffic: string;
}

/** The candidate's percentage in a region once a stage is done. */
export function shareIn(stage: Pick<Stage, "share" | "regionShares">, region: string): number {
  return stage.regionShares?.[region] ?? stage.share;
}

/** The values that give the candidate a share of the requests, and some regions another. */
export function trafficPatch(
  candidate: Color,
  share: number,
  regionShares: Readonly<Record<string, number>> = {},
): Record<string, Json> {
  const green = (percent: number) => (candidate === "green" ? percent : round(100 - percent));
  const regions = Object.fromEntries(Object.entries(regionShares).map(([region, percent]) => [region, green(percent)]));
  return { "traffic.green": green(share), "traffic.regions": regions };
}

/**
 * The stages of a release, in order: check, ask, deploy the candidate, change the database, try the candidate, then for each
 * step raise its capacity before its traffic; validate, move what has no weight, watch on, and retire the old color. Pure.
 *
 * @param name - The plan in `config.plans`.
 * @param active - The color that serves before the release; the candidate is the other one.
 */
export function stagesOf(config: RolloutConfig, name: string, active: Color, stacks: ReleaseStacks): WatchedStage[] {
  const plan = config.plans[name]!;
  const builder = new Builder(plan, active, stacks);
  return plan.strategy === "rolling" ? builder.rolling(config) : builder.shifting(config);
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
    this.candidate = plan.strategy === "rolling" ? active : otherColor(active);
  }

  rolling({ release }: RolloutConfig): WatchedStage[] {
    this.share = 100;
    const roll = this.apply("deploy", "deploy", { [`releases.${this.active}`]: release }, [`color:${this.active}`]);
    return [...this.before(), roll, this.validate(), this.watch()];
  }

  shifting({ release, databaseChange }: RolloutConfig): WatchedStage[] {
    const { application } = this.stacks;
    const { candidate, active } = this;
    return [
      ...this.before(),
      this.apply("deploy", "deploy", { [`releases.${candidate}`]: release, [`capacity.${candidate}`]: "warm" }, [
        `color:${candidate}`,
      ]),
      ...(databaseChange ? this.database(release.version) : []),
      this.look("smoke", "smoke"),
      ...(this.plan.strategy === "blue-green" ? [this.capacity("full")] : []),
      ...this.plan.steps.flatMap((step) => this.step(step)),
      this.validate(),
      this.apply("activate", "activate", { active: candidate }, ["consumers"]),
      this.watch(),
      ...(this.plan.retire
        ? [this.apply("retire", "retire", { [`capacity.${active}`]: "off" }, [`pods:${active}`])]
        : []),
      // Nothing that the routers do depends on it: it only says, in outputs and in Git, which color rests here.
      ...(application === this.stacks.traffic
        ? []
        : [this.apply("complete", "complete", { active: candidate }, [], this.stacks.traffic)]),
    ];
  }

  private before(): WatchedStage[] {
    const { gates, hooks, checklist, approvals } = this.plan.before;
    const check =
      gates.length + hooks.length > 0
        ? [{ ...this.look("check", "check"), gates: this.gates(gates, this.active), hooks }]
        : [];
    const ask = approvals.length > 0 ? [{ ...this.look("go-no-go", "approve"), approvals, checklist }] : [];
    return [...check, ...ask];
  }

  private database(version: string): WatchedStage[] {
    return (["backup", "restore-check", "migrate", "validate"] as const).map((phase) =>
      this.apply(
        `database-${phase}`,
        "database",
        { "databaseChange.release": version, "databaseChange.phase": phase },
        ["database-jobs"],
      ),
    );
  }

  private step(step: PlanStep): WatchedStage[] {
    const { candidate } = this;
    const capacity =
      this.plan.strategy === "canary" ? [this.capacity(step.share === 100 ? "full" : step.share, step)] : [];
    if (step.regions === undefined) {
      this.share = step.share;
      this.regionShares = {};
    } else {
      const ahead = Object.fromEntries(step.regions.map((region) => [region, step.share]));
      this.regionShares = { ...this.regionShares, ...ahead };
    }
    const shift = {
      ...this.apply(
        nameOf(step),
        "shift",
        trafficPatch(candidate, this.share, this.regionShares),
        ["weights"],
        this.stacks.traffic,
      ),
      ...soakOf(step),
      gates: this.gates(step.gates),
      hooks: step.hooks,
    };
    // The first thing that a step changes waits for its approvals: capacity costs money, too.
    return capacity.length === 0
      ? [{ ...shift, approvals: step.approvals }]
      : [{ ...capacity[0]!, approvals: step.approvals }, shift];
  }

  private capacity(level: "full" | number, step?: PlanStep): WatchedStage {
    const regions = step?.regions === undefined ? "" : `-${step.regions.join("-")}`;
    return this.apply(
      `capacity-${level === "full" ? 100 : level}${regions}`,
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

  /** The rollback window: only triggers watch. */
  private watch(): WatchedStage {
    const length = seconds(this.plan.rollbackWindow);
    return { ...this.look("watch", "watch"), soakSeconds: length, maxSoakSeconds: 2 * length };
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

/** A gate as config has it, with every default. */
export function gateOf(config: GateConfig, color: Color): Gate {
  const { require, limits, action, decideWithin } =
    typeof config === "string"
      ? { require: config, limits: limitsSchema.parse(undefined), action: "rollback" as const, decideWithin: undefined }
      : config;
  return {
    text: require,
    condition: parseCondition(require),
    color,
    limits,
    action,
    ...(decideWithin === undefined ? {} : { decideWithinSeconds: seconds(decideWithin) }),
  };
}

function nameOf({ name, share, regions }: PlanStep): string {
  return name ?? ["shift", String(share), ...(regions ?? [])].join("-");
}

function soakOf({ soak, maxSoak }: { soak?: string; maxSoak?: string }) {
  const soakSeconds = soak === undefined ? 0 : seconds(soak);
  return { soakSeconds, maxSoakSeconds: maxSoak === undefined ? 2 * soakSeconds : seconds(maxSoak) };
}

/** Percentages have at most a few decimals; 100 - 99.9 must not become 0.09999999999999432. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
