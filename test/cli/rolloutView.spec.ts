import assert from "node:assert/strict";
import type { Controller } from "../../rollout/controller";
import { tickOn } from "../../cli/rollout/ticks";
import { statusText } from "../../cli/rollout/view";
import { planned } from "../rollout/support/plans";
import { Story } from "../rollout/support/story";

const BY = { by: "bob@example.org", reason: "because" };
const place = { stack: "the-routers" };

describe("the screen of a rollout", () => {
  it("sets nothing any more once it goes back, or has ended", () => {
    const story = new Story(planned()).to("shift-10");
    const text = () => statusText(story.state, story.now, place);
    assert.match(text(), /us-east-1 .* 10 %/);
    story.state.shares["us-east-1"] = 0;
    assert.match(text(), / 0 % set 10 %/, "what somebody moved by hand is set again");

    story.ask({ kind: "abort", ...BY });
    assert.doesNotMatch(text(), / set /);
    story.settle();
    assert.equal(story.state.outcome?.outcome, "rolled-back");
    assert.match(text(), /us-east-1 .* 0 %/);
    assert.doesNotMatch(text(), / set /);
  });

  it("says how to approve on the same journal, in lines that a shell takes as one", () => {
    const before = { approvals: ["captain"], checklist: ["tests have passed"] };
    const story = new Story({
      ...planned({ before }, { approvers: { captain: ["grace"] } }),
      allowedSigners: "signers",
    });
    story.settle();
    const lines = statusText(story.state, story.now, { ...place, journal: "kept", rehearsal: "work" }).split("\n");
    assert.ok(lines.every((line) => line.length <= 80));
    const command = lines.slice(lines.findIndex((line) => line.startsWith("  cutover rollout approve")));
    assert.equal(
      command.join("\n").replaceAll(/ \\\n */g, " "),
      "  cutover rollout approve --stack the-routers --journal kept --rehearsal work --role captain " +
        `--digest ${story.state.digest.slice(0, 12)} --key ~/.ssh/id_ed25519`,
    );
  });
});

describe("ticks that pass several stages", () => {
  /** A controller that passes three stages, and then waits. */
  const controller = () => {
    const story = new Story(planned());
    const names = ["deploy", "shift-10", "shift-50"];
    let passed = 0;
    return {
      get state() {
        const index = story.plan.stages.findIndex(({ name }) => name === names[passed]);
        return { ...story.state, index };
      },
      tick: async () => {
        passed += 1;
        return passed < names.length ? { more: true as const } : { more: false as const, why: "samples" };
      },
      settle: async () => undefined,
    } satisfies Pick<Controller, "state" | "tick" | "settle">;
  };
  const said = async (isTTY: boolean) => {
    const lines: string[] = [];
    const write = (text: string) => lines.push(text) > 0;
    await tickOn(controller(), new AbortController().signal, { isTTY, write: write });
    return lines;
  };

  it("say each on a terminal, before it is done", async () => {
    assert.deepEqual(await said(true), [
      "in progress: deploy …\n",
      "in progress: shift-10 …\n",
      "in progress: shift-50 …\n",
    ]);
  });

  it("say nothing in a pipe", async () => {
    assert.deepEqual(await said(false), []);
  });
});
