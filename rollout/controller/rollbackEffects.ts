import type { RolloutPlan } from "../core/plan";
import type { Effect } from "../core/records";
import { changed } from "../touch";
import { expected } from "./expected";
import type { ControllerPorts } from "./ports";
import type { Recorder } from "./recorder";
import type { StackRuns } from "./stackRuns";

/** What a rollback does to the world, recorded before and after. */
export class RollbackEffects {
  constructor(
    private readonly recorder: Recorder,
    private readonly runs: StackRuns,
    private readonly ports: Pick<ControllerPorts, "engine" | "onStep" | "routers">,
  ) {}

  /** Takes the routers back, of one region or of all; past errors. What they really do then decides what is left. */
  async rollBack(region: string | undefined, without: readonly string[]): Promise<void> {
    const { state } = this.recorder;
    const { plan } = state;
    const [{ stack }] = plan.rollback as [RolloutPlan["rollback"][number]];
    const effect: Effect = { kind: "rollback", stack, ...(region === undefined ? {} : { region }) };
    const targets = [...state.routers].filter((urn) => {
      const of = regionOf(urn, plan.routed);
      return of === undefined || (region === undefined ? !without.includes(of) : of === region);
    });
    await this.recorder.record({ type: "effect-begun", effect, urns: targets });
    let problem: string | undefined;
    try {
      await this.runs.prepare(stack);
      // The record may not know what routers do: after a first try, the clouds are asked.
      const options = {
        set: this.runs.patches(stack),
        ...(targets.length === 0 ? {} : { targets }),
        continueOnError: true,
        refresh: region !== undefined,
      };
      await this.ports.engine.up(stack, { ...options, onStep: this.ports.onStep });
    } catch (error) {
      problem = expected(error);
      this.runs.forget(stack);
    }
    let shares: Record<string, number> = {};
    try {
      shares = await this.ports.routers.shares(plan.candidate);
    } catch (error) {
      problem ??= expected(error);
    }
    const left = plan.routed.filter(
      (each) => (region === undefined || each === region) && !without.includes(each) && shares[each] !== 0,
    );
    await this.recorder.record(
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
  async undo(index: number): Promise<void> {
    const { stack } = this.recorder.state.plan.rollback[index]!;
    const effect: Effect = { kind: "rollback", stack, patch: index };
    await this.recorder.record({ type: "effect-begun", effect });
    try {
      await this.runs.prepare(stack);
      const { steps } = await this.ports.engine.up(stack, { ...this.runs.options(stack), onStep: this.ports.onStep });
      await this.recorder.record({ type: "effect-done", effect, changed: changed(steps).map(({ urn }) => urn) });
    } catch (error) {
      this.runs.forget(stack);
      await this.recorder.record({ type: "effect-failed", effect, reason: expected(error) });
    }
  }

  /**
   * Before a rollback ends: whether the candidate has requests where it is to have none. Weights may have been moved by hand, also
   * before the rollout shifted any, or by its own `up` that did not end when it was told to.
   */
  async wasMovedAgain(): Promise<boolean> {
    const { plan, rollback } = this.recorder.state;
    if (rollback === undefined || plan.rolling) {
      return false;
    }
    let shares: Record<string, number>;
    try {
      shares = await this.ports.routers.shares(plan.candidate);
    } catch (error) {
      expected(error);
      return false; // Each was back when it could last be read.
    }
    const region = plan.routed.find((each) => (shares[each] ?? 0) !== 0);
    if (region !== undefined) {
      const effect: Effect = { kind: "rollback", stack: plan.rollback[0]!.stack, region };
      const reason = `${plan.candidate} gets ${shares[region]} % of the requests in ${region}, where it is to have none: somebody else moved it, or an \`up\` that had not ended`;
      await this.recorder.record({ type: "effect-failed", effect, reason, shares });
    }
    return region !== undefined;
  }
}

/** The region in a resource's name, of those that are known; the longest, as one may begin like another. */
function regionOf(urn: string, regions: readonly string[]): string | undefined {
  const name = `-${urn.slice(urn.lastIndexOf("::") + 2)}-`;
  return [...regions].sort((one, other) => other.length - one.length).find((region) => name.includes(`-${region}-`));
}
