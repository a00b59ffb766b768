/** Series as a production has them, made by chance that can be repeated. */
import { Noise } from "../../rehearsal/load/noise";

/** Values of the two colors over the same intervals. */
export interface Both {
  candidate: number[];
  baseline: number[];
}

/** How the values of an interval come about. */
export interface Kind {
  name: string;
  make: (chance: Chance, length: number) => Both;
}

/** Numbers by chance, one after the other. */
export class Chance {
  private readonly noise: Noise;
  private drawn = 0;

  public constructor(seed: number, subject: string) {
    this.noise = new Noise(seed, subject);
  }

  public uniform(): number {
    return this.noise.uniform(this.drawn++, 0);
  }

  public normal(): number {
    return this.noise.normal(this.drawn++, 0);
  }

  /** How many of so many trials succeed. */
  public binomial(trials: number, probability: number): number {
    return Math.min(trials, this.noise.count(trials * probability, this.drawn++, 0));
  }
}

/** Five-minute intervals of a day. */
const DAY = 288;

/** A latency around 100 with 10 % of noise, of standard normal values. */
const latency = (noise: number) => 100 + 10 * noise;

/** Each value depends on the one before. */
export function autocorrelated(chance: Chance, length: number, correlation: number): number[] {
  let value = chance.normal();
  return Array.from({ length }, () => {
    const now = value;
    value = correlation * value + Math.sqrt(1 - correlation ** 2) * chance.normal();
    return now;
  });
}

function independent(name: string, draw: (chance: Chance) => number): Kind {
  return { name, make: each((chance, length) => Array.from({ length }, () => draw(chance))) };
}

/** Both colors by themselves. */
function each(make: (chance: Chance, length: number) => number[]): Kind["make"] {
  return (chance, length) => ({ candidate: make(chance, length), baseline: make(chance, length) });
}

function autoregressive(correlation: number): Kind {
  const make = each((chance, length) => autocorrelated(chance, length, correlation).map(latency));
  return { name: `AR(1), ${correlation}`, make };
}

/** 30 % up and down, the same day for both colors unless the baseline's is another part of it. */
function daily(name: string, correlation: number, baselineAhead: number): Kind {
  const side = (chance: Chance, length: number, from: number, ahead: number) =>
    autocorrelated(chance, length, correlation).map(
      (noise, index) => latency(noise) * (1 + 0.3 * Math.sin((2 * Math.PI * (from + ahead + index)) / DAY)),
    );
  return {
    name,
    make: (chance, length) => {
      const from = Math.floor(chance.uniform() * DAY);
      return { candidate: side(chance, length, from, 0), baseline: side(chance, length, from, baselineAhead) };
    },
  };
}

/** On these the stated rate holds. */
export const HELD: readonly Kind[] = [
  independent("independent, normal", (chance) => latency(chance.normal())),
  independent("independent, lognormal", (chance) => 100 * Math.exp(0.5 * chance.normal())),
  independent("independent, Poisson, mean 3", (chance) => chance.binomial(1_000_000, 3e-6)),
  autoregressive(0.5),
  daily("daily cycle", 0, 0),
  daily("daily cycle and AR(1), 0.5", 0.5, 0),
];

/** On these it need not: they are shown for what they are. */
export const BEYOND: readonly Kind[] = [
  autoregressive(0.8),
  autoregressive(0.95),
  {
    name: "slow wave under noise",
    make: each((chance, length) => {
      const wave = autocorrelated(chance, length, 0.9);
      return wave.map((value) => latency(0.45 * value + 0.9 * chance.normal()));
    }),
  },
  daily("daily cycle, 2 h apart", 0, 24),
];

/** The first of the kinds, by name. */
export const [NORMAL, LOGNORMAL, , AR] = HELD as [Kind, Kind, Kind, Kind];
