import * as fs from "node:fs";
import * as path from "node:path";
import { folderJournal, thisHolder } from "../../../rollout/journal";
import { writeAtomically } from "../../../files/atomicFile";
import { ModelWorld, type Things } from "./modelWorld";
import { planned } from "./plans";

/** The smallest plan that has each kind of effect. */
const PLAN = planned(
  {
    steps: [{ share: 100, hooks: ["smoke"] }],
    validate: { soak: "30s" },
    rollbackWindow: "1m",
    retire: false,
    triggers: ["errors"],
  },
  { hooks: { smoke: { command: ["true"] } } },
  { stacks: { application: "the-routers", traffic: "the-routers" } },
);

/** How the candidate does: it is fine, or it fails from the moment at which it has its first requests. */
export type Story = "promoted" | "rolled-back";

/**
 * A world and a journal in a folder: whoever opens it next, in whatever process, finds what was done before.
 *
 * @param at - Called at each write and each effect, before it and after it, once the world is in its file.
 */
export function worldIn(folder: string, story: Story, at: (point: string) => void = () => undefined): ModelWorld {
  const file = path.join(folder, "world.json");
  fs.mkdirSync(folder, { recursive: true });
  const things = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Things) : undefined;
  const world = new ModelWorld(PLAN, things, folderJournal(folder, PLAN.stack));
  world.holder = thisHolder("ada");
  world.tells = false;
  world.metric = (metric, color) =>
    story === "rolled-back" && color === "green" && metric === "error-rate" ? 6 : 1 / 2;
  world.at = (point) => {
    writeAtomically(file, JSON.stringify(world.things));
    at(point);
  };
  return world;
}

/** Walks the rollout in a folder, and is killed at a point. The number of points that it has passed is printed. */
async function main([folder, story, killAt, signal]: string[]): Promise<void> {
  let points = 0;
  let stopped = false;
  process.once("SIGTERM", () => {
    stopped = true;
  });
  const world = worldIn(folder!, story as Story, () => {
    points += 1;
    if (points === Number(killAt)) {
      process.kill(process.pid, signal);
    }
  });
  // As the command does it: a signal ends it between two ticks.
  while (!stopped && world.controller?.state.outcome === undefined) {
    if (await world.step()) {
      world.pass();
    }
    await new Promise(setImmediate);
  }
  process.stdout.write(`stopped after ${points} points\n`);
}

if (require.main === module) {
  void main(process.argv.slice(2));
}
