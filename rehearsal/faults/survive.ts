import type { ControllerPorts } from "../../rollout/controller/ports";
import type { VirtualClock } from "../clock";
import type { Faults } from "./faults";

/** How long it takes until somebody starts a controller again that was killed: its lease of five minutes has run out by then. */
const RESTART_SECONDS = 360;

export interface SurviveOptions {
  clock: VirtualClock;
  faults: Faults;
  /** Kills at these points besides: each write of a record and each `up` or hook has one before and one after it, counted from 1. */
  killAt?: ReadonlySet<number>;
  /** Told each point when it is reached: for who wants to kill at each of them. @default - nobody */
  onPoint?: (point: number, what: string) => void;
}

/**
 * Runs a controller to its end, and starts another one whenever it is killed. A killed one is not told: its last call never
 * comes back, none of its later ones does anything, and nothing that it planned to do at the end is done, as with SIGKILL.
 *
 * @param start - Begins a rollout (`life` 0) or resumes it, and resolves when it has ended.
 */
export async function survive<Result>(
  ports: ControllerPorts,
  { clock, faults, killAt, onPoint }: SurviveOptions,
  start: (ports: ControllerPorts, life: number) => Promise<Result>,
): Promise<Result> {
  let points = 0;
  for (let life = 0; ; life += 1) {
    const killer = new Killer(clock, (what) => {
      points += 1;
      onPoint?.(points, what);
      return faults.kills(what) || (killAt?.has(points) ?? false);
    });
    const ended = await Promise.race([
      start(killer.wrap(ports), life).then((result) => ({ result })),
      killer.killed.then(() => undefined),
    ]);
    if (ended !== undefined) {
      return ended.result;
    }
    await clock.sleep(1_000 * RESTART_SECONDS);
  }
}

/** One life of a controller: everything that it reaches the world with. */
class Killer {
  readonly killed: Promise<void>;
  private dead = false;
  private die!: () => void;

  /** @param decides - Whether it dies at a point. */
  constructor(
    private readonly clock: VirtualClock,
    private readonly decides: (what: string) => boolean,
  ) {
    this.killed = new Promise((resolve) => {
      this.die = resolve;
    });
  }

  wrap(ports: ControllerPorts): ControllerPorts {
    // What sleeps in virtual time must not be marked as real work: time would stand still for ever.
    const sleeps = { marked: false };
    const works = { marked: true };
    const { check, claim, requests } = ports;
    return {
      ...ports,
      clock: this.mortal(ports.clock, sleeps),
      engine: this.mortal(ports.engine, { ...sleeps, points: ["up"] }),
      hooks: this.mortal(ports.hooks, { ...sleeps, points: ["run"] }),
      journal: this.mortal(ports.journal, { ...works, points: ["append"] }),
      metrics: this.mortal(ports.metrics, works),
      routers: this.mortal(ports.routers, sleeps),
      prober: this.mortal(ports.prober, sleeps),
      ...(check && { check: this.mortal(check, sleeps) }),
      ...(claim && { claim: this.mortal({ claim }, works).claim }),
      ...(requests && { requests: this.mortal({ requests }, works).requests }),
    };
  }

  /** A port that dies with its controller. */
  private mortal<Port extends object>(port: Port, how: { marked: boolean; points?: readonly string[] }): Port {
    return new Proxy(port, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== "function") {
          return member;
        }
        return (...args: unknown[]) => {
          const point = how.points?.includes(String(key)) === true ? String(key) : undefined;
          if (this.point("before", point)) {
            return forever;
          }
          const result: unknown = Reflect.apply(member, target, args);
          return result instanceof Promise ? this.alive(how.marked ? this.clock.busy(result) : result, point) : result;
        };
      },
    });
  }

  /** What a call comes back with, while there is somebody to come back to. */
  private async alive(result: Promise<unknown>, point: string | undefined): Promise<unknown> {
    try {
      const value = await result;
      return this.point("after", point) ? await forever : value;
    } catch (error) {
      if (this.dead) {
        return forever;
      }
      throw error;
    }
  }

  /** @returns Whether the controller is dead. */
  private point(when: string, what: string | undefined): boolean {
    if (!this.dead && what !== undefined && this.decides(`${when} ${what}`)) {
      this.dead = true;
      this.die();
    }
    return this.dead;
  }
}

/** What a killed controller waits for. */
const forever = new Promise<never>(() => undefined);
