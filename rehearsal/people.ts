import type { Clock } from "../rollout/ports";
import type { Request } from "../rollout/requests";
import { questionOf } from "../rollout/core/rollBack";
import { stageOf, type State } from "../rollout/core/state";
import { Noise } from "./load/noise";

/** How long people take to approve, minutes: the quickest, and how much longer the slowest take. */
const MINUTES = { least: 2, more: 13 } as const;

/** The people of a rehearsal: they approve what is awaited of their role, after some virtual minutes, and decide nothing else. */
export class SimulatedPeople {
  private readonly noise: Noise;
  private asked = 0;
  private readonly known = new Set<string>();
  private due: { at: number; request: Request }[] = [];

  public constructor(
    private readonly clock: Clock,
    seed: number,
  ) {
    this.noise = new Noise(seed, "people");
  }

  /** Tells them where a rollout stands: to be called after each record. */
  public follow(state: State): void {
    const asks = questionOf(state, this.clock.now());
    const stage = asks === undefined ? stageOf(state) : { name: asks.stage, approvals: asks.approvals };
    if (stage === undefined) {
      return;
    }
    const attempt = state.attempts.get(stage.name) ?? 0;
    for (const role of stage.approvals) {
      const key = `${state.id} ${stage.name} ${attempt} ${role}`;
      const person = state.plan.approvers[role]?.find((each) => each !== state.by);
      if (
        !this.known.has(key) &&
        person !== undefined &&
        !state.approvals.some((given) => given.role === role && given.stage === stage.name)
      ) {
        const minutes = MINUTES.least + MINUTES.more * this.noise.uniform(this.asked, 0);
        const request: Request = { kind: "approve", role, person, stage: stage.name, digest: state.digest };
        this.asked += 1;
        this.known.add(key);
        this.due.push({ at: this.clock.now() + 60_000 * minutes, request });
      }
    }
  }

  /** What they have asked for by now: the controller's {@link ControllerPorts.requests}. */
  public async requests(): Promise<Request[]> {
    const now = this.clock.now();
    const ripe = this.due.filter(({ at }) => at <= now);
    this.due = this.due.filter(({ at }) => at > now);
    return ripe.map(({ request }) => request);
  }
}
