/**
 * Measures what a user waits for, in one run: `npm run bench`. Each figure stands beside its target and whether it is
 * reached. It is a measurement and no test: it always ends with 0, and figures of different runs do not compare.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeploymentFile } from "../rehearsal/engine/deployment";
import { judgeCost } from "./bench/judge";
import { median, ROOT, Stopwatch, type Cost } from "./bench/measure";
import { packCosts } from "./bench/policies";
import { openCost, resumeCost } from "./bench/rollout";
import { writeTenfold } from "./bench/tenfold";

/** The production's stacks, each after those that it reads. */
const STACKS = ["production-platform", "production-application", "production"];
/** Of so many runs a figure is the median. */
const RUNS = 3;

/** What is promised. */
const TARGETS = {
  floor: 1.5,
  millisecondsPerResource: 9,
  megabytes: 600,
  stage: 3,
  growth: 12,
  rehearsal: 60,
  judge: 1,
  days: 60,
  resume: 2,
  journal: 2,
  pack: 2,
};

/** 72 hours: a day at 10 %, a day of validation, a day of the rollback window. */
const THREE_DAYS = [
  "rollout.plans.blue-green.steps=[{share: 10, soak: 24h, gates: [error-rate < 1]}, {share: 100}]",
  "rollout.plans.blue-green.validate.soak=24h",
  "rollout.plans.blue-green.rollbackWindow=24h",
];
/** As many samples as 72 hours have, one every 30 seconds. */
const SAMPLES = 8_640;

const directory = mkdtempSync(join(tmpdir(), "cutover-bench-"));
const stopwatch = new Stopwatch(directory);

async function main(): Promise<void> {
  print("measured", "value", "target", "");
  const state = join(directory, "state");
  measureStartUp();
  const { ups, previews } = measurePreviews(state);
  await measurePolicies(previews);
  measureStage(state);
  measureRehearsal();
  measureDays();
  await measureJournal();
  measureJudge();
  measureGrowth(ups, state);
}

void main().finally(() => rmSync(directory, { recursive: true, force: true }));

/** What each stack that reads no other takes until its preview stands there, and the SDKs that it loads for that. */
function measureStartUp(): void {
  heading("each stack by itself: cold preview, and the SDKs of which it loads anything");
  for (const file of readdirSync(ROOT).sort()) {
    const stack = /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1];
    if (stack !== undefined && (!STACKS.includes(stack) || stack === STACKS[0])) {
      const runs = Array.from({ length: RUNS }, () => stopwatch.cutover(ROOT, "preview", "--stack", stack).cost);
      print(stack, seconds(median(runs).seconds), runs[0]!.sdks.join(", "));
    }
  }
}

/**
 * Cold previews and their floors, in turns, so that both see the same machine. Brings each stack up in `state` when it is
 * measured, for those that read it.
 *
 * @returns What bringing up and previewing each took.
 */
function measurePreviews(state: string): { ups: Cost[]; previews: Cost[] } {
  const ups: Cost[] = [];
  const all: Cost[] = [];
  mkdirSync(state);
  const outputs: Record<string, unknown> = {};
  const file = join(directory, "outputs.json");
  const total = { resources: 0, seconds: 0 };
  for (const stack of STACKS) {
    writeFileSync(file, JSON.stringify(outputs));
    const previews: Cost[] = [];
    const floors: Cost[] = [];
    let resources = 0;
    for (let run = 0; run < RUNS; run++) {
      const floor = stopwatch.floor(ROOT, stack, file);
      floors.push(floor.cost);
      resources = Number(floor.stdout);
      previews.push(stopwatch.cutover(ROOT, "preview", "--stack", stack, "--state", state).cost);
    }
    const [preview, floor] = [median(previews), median(floors)];
    all.push(preview);
    total.resources += resources;
    total.seconds += preview.seconds;
    heading(`${stack}: ${resources} resources, cold preview`);
    print("time", seconds(preview.seconds));
    print("time of the floor: the SDK's own mocks", seconds(floor.seconds));
    compare("time to the floor's", preview.seconds / floor.seconds, TARGETS.floor, times);
    compare("peak memory", preview.megabytes, TARGETS.megabytes, megabytes);
    print("peak memory of the floor", megabytes(floor.megabytes));

    ups.push(stopwatch.cutover(ROOT, "up", "--stack", stack, "--state", state).cost);
    const recorded = stopwatch.cutover(ROOT, "outputs", "--stack", stack, "--state", state);
    outputs[stack] = JSON.parse(recorded.stdout);
  }
  heading(`the three stacks: ${total.resources} resources, cold previews`);
  const each = (1000 * total.seconds) / total.resources;
  compare("time for each resource", each, TARGETS.millisecondsPerResource, (value) => `${value.toFixed(1)} ms`);
  return { ups, previews: all };
}

/**
 * What `pulumi preview --policy-pack policies` would take more, were nothing of it done at the same time. The promise is about the
 * stack of each stage; on the others it is about the rules: most of the time there goes into Pulumi's asking, resource by resource.
 */
async function measurePolicies(previews: readonly Cost[]): Promise<void> {
  const costs = await packCosts(ROOT, STACKS, RUNS);
  for (const [index, { stack, resources, seconds: time, ofAnyPack }] of costs.entries()) {
    const without = previews[index]!.seconds;
    heading(`${stack}: the policy pack on ${resources} resources, beside a preview`);
    if (stack === STACKS.at(-1)) {
      compare("time that the pack adds", time, TARGETS.pack, seconds);
    } else {
      print("time that the pack adds", seconds(time));
    }
    print("of it, what Pulumi takes for any pack", seconds(ofAnyPack));
    compare("of it, what the rules add to that", time - ofAnyPack, TARGETS.pack, seconds);
    print("preview with the pack to preview without", times((without + time) / without));
  }
}

/** One stage of a release: new weights, in a process of its own. */
function measureStage(state: string): void {
  const stages = Array.from({ length: RUNS }, () => {
    const copy = join(directory, "stage");
    cpSync(state, copy, { recursive: true });
    const args = ["up", "--stack", "production", "--state", copy, "--set", "traffic.green=10"];
    const { cost } = stopwatch.cutover(ROOT, ...args);
    rmSync(copy, { recursive: true });
    return cost;
  });
  heading("a stage: up --stack production --set traffic.green=10, cold");
  compare("time", median(stages).seconds, TARGETS.stage, seconds);
  print("processor time, all threads", seconds(median(stages).cpuSeconds));
}

function measureRehearsal(): void {
  const { cost } = stopwatch.cutover(ROOT, "rehearse", "--stack", "production");
  heading("the rehearsal of production: three stacks brought up, and its stages");
  compare("time", cost.seconds, TARGETS.rehearsal, seconds);
  print("processor time, all threads", seconds(cost.cpuSeconds));
  print("peak memory", megabytes(cost.megabytes));
}

/** What the virtual days take beside the bringing up, which the rehearsal of minutes has measured. */
function measureDays(): void {
  const set = THREE_DAYS.flatMap((value) => ["--set", value]);
  const { cost } = stopwatch.cutover(ROOT, "rehearse", "--stack", "production", ...set);
  heading("the rehearsal of 72 hours: a day at 10 %, a day of validation, a day of watching");
  compare("time", cost.seconds, TARGETS.days, seconds);
  print("processor time, all threads", seconds(cost.cpuSeconds));
}

async function measureJournal(): Promise<void> {
  heading("the journal, in this process");
  compare("100,000 records opened and verified", await openCost(directory, 100_000), TARGETS.journal, seconds);
  compare("resume after a kill in the third day", await resumeCost(directory, SAMPLES), TARGETS.resume, seconds);
}

function measureJudge(): void {
  const { seconds: time, cpuSeconds } = judgeCost(1000, 500);
  heading("the judge: a decision over 1,000 series of 500 samples, in this process");
  compare("time", time, TARGETS.judge, seconds);
  print("processor time, all threads", seconds(cpuSeconds));
}

/**
 * What ten times the production takes, beside the production.
 *
 * @param one - The cost of bringing up each of the production's stacks, which are in `state`.
 */
function measureGrowth(one: readonly Cost[], state: string): void {
  const project = join(directory, "tenfold");
  const tenfold = join(directory, "tenfold-state");
  mkdirSync(project);
  writeTenfold(ROOT, project);
  const ten = STACKS.map((stack) => stopwatch.cutover(project, "up", "--stack", stack, "--state", tenfold).cost);
  const [few, many] = [countResources(state), countResources(tenfold)];
  const [short, long] = [sum(one), sum(ten)];
  heading(`growth: up of the three stacks, ${few} and ${many} resources`);
  print("time", seconds(short));
  print("time with ten times the regions", seconds(long));
  compare("time to time, for ten times the resources", (10 * long * few) / (short * many), TARGETS.growth, times);
  print("peak memory with ten times the regions", megabytes(Math.max(...ten.map((cost) => cost.megabytes))));
}

/** The resources of the three stacks, without the stacks themselves. */
function countResources(state: string): number {
  return STACKS.reduce((count, stack) => {
    const file = JSON.parse(readFileSync(join(state, `${stack}.json`), "utf8")) as DeploymentFile;
    return count + (file.deployment.resources?.length ?? 0) - 1;
  }, 0);
}

function sum(costs: readonly Cost[]): number {
  return costs.reduce((total, cost) => total + cost.seconds, 0);
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

function megabytes(value: number): string {
  return `${value.toFixed(0)} MB`;
}

function times(value: number): string {
  return `${value.toFixed(2)} x`;
}

/** A figure beside what is promised. */
function compare(what: string, value: number, target: number, format: (value: number) => string): void {
  print(what, format(value), `<= ${format(target).replace(/\.0+ /, " ")}`, value <= target ? "pass" : "fail");
}

function heading(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

/** One line of the table, 80 columns at most. */
function print(what: string, value: string, target = "", verdict = ""): void {
  process.stdout.write(
    `${`  ${what}`.padEnd(52)}${value.padStart(9)}  ${target.padEnd(10)}  ${verdict}`.trimEnd() + "\n",
  );
}
