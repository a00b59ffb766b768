import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as path from "node:path";
import { replay } from "../../rollout/core/state";
import { temporaryFolder } from "./journal/support/folder";
import { followRecords } from "./support/invariants";
import { worldIn, type Story } from "./support/killedRollout";

const CHILD = path.join(__dirname, "support", "killedRollout.ts");

/** Walks a rollout in a process of its own, which is sent a signal at a point. @returns how it ended. */
function killed(folder: string, story: Story, point: number, signal: NodeJS.Signals): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["-r", "tsx/cjs", CHILD, folder, story, String(point), signal]);
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.on("close", (code, by) => {
      const ended = by ?? String(code);
      if (ended === "SIGKILL" || ended === "0") {
        resolve(ended);
      } else {
        reject(new Error(`it ended with ${ended}: ${errors}`));
      }
    });
  });
}

describe("a process that controls a rollout, killed at each write and each effect", function () {
  // A process for each point, two at a time.
  this.timeout(600_000);
  const where = temporaryFolder();

  /** Goes on, in this process, where another one was killed; and asserts that all is as if nothing had happened. */
  async function goesOn(folder: string, story: Story, whole: ReturnType<typeof worldIn>): Promise<void> {
    const world = worldIn(folder, story);
    await world.run(100);
    const { state } = world.controller!;
    await world.controller!.settle();
    assert.equal(state.outcome?.outcome, story);
    assert.deepEqual(world.shares, whole.shares);
    assert.deepEqual(world.things.config, whole.things.config);
    assert.equal(world.things.claimed, false);
    const ups = [world.things.ups.length, whole.things.ups.length];
    assert.ok(ups[0]! <= ups[1]! + 1, `${ups[0]} updates, and ${ups[1]} without a kill`);
    const records = await world.journal.read(state.id);
    followRecords(world.plan, records);
    assert.deepEqual(replay(state.id, records), state);
    assert.equal((await world.journal.history()).length, 1);
  }

  for (const [signal, story] of [
    ["SIGKILL", "promoted"],
    ["SIGKILL", "rolled-back"],
    ["SIGTERM", "promoted"],
  ] as const) {
    it(`by ${signal}: another process goes on, and it ends ${story}`, async () => {
      const points: string[] = [];
      const whole = worldIn(path.join(where.path, "whole"), story, (point) => points.push(point));
      await whole.run(100);
      assert.equal(whole.controller!.state.outcome?.outcome, story);
      const left = points.map((_, index) => index + 1);
      const worker = async () => {
        for (let point; (point = left.shift()) !== undefined;) {
          const folder = path.join(where.path, `${point}`);
          assert.equal(await killed(folder, story, point, signal), signal === "SIGKILL" ? "SIGKILL" : "0");
          await goesOn(folder, story, whole).catch((error: unknown) => {
            throw new Error(`killed ${points[point! - 1]} (${point})`, { cause: error });
          });
        }
      };
      await Promise.all([worker(), worker()]);
    });
  }
});
