/**
 * Shows the judge's error rates by simulation: `npm run judge:calibrate [-- --runs 200 --seed 1]`. False alarms are counted per
 * rollout: any metric, any detector, any look. Ends with 1 if a stated rate is not held.
 */
import { parseArgs } from "node:util";
import { canRollBack } from "../../rollout/judge/conclude";
import { normalReached } from "../../rollout/judge/distributions";
import { BEYOND, HELD, LOGNORMAL, NORMAL, AR, type Kind } from "./series";
import { isAlarm, rollout, type Fault, type Plan } from "./rollouts";

const ALPHA = 0.05;
const GROWING: Plan = { looks: 12, values: 12, window: "growing", alpha: ALPHA };
const NEW: Plan = { looks: 12, values: 48, window: "new", alpha: ALPHA };

const FAULTS: readonly Fault[] = [
  { name: "15 % slower, noise 10 %", kind: NORMAL, value: (value) => 1.15 * value },
  { name: "15 % slower, lognormal 50 %", kind: LOGNORMAL, value: (value) => 1.15 * value },
  { name: "15 % slower, AR(1) 0.5", kind: AR, value: (value) => 1.15 * value },
  { name: "5 % slower, noise 10 %", kind: NORMAL, value: (value) => 1.05 * value },
  {
    name: "slow tail: 3 x for 1 in 10",
    kind: NORMAL,
    value: (value, chance) => (chance.uniform() < 0.1 ? 3 : 1) * value,
  },
  { name: "scatter twice as wide", kind: NORMAL, value: (value) => 100 + 2 * (value - 100) },
  { name: "leak: to 20 % over the rollout", kind: NORMAL, value: (value, _, progress) => (1 + 0.2 * progress) * value },
  {
    name: "15 % slower from half-way on",
    kind: NORMAL,
    value: (value, _, progress) => (progress < 0.5 ? 1 : 1.15) * value,
  },
  { name: "errors twice as many", kind: NORMAL, errorRate: 0.02 },
  { name: "15 % slower in one region of four", kind: NORMAL, metrics: 1, value: (value) => 1.15 * value },
];

main();

function main(): void {
  const { values } = parseArgs({ options: { runs: { type: "string" }, seed: { type: "string" } } });
  const [runs, seed] = [wholeNumber("runs", values.runs ?? "200"), wholeNumber("seed", values.seed ?? "1")];
  print(`Rollouts with 5 metrics (4 series, 1 of errors) and 12 looks; ${runs} of each; seed ${seed}.`);
  print("Growing: 12 values more at each look, 144 at the last. New: 48 values, all new.");
  print("Back: of those growing, alarms that can roll back. Promoted: at the last look.\n");

  print("No difference: alarms per rollout, stated at most 5 %");
  print(row("", ["growing", "back", "new", "promoted"]));
  const held = HELD.map((kind) => falseAlarms(kind, runs, seed));
  print("\nNo difference, beyond what is stated");
  BEYOND.forEach((kind) => falseAlarms(kind, runs, seed));

  print("\nA fault from the first look on (or as it says): found by look, growing");
  print(row("", ["1", "3", "6", "12", "back"]));
  FAULTS.forEach((fault) => detection(fault, runs, seed));

  // By chance alone a rate of exactly 5 % is above this in one of a thousand runs of this table.
  const most = ALPHA + normalReached(0.001 / 12) * Math.sqrt((ALPHA * (1 - ALPHA)) / runs);
  const ok = held.flat().every((rate) => rate <= most);
  print(
    `\n${ok ? "The stated rate holds" : "THE STATED RATE DOES NOT HOLD"} (at most ${percent(most)} in ${runs} rollouts).`,
  );
  process.exitCode = ok ? 0 : 1;
}

/** Alarms of both windows, without any difference. */
function falseAlarms(kind: Kind, runs: number, seed: number): number[] {
  const counts = { growing: 0, back: 0, new: 0, promoted: 0 };
  for (let run = 0; run < runs; run++) {
    const verdicts = rollout(GROWING, { name: kind.name, kind }, seed + run);
    counts.growing += Number(verdicts.some(({ metrics }) => metrics.some(({ result }) => isAlarm(result))));
    counts.back += Number(
      verdicts.some(({ metrics }) => metrics.some((each) => isAlarm(each.result) && canRollBack(each))),
    );
    counts.promoted += Number(verdicts.at(-1)!.verdict === "promote");
    const fresh = rollout(NEW, { name: `${kind.name}, new`, kind }, seed + run);
    counts.new += Number(fresh.some(({ metrics }) => metrics.some(({ result }) => isAlarm(result))));
  }
  const rates = [counts.growing, counts.back, counts.new, counts.promoted].map((count) => count / runs);
  print(row(kind.name, rates.map(percent)));
  return [rates[0]!, rates[2]!];
}

/** How many rollouts have an alarm by the look; and how many a finding that can roll back, by the last. */
function detection(fault: Fault, runs: number, seed: number): void {
  const looks = [1, 3, 6, 12];
  const found = looks.map(() => 0);
  let back = 0;
  for (let run = 0; run < runs; run++) {
    const verdicts = rollout(GROWING, fault, seed + run);
    const first = verdicts.findIndex(({ metrics }) => metrics.some(({ result }) => isAlarm(result)));
    looks.forEach((look, index) => (found[index]! += Number(first >= 0 && first < look)));
    back += Number(verdicts.some(({ metrics }) => metrics.some((each) => isAlarm(each.result) && canRollBack(each))));
  }
  print(
    row(
      fault.name,
      [...found, back].map((count) => percent(count / runs)),
    ),
  );
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`--${name} takes a whole number from 1 on; got ${text}`);
  }
  return value;
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(1)} %`;
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(34)}${cells.map((cell) => cell.padStart(8)).join(" ")}`.trimEnd();
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
