import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { replay } from "../../rollout/core/replay";
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
    assert.ok(isDeepStrictEqual(replay(state.id, records), state), "what its records say is not what it is");
    assert.equal((await world.journal.history()).length, 1);
  }

  /** The signal, how the rollout ends, what is killed in words, and the names of the points. */
  const cases: [NodeJS.Signals, Story, string, RegExp][] = [
    ["SIGKILL", "promoted", "at each write and each effect", /./],
    ["SIGKILL", "rolled-back", "at each write and each effect of a rollback", /./],
    ["SIGTERM", "promoted", "at each effect: it ends what it is at, and nothing else", /up|hook|probe|claim/],
  ];
  for (const [signal, story, what, only] of cases) {
    it(`by ${signal}, ${what}: another process goes on, and it ends ${story}`, async () => {
      const points: string[] = [];
      const whole = worldIn(path.join(where.path, "whole"), story, (point) => points.push(point));
      let begun = 0;
      whole.onRecord = (record) => {
        if (story === "rolled-back" && record.type === "decided" && record.decision.kind === "rollback") {
          begun = points.length - 1; // From the record that decides it: what comes before is the story that is promoted.
        }
      };
      await whole.run(100);
      assert.equal(whole.controller!.state.outcome?.outcome, story);
      const left = points.flatMap((point, index) => (index >= begun && only.test(point) ? [index + 1] : []));
      assert.ok(left.length > 5, `${left.length} points`);
      const worker = async () => {
        for (let point; (point = left.shift()) !== undefined;) {
          const folder = path.join(where.path, `${point}`);
          try {
            assert.equal(await killed(folder, story, point, signal), signal === "SIGKILL" ? "SIGKILL" : "0");
            await goesOn(folder, story, whole);
          } catch (error) {
            left.length = 0;
            throw new Error(`killed ${points[point - 1]} (${point})`, { cause: error });
          }
        }
      };
      const ended = await Promise.allSettled([worker(), worker()]);
      assert.deepEqual(
        ended.flatMap((each) => (each.status === "rejected" ? [each.reason as Error] : [])),
        [],
      );
    });
  }
});
