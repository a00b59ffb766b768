import assert from "node:assert/strict";
import { recordOf, type Request } from "../../rollout/requests";
import { planned } from "./support/plans";
import { BEGIN, STARTER, Story } from "./support/story";

const GRACE = "grace@example.org";
const BY = { by: "bob@example.org", reason: "because" };
const told = () =>
  new Story(
    planned(
      {
        before: { approvals: ["captain"], checklist: ["tests have passed"] },
        steps: [{ share: 10, soak: "5m" }, { share: 50, soak: "5m", approvals: ["captain", "owner"] }, { share: 100 }],
      },
      { approvers: { captain: [GRACE, STARTER], owner: [GRACE, "hedy@example.org"] } },
    ),
  );
const approval = (story: Story, more: Partial<Request & { kind: "approve" }> = {}): Request => ({
  kind: "approve",
  role: "captain",
  person: GRACE,
  digest: story.state.digest,
  ...more,
});

describe("an approval", () => {
  it("lets its stage begin", () => {
    const story = told();
    assert.match(story.settle()!, /go-no-go waits for the approval of captain/);
    story.ask(approval(story));
    story.settle();
    assert.equal(story.stage, "shift-10");
  });

  it("is recorded with role, person, stage, the plan's digest and when it expires", () => {
    const story = told();
    assert.deepEqual(recordOf(story.state, approval(story, { signature: "signed" }), BEGIN), {
      type: "approved",
      role: "captain",
      person: GRACE,
      stage: "go-no-go",
      digest: story.state.digest,
      expires: BEGIN + 86_400_000,
      signature: "signed",
    });
  });

  it("is for one stage only", () => {
    const story = told();
    story.ask(approval(story));
    story.settle();
    story.tick(10);
    assert.match(story.settle()!, /shift-50 waits for the approval of captain, owner/);
  });

  it("is needed of each role", () => {
    const story = told().to("shift-50");
    story.ask(approval(story));
    assert.match(story.settle()!, /shift-50 waits for the approval of owner$/);
    story.ask(approval(story, { role: "owner", person: "hedy@example.org" }));
    story.settle();
    assert.equal(story.state.shares["us-east-1"], 50);
  });

  it("can be given ahead, for a stage by its name", () => {
    const story = told();
    story.ask(approval(story));
    for (const role of ["captain", "owner"]) {
      story.ask(approval(story, { role, stage: "shift-50" }));
    }
    story.settle();
    story.tick(10);
    assert.equal(story.state.shares["us-east-1"], 50);
  });

  it("counts until it expires, and not at that moment", () => {
    for (const [early, begun] of [
      [1, true],
      [0, false],
    ] as const) {
      const story = told();
      story.ask(approval(story));
      story.now = BEGIN + 86_400_000 - early;
      story.settle();
      assert.equal(story.stage === "shift-10", begun);
    }
  });

  const refusals: [string, Partial<Request & { kind: "approve" }>, RegExp][] = [
    [
      "of a role that nothing waits for",
      { role: "king" },
      /waits for no approval of king; it needs: captain \(go-no-go\)/,
    ],
    ["for a stage that does not need it", { stage: "shift-10" }, /waits for no approval of captain for shift-10/],
    ["for a stage that is not there", { stage: "shift-11" }, /waits for no approval of captain for shift-11/],
    ["of another plan", { digest: "0".repeat(64) }, /names plan 0{64}, and rollout the-routers-1 follows [0-9a-f]{64}/],
    ["without a digest", { digest: "" }, /names plan \(none\)/],
    [
      "by somebody who has not that role",
      { person: "eve@example.org" },
      /eve@example.org may not approve as captain; allowed: grace.*; --by or CUTOVER_BY says who you are$/,
    ],
    [
      "by who started it",
      { person: STARTER },
      /ada@example.org started rollout the-routers-1: somebody else approves it/,
    ],
  ];
  for (const [what, more, message] of refusals) {
    it(`is refused ${what}`, () => {
      const story = told();
      assert.throws(() => story.ask(approval(story, more)), message);
      assert.equal(story.records.length, 1);
    });
  }

  it("is refused with too little of the digest to tell one plan from another", () => {
    const story = told();
    assert.throws(() => story.ask(approval(story, { digest: story.state.digest.slice(0, 11) })), /approve what/);
    story.ask(approval(story, { digest: story.state.digest.slice(0, 12) }));
  });

  it("is refused for a stage that has passed", () => {
    const story = told().to("shift-10");
    assert.throws(() => story.ask(approval(story, { stage: "go-no-go" })), /waits for no approval/);
  });
});

describe("what people ask", () => {
  it("is refused once the rollout has ended", () => {
    const story = told();
    story.ask({ kind: "abort", ...BY });
    story.settle();
    for (const kind of ["hold", "resume", "promote", "abort"] as const) {
      assert.throws(() => story.ask({ kind, ...BY }), /has ended rolled-back: nothing of it can be changed any more/);
    }
    assert.throws(() => story.ask(approval(story)), /has ended/);
  });

  it("cannot promote what is not applied, nor what waits for an approval", () => {
    const story = told();
    story.settle();
    assert.throws(() => story.ask({ kind: "promote", ...BY }), /go-no-go of rollout the-routers-1 is not applied yet/);
  });

  it("cannot promote what is being applied", () => {
    const story = told().reach("deploy");
    story.perform(story.next());
    story.record({ type: "effect-begun", effect: { kind: "up", stage: "deploy", stack: "the-application" } });
    assert.throws(() => story.ask({ kind: "promote", ...BY }), /is not applied yet/);
  });

  it("names who promotes and why: that is the evidence", () => {
    const story = told().to("shift-10");
    story.ask({ kind: "promote", ...BY });
    assert.deepEqual(story.decision, {
      kind: "promote",
      stage: "shift-10",
      evidence: [{ rule: "promoted by bob@example.org: because", scope: "total", samples: 0 }],
      by: "bob@example.org",
    });
  });

  it("can end it from any point: before anything, while it waits, holds or watches", () => {
    for (const stage of ["go-no-go", "deploy", "smoke", "shift-10", "shift-50", "validate", "watch"]) {
      const story = told().to(stage);
      story.ask({ kind: "abort", ...BY });
      story.settle();
      assert.equal(story.state.outcome?.outcome, "rolled-back");
      assert.deepEqual(
        Object.values(story.state.shares).filter((share) => share > 0),
        [],
      );
    }
  });

  it("cannot send a signal that config does not have", () => {
    const story = told().to("shift-10");
    assert.throws(
      () => story.ask({ kind: "signal", signal: "nonsense", ...BY }),
      /knows no signal "nonsense"; allowed: none/,
    );
  });
});
