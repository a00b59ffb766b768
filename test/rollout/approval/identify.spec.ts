import assert from "node:assert/strict";
import fc from "fast-check";
import { identified, type ApprovalRequest } from "../../../rollout/approval/identify";
import { sign } from "../../../rollout/approval/signature";
import { approvalText, termsIn, type ApprovalTerms } from "../../../rollout/approval/text";
import { EngineError } from "../../../rollout/engine";
import { planned } from "../support/plans";
import { BEGIN, STARTER, Story } from "../support/story";
import { Keys } from "./keys";

const GRACE = "grace@example.org";
const HEDY = "hedy@example.org";
const HOUR = 3_600_000;

describe("the text of an approval", () => {
  const terms: ApprovalTerms = {
    rollout: "production-7",
    stage: "shift-50",
    role: "owner",
    digest: "ab".repeat(32),
    expires: BEGIN,
  };

  it("says everything that is approved, in one way", () => {
    assert.equal(
      approvalText(terms),
      `{"cutoverApproval":1,"digest":"${"ab".repeat(32)}","expires":"2027-01-12T15:00:00.000Z","role":"owner","rollout":"production-7","stage":"shift-50"}\n`,
    );
  });

  it("is read back to what it was made of, and two that differ have two texts", () => {
    const any = fc.record({
      rollout: fc.string(),
      stage: fc.string(),
      role: fc.string(),
      digest: fc.string(),
      expires: fc.integer({ min: 0, max: Date.UTC(9999) }),
    });
    fc.assert(fc.property(any, (each) => assert.deepEqual(termsIn(approvalText(each)), { ...each })));
  });

  it("is refused when it is written otherwise, though it says the same", () => {
    const text = approvalText(terms);
    for (const other of ["", text.trim(), ` ${text}`, text.replace(",", ", "), text.replace("}", ',"more":1}')]) {
      assert.throws(() => termsIn(other), /no approval, or was changed after it was printed/);
    }
  });
});

describe("a signed approval", function () {
  this.timeout(60_000);
  const keys = new Keys();
  let story: Story;

  before(() => keys.allow([GRACE, GRACE], [HEDY, HEDY], [STARTER, STARTER]));
  after(() => keys.remove());
  beforeEach(() => {
    story = told();
  });

  const told = (release?: string) =>
    new Story({
      ...planned(
        {
          before: { approvals: ["captain"], checklist: ["tests have passed"] },
          steps: [
            { share: 10, soak: "5m" },
            { share: 50, soak: "5m", approvals: ["captain", "owner"] },
            { share: 100 },
          ],
        },
        { approvers: { captain: [GRACE, STARTER], owner: [GRACE, HEDY] } },
      ),
      allowedSigners: keys.signers.name,
      ...(release === undefined ? {} : { release }),
    });
  const terms = (more: Partial<ApprovalTerms> = {}): ApprovalTerms => ({
    rollout: story.state.id,
    stage: "go-no-go",
    role: "captain",
    digest: story.state.digest,
    expires: BEGIN + HOUR,
    ...more,
  });
  const request = (signature: string | undefined, more: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
    kind: "approve",
    role: "captain",
    person: "somebody",
    digest: story.state.digest,
    expires: BEGIN + HOUR,
    ...(signature === undefined ? {} : { signature }),
    ...more,
  });
  const identify = (asked: ApprovalRequest, from = keys) => identified(story.state, asked, from.folder, story.now);
  const refused = (asked: ApprovalRequest, message: RegExp) =>
    assert.rejects(identify(asked), (error: Error) => {
      assert(error instanceof EngineError, error.stack);
      assert.match(error.message, message);
      return true;
    });

  it("is by who signed it, whatever name it came with, and lets its stage begin", async () => {
    const signature = await sign(approvalText(terms()), keys.of(GRACE));
    const proven = await identify(request(signature));
    assert.equal(proven.person, GRACE);
    assert.equal(proven.stage, "go-no-go");
    story.ask(proven);
    const record = story.records.at(-1)!;
    assert(record.type === "approved");
    assert.deepEqual([record.person, record.expires, record.unsigned], [GRACE, BEGIN + HOUR, undefined]);
    assert.equal(record.signature, signature);
    assert(!JSON.stringify(record).includes("PRIVATE"));
    story.settle();
    assert.equal(story.stage, "shift-10");
  });

  it("is needed where the plan names allowed signers", async () => {
    await refused(request(undefined), /takes signed approvals only: .*--key ~\/.ssh\/id_ed25519` gives one/);
    await refused(request(keys.sign(GRACE, approvalText(terms())), { expires: undefined! }), /takes no signature/);
  });

  it("is refused where nobody would check it; what is not signed is recorded as that", async () => {
    const { allowedSigners: _, ...plan } = story.plan;
    story = new Story(plan);
    await refused(
      request("signed"),
      /takes no signature, and nobody would check it: set cutover:rollout.allowedSigners/,
    );
    await refused(
      request(undefined, { token: "x" }),
      /takes no token, and nobody would check it: set cutover:rollout.oidc/,
    );
    const smuggled = { ...request(undefined, { person: GRACE }), oidc: { issuer: "https://ci.example.org" } };
    story.ask(await identify(smuggled));
    const record = story.records.at(-1)!;
    assert(record.type === "approved" && record.unsigned === true && record.signature === undefined);
  });

  for (const [what, more] of [
    ["rollout", { rollout: "the-routers-2" }],
    ["stage", { stage: "shift-50" }],
    ["role", { role: "owner" }],
    ["plan", { digest: "0".repeat(64) }],
    ["time", { expires: BEGIN + HOUR + 1 }],
  ] as const) {
    it(`is refused when it was signed for another ${what}`, async () => {
      await refused(request(keys.sign(GRACE, approvalText(terms(more)))), /the signature is none of this approval/);
    });
  }

  it("is refused when another plan's is sent again for this one", async () => {
    const other = told("9.9.9");
    const text = approvalText({ ...terms(), digest: other.state.digest });
    await refused(request(keys.sign(GRACE, text)), /is none of this approval: it was changed, or made for another/);
    await refused(request(keys.sign(GRACE, text), { digest: other.state.digest }), /the approval names plan/);
  });

  it("is refused when it was signed for something else than approvals", async () => {
    for (const namespace of ["git", "file", "cutover-approvals"]) {
      await refused(request(keys.sign(GRACE, approvalText(terms()), namespace)), /namespace does not match/);
    }
  });

  it("is refused when the signature was forged, altered or is none", async () => {
    const good = keys.sign(GRACE, approvalText(terms()));
    const lines = good.split("\n");
    const altered = lines.map((line, at) => (at === 4 ? `${line[0] === "A" ? "B" : "A"}${line.slice(1)}` : line));
    const parts = (text: string) => Buffer.from(text.replace(/-----.*-----|\n/g, ""), "base64");
    // The key of Grace with what Hedy signed.
    const forged = Buffer.concat([
      parts(good).subarray(0, -64),
      parts(keys.sign(HEDY, approvalText(terms()))).subarray(-64),
    ]);
    for (const signature of [
      altered.join("\n"),
      `-----BEGIN SSH SIGNATURE-----\n${forged.toString("base64")}\n-----END SSH SIGNATURE-----\n`,
      "",
      "yes",
    ]) {
      await refused(request(signature), /the signature is none of this approval/);
    }
    await refused(request("x".repeat(40_000)), /one of OpenSSH has 32768 at most/);
  });

  it("is refused when the key is unknown, and names it", async () => {
    await refused(
      request(keys.sign("eve@example.org", approvalText(terms()))),
      /signed with ED25519 key SHA256:\S+, which allowed_signers does not allow: it is unknown, or was revoked/,
    );
  });

  it("is refused of who has not that role", async () => {
    await refused(
      request(keys.sign(HEDY, approvalText(terms()))),
      /key SHA256:\S+ of hedy@example.org, who may not approve as captain; allowed: grace@example.org/,
    );
  });

  it("is refused of who started the rollout, under whatever name", async () => {
    await refused(request(keys.sign(STARTER, approvalText(terms()))), /of ada@example.org, who started rollout/);
    const more = new Keys();
    try {
      more.allow([`${GRACE},${STARTER}`, "shared"]);
      const shared = more.sign("shared", approvalText(terms()));
      await assert.rejects(identify(request(shared), more), /who started rollout/);
      more.allow([GRACE, "shared"], [STARTER, "shared"]);
      await assert.rejects(identify(request(shared), more), /who started rollout/);
      more.allow(["*@example.org", "shared"]);
      await assert.rejects(identify(request(shared), more), /who started rollout/);
    } finally {
      more.remove();
    }
  });

  it("is refused when its key is allowed for other things only, or at another time", async () => {
    const more = new Keys();
    try {
      const signed = more.sign(GRACE, approvalText(terms()));
      more.allow([GRACE, GRACE, 'namespaces="git"']);
      await assert.rejects(identify(request(signed), more), /allows for other things only: namespaces=/);
      more.allow([GRACE, GRACE, 'namespaces="git,cutover-approval",valid-before="20270112160000"']);
      assert.equal((await identify(request(signed), more)).person, GRACE);
      more.allow([GRACE, GRACE, 'valid-before="20270112145959"']);
      await assert.rejects(identify(request(signed), more), /does not allow at that time/);
      more.allow([GRACE, GRACE, 'valid-after="20270112150001"']);
      await assert.rejects(identify(request(signed), more), /does not allow at that time/);
    } finally {
      more.remove();
    }
  });

  it("is refused once it has expired, and when it counts longer than config allows", async () => {
    const signed = (expires: number) => request(keys.sign(GRACE, approvalText(terms({ expires }))), { expires });
    const inTime = signed(BEGIN + HOUR);
    story.now = BEGIN + HOUR - 1;
    await identify(inTime);
    story.now = BEGIN + HOUR;
    await refused(inTime, /the approval expired at 2027-01-12T16:00:00.000Z: approve again/);
    story.now = BEGIN;
    await identify(signed(BEGIN + 24 * HOUR));
    await refused(signed(BEGIN + 24 * HOUR + 1), /counts until .* at most \(cutover:rollout.approvalValid\)/);
  });

  it("counts once: after a step back, the same one that is sent again is refused", async () => {
    const proven = await identify(request(keys.sign(GRACE, approvalText(terms()))));
    story.ask(proven);
    assert.throws(() => story.ask(proven), /this approval was taken up already/);
    const again = terms({ expires: BEGIN + HOUR + 1 });
    story.ask(await identify(request(keys.sign(GRACE, approvalText(again)), { expires: again.expires })));
  });
});
