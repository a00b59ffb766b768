import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { approvalText } from "../../rollout/approval/text";
import type { JournalRecord, RecordBody } from "../../rollout/core/records";
import { folderJournal, thisHolder } from "../../rollout/journal";
import { encodeRecord } from "../../rollout/journal/line";
import { digestOf } from "../../rollout/plan";
import { verify, witnessIn, witnessOf, type Problem, type Witness } from "../../rollout/verify";
import { Keys } from "./approval/keys";
import { temporaryFolder } from "./journal/support/folder";
import { FINISHED, stageBegun } from "./journal/support/script";
import { planned } from "./support/plans";
import { BEGIN, STARTER } from "./support/story";

const GRACE = "grace@example.org";
const HEDY = "hedy@example.org";
const HOUR = 3_600_000;

describe("the verification of a journal", function () {
  this.timeout(60_000);
  const where = temporaryFolder();
  const keys = new Keys();
  const plan = {
    ...planned(
      { before: { approvals: ["captain"], checklist: [] }, steps: [{ share: 100 }] },
      { approvers: { captain: [GRACE, HEDY, STARTER] } },
    ),
    allowedSigners: keys.signers.name,
  };
  const digest = digestOf(plan);
  const started: RecordBody = { type: "started", plan, digest, by: STARTER, routers: [] };

  beforeEach(() => keys.allow([GRACE, GRACE], [HEDY, HEDY]));
  after(() => keys.remove());

  const journal = () => folderJournal(where.path, "the-routers", () => BEGIN);
  const fileOf = (rollout: number) => path.join(where.path, "the-routers", `rollout-000${rollout}.jsonl`);
  const check = (...witnesses: Witness[]) => verify(journal(), keys.folder, witnesses);
  const problems = async (...witnesses: Witness[]) => {
    const { ok, problems: found } = await check(...witnesses);
    assert.equal(ok, found.length === 0);
    return found;
  };
  const only = async (
    kind: Problem["kind"],
    rollout: string,
    record: number,
    text: RegExp,
    ...witnesses: Witness[]
  ) => {
    const [found, ...more] = await problems(...witnesses);
    assert.deepEqual([found?.kind, found?.rollout, found?.record, more], [kind, rollout, record, []], found?.problem);
    assert.match(found!.problem, text);
  };

  /** An approval as the controller records it. */
  function approved(
    more: Partial<Extract<RecordBody, { type: "approved" }>> = {},
    by = GRACE,
    rollout = 2,
  ): RecordBody {
    const body = { role: "captain", person: by, stage: "go-no-go", digest, expires: BEGIN + HOUR, ...more };
    const { role, stage, expires } = body;
    const text = approvalText({ rollout: `the-routers-${rollout}`, stage, role, digest: body.digest, expires });
    return { type: "approved", signature: keys.sign(by, text), ...body };
  }

  /** Two rollouts, an approval in each. @returns the records of the second. */
  async function written(second: RecordBody = approved()): Promise<JournalRecord[]> {
    const kept = journal();
    const lease = await kept.acquire(thisHolder("ada"), 60);
    await kept.begin(lease, BEGIN, started);
    await kept.append(lease, BEGIN, approved({}, GRACE, 1));
    await kept.append(lease, BEGIN, FINISHED);
    await kept.begin(lease, BEGIN, started);
    await kept.append(lease, BEGIN, second);
    await kept.append(lease, BEGIN, stageBegun("go-no-go"));
    await kept.append(lease, BEGIN, stageBegun("deploy"));
    return kept.read("the-routers-2");
  }

  const headOf = ({ sequence, hash }: JournalRecord) => witnessOf(`the-routers-2/${sequence}:${hash}`);

  /** Writes a rollout anew as somebody would who can compute hashes. */
  function recompute(records: readonly JournalRecord[], change: (record: JournalRecord) => JournalRecord): void {
    const [header] = fs.readFileSync(fileOf(2), "utf8").split("\n");
    let previous = records[0]!.previous;
    const lines = records.map((record) => {
      const { sequence, at, fence, previous: _, hash: __, ...body } = change(record);
      const line = encodeRecord(body, at, { sequence, fence, previous });
      previous = line.slice(-66, -2);
      return line;
    });
    fs.writeFileSync(fileOf(2), `${[header, ...lines].join("\n")}\n`);
  }

  const beat = (record: JournalRecord) =>
    witnessIn({
      time: "2027-01-12T15:00:00.000Z",
      due: "2027-01-12T15:01:00.000Z",
      rollout: "the-routers-2",
      state: "watching",
      head: record.hash,
      record: record.sequence,
    });

  it("finds nothing wrong with what the controller wrote, and says what was checked", async () => {
    const records = await written();
    const heads = [...records.map(headOf), beat(records[3]!), witnessOf(records[1]!.hash)];
    assert.deepEqual(await check(...heads), {
      ok: true,
      rollouts: 2,
      records: 7,
      approvals: { signed: 2, byToken: 0, unsigned: 0 },
      problems: [],
    });
  });

  it("finds nothing wrong with no journal", async () => {
    assert.equal((await check()).ok, true);
  });

  it("names the record of which a byte was altered", async () => {
    await written();
    const text = fs.readFileSync(fileOf(2), "utf8");
    fs.writeFileSync(fileOf(2), text.replace('"stage":"deploy"', '"stage":"deploX"'));
    await only(
      "altered",
      "the-routers-2",
      4,
      /record 4 of the journal .* its content does not match its hash: it was changed/,
    );
  });

  it("names the record that somebody replaced in the middle, with a hash of its own", async () => {
    const records = await written();
    const lines = fs.readFileSync(fileOf(2), "utf8").split("\n");
    const { sequence, fence, previous } = records[2]!;
    lines[3] = encodeRecord(stageBegun("smoke"), BEGIN, { sequence, fence, previous });
    fs.writeFileSync(fileOf(2), lines.join("\n"));
    await only("altered", "the-routers-2", 4, /does not follow record 3: that one was changed or replaced/);
  });

  it("finds a chain that was computed anew by a head that was published, and names the record", async () => {
    const records = await written();
    recompute(records, (record) => (record.type === "stage-begun" ? { ...record, attempt: 2 } : record));
    assert.deepEqual(await problems(), [], "the chain alone cannot tell");
    await only("recomputed", "the-routers-2", 3, /record 3 .* the chain computed anew/, headOf(records[2]!));
    await only("recomputed", "the-routers-2", 4, /in the heartbeat of 2027/, beat(records[3]!));
    assert.deepEqual(await problems(headOf(records[1]!)), [], "what was before is what it was");
    const [unmatched] = await problems(witnessOf(records[3]!.hash));
    assert.equal(unmatched!.kind, "unmatched");
    assert.match(unmatched!.problem, /is not in it: records were computed anew, or cut off/);
  });

  it("finds that the end was cut off between two records, by the heartbeat or a published head", async () => {
    const records = await written();
    const lines = fs.readFileSync(fileOf(2), "utf8").split("\n");
    fs.writeFileSync(fileOf(2), `${lines.slice(0, 3).join("\n")}\n`);
    assert.deepEqual(await problems(), [], "the chain alone cannot tell");
    await only(
      "truncated",
      "the-routers-2",
      3,
      /had 4 records by the heartbeat.*ends with record 2/,
      beat(records[3]!),
    );
    await only("truncated", "the-routers-2", 3, /had 3 records by a head that was published/, headOf(records[2]!));
    fs.rmSync(fileOf(2));
    await only("truncated", "the-routers-2", 1, /had 4 records .* and is not there/, beat(records[3]!));
  });

  it("finds that the end of an earlier rollout was cut off, without any head", async () => {
    await written();
    const lines = fs.readFileSync(fileOf(1), "utf8").split("\n");
    fs.writeFileSync(fileOf(1), `${lines.slice(0, 3).join("\n")}\n`);
    await only("altered", "the-routers-2", 1, /does not follow the last record of the rollout before/);
  });

  it("checks signatures against the keys that are allowed today, at the time of the approval", async () => {
    await written();
    keys.allow([HEDY, HEDY]);
    const found = await problems();
    assert.deepEqual(
      found.map(({ kind, rollout, record }) => [kind, rollout, record]),
      [
        ["approval", "the-routers-1", 2],
        ["approval", "the-routers-2", 2],
      ],
    );
    assert.match(
      found[0]!.problem,
      /the approval of go-no-go as captain by grace@example.org: it is signed with ED25519 key SHA256:\S+, which allowed_signers does not allow: it is unknown, or was revoked/,
    );
    keys.allow([GRACE, GRACE, 'valid-after="20270112145959",valid-before="20270112150001"'], [HEDY, HEDY]);
    assert.deepEqual(await problems(), [], "a key that was valid then, and only then");
  });

  const forgeries: [string, () => RecordBody, RegExp][] = [
    ["that is not signed", () => unsigned(), /it is not signed, and the plan asks for that/],
    ["of the rollout before, sent again", () => approved({}, GRACE, 1), /the signature is none of this approval/],
    ["of another plan", () => approved({ digest: "0".repeat(64) }), /it names plan 0{64}, and the rollout began with/],
    ["by another person than it names", () => approved({ person: HEDY }), /it is signed by grace@example.org/],
    ["by who started it", () => approved({}, STARTER), /the same person started the rollout/],
    ["by somebody without the role", () => approved({}, "eve@example.org"), /the plan allows grace@example.org, /],
    ["of a stage that needs none", () => approved({ stage: "deploy" }), /no stage of the plan needs it/],
    ["that had expired", () => approved({ expires: BEGIN }), /too early or too late/],
    ["that counts too long", () => approved({ expires: BEGIN + 24 * HOUR + 1 }), /too early or too late/],
    ["by a token that the plan does not trust", () => byToken("https://elsewhere.example.org"), /the plan trusts none/],
    ["with a signature that was altered", () => approved({ signature: "yes" }), /the signature is none of this/],
  ];
  function byToken(issuer: string): RecordBody {
    const { unsigned: _, ...body } = unsigned() as Extract<RecordBody, { type: "approved" }>;
    return { ...body, oidc: { issuer } };
  }
  function unsigned(): RecordBody {
    const { signature: _, ...body } = approved() as Extract<RecordBody, { type: "approved" }>;
    return { ...body, unsigned: true };
  }
  for (const [what, forge, text] of forgeries) {
    it(`names the record of an approval ${what}, though the chain is whole`, async () => {
      await written(forge());
      await only("approval", "the-routers-2", 2, text);
    });
  }

  it("counts approvals that nobody signed, where the plan asks for no signature", async () => {
    const { allowedSigners: _, ...loose } = plan;
    const kept = journal();
    const lease = await kept.acquire(thisHolder("ada"), 60);
    await kept.begin(lease, BEGIN, { ...started, plan: loose, digest: digestOf(loose) });
    await kept.append(lease, BEGIN, { ...unsigned(), digest: digestOf(loose) } as RecordBody);
    assert.deepEqual((await check()).approvals, { signed: 0, byToken: 0, unsigned: 1 });
    assert.deepEqual(await problems(), []);
  });

  it("refuses what is no head", () => {
    for (const text of ["", "abc", "the-routers-2/0:".padEnd(80, "a"), "F".repeat(64), `4:${"a".repeat(64)}`]) {
      assert.throws(() => witnessOf(text), /is no head of a journal/);
    }
  });
});
