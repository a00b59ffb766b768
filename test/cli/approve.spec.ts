import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../../rollout/plan";
import { folderJournal, thisHolder } from "../../rollout/journal";
import type { ApprovalRequest } from "../../rollout/approval/identify";
import { Keys } from "../rollout/approval/keys";
import { planned } from "../rollout/support/plans";
import { cutover } from "./command";

const GRACE = "grace@example.org";
const STACK = "the-routers";

describe("cutover rollout approve, with signatures", function () {
  this.timeout(120_000);
  const keys = new Keys();
  const project = keys.folder;
  const plan = {
    ...planned(
      { before: { approvals: ["captain"], checklist: ["Tests passed"] }, steps: [{ share: 100 }] },
      { approvers: { captain: [GRACE] } },
    ),
    allowedSigners: keys.signers.name,
  };
  const digest = digestOf(plan);
  const run = (...args: string[]) => cutover(["rollout", ...args, "--stack", STACK], { cwd: project });
  const approve = (...args: string[]) => run("approve", "--role", "captain", ...args);
  const inbox = join(project, ".cutover", STACK, "inbox");

  before(async () => {
    keys.allow([GRACE, GRACE]);
    // This process has the lease, as a controller would: what is asked waits for it.
    const journal = folderJournal(join(project, ".cutover"), STACK);
    const lease = await journal.acquire(thisHolder("ada"), 600);
    await journal.begin(lease, Date.now(), { type: "started", plan, digest, by: "ada@example.org", routers: [] });
  });
  after(() => keys.remove());

  const asked = () => {
    const [name, ...more] = readdirSync(inbox).filter((each) => each.endsWith(".json"));
    assert.deepEqual(more, []);
    const request = JSON.parse(readFileSync(join(inbox, name!), "utf8")) as ApprovalRequest;
    execFileSync("rm", [join(inbox, name!)]);
    return request;
  };

  it("signs with a key, and keeps the signature and who that is", async () => {
    const { code, stdout, stderr } = await approve("--digest", digest.slice(0, 12), "--key", keys.of(GRACE));
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Asked\. The controller that has the lease takes it up within seconds/);
    const { person, signature, stage, digest: of, expires } = asked();
    assert.equal(of, digest);
    assert.match(signature!, /^-----BEGIN SSH SIGNATURE-----\n/);
    assert.ok(expires! > Date.now());
    assert.equal(stage, "go-no-go");
    assert.equal(person, GRACE);
  });

  it("prints the text for a key that is elsewhere, and takes what was signed there", async () => {
    const text = await approve("--digest", digest, "--text");
    assert.equal(text.code, 0, text.stderr);
    assert.match(text.stdout, /^\{"cutoverApproval":1,.*"rollout":"the-routers-1","stage":"go-no-go"\}\n$/);
    const file = join(project, "approval");
    writeFileSync(file, text.stdout);
    execFileSync("ssh-keygen", ["-q", "-Y", "sign", "-n", "cutover-approval", "-f", keys.of(GRACE), file]);
    const { code, stderr } = await approve("--signature", `${file}.sig`);
    assert.equal(code, 0, stderr);
    assert.equal(asked().signature, readFileSync(`${file}.sig`, "utf8"));

    const bare = await approve("--signature", file);
    assert.equal(bare.code, 2);
    assert.match(bare.stderr, /takes a file FILE.sig, as ssh-keygen writes it/);
    appendFileSync(file, " ");
    assert.match((await approve("--signature", `${file}.sig`)).stderr, /was changed after it was printed/);
    writeFileSync(file, text.stdout.replace("the-routers-1", "the-routers-9"));
    const other = await approve("--signature", `${file}.sig`);
    assert.equal(other.code, 1);
    assert.match(other.stderr, /approves rollout the-routers-9 as captain, and rollout the-routers-1 is to be/);
  });

  it("refuses what is not signed, by whom it may not be, or with a key that is not there", async () => {
    const unsigned = await approve("--digest", digest, "--by", GRACE);
    assert.equal(unsigned.code, 1);
    assert.match(unsigned.stderr, /takes signed approvals only: .*--key/);
    const stranger = await approve("--digest", digest, "--by", GRACE, "--key", keys.of("eve@example.org"));
    assert.match(stranger.stderr, /SHA256:\S+, which allowed_signers does not allow/);
    const nowhere = await approve("--digest", digest, "--key", join(project, "nowhere"));
    assert.match(nowhere.stderr, /nothing was approved: ssh-keygen could not sign with/);
    const none = await approve("--key", keys.of(GRACE));
    assert.equal(none.code, 2);
    assert.match(none.stderr, /--digest is needed/);
    assert.deepEqual(readdirSync(inbox), []);
  });

  it("is what status says that it waits for", async () => {
    const { stdout } = await run("status");
    assert.match(
      stdout,
      /go-no-go waits for captain:\n {2}- Tests passed\n {2}cutover rollout approve [^]*--role captain/,
    );
    assert.match(stdout, /--key ~\/\.ssh\/id_ed25519/);
  });

  it("leaves a journal that verifies, or names the record that does not", async () => {
    const good = await run("verify");
    assert.equal(good.code, 0, good.stderr);
    assert.match(good.stdout, /✓ 1 record of 1 rollout: each follows the one before/);
    assert.match(good.stdout, /no published head was given/);
    const cut = await run("verify", "--head", `${STACK}-1/2:${"a".repeat(64)}`);
    assert.equal(cut.code, 1);
    assert.match(
      cut.stdout,
      /✗ truncated, record 2 of the-routers-1\n[^]*ends\s+with\s+record\s+1:\s+it\s+was\s+truncated/,
    );
    const file = join(project, ".cutover", STACK, "rollout-0001.jsonl");
    writeFileSync(file, readFileSync(file, "utf8").replace('"share":100', '"share":99'));
    const bad = await run("verify", "--json");
    assert.equal(bad.code, 1);
    const { ok, problems } = JSON.parse(bad.stdout) as { ok: boolean; problems: Record<string, unknown>[] };
    assert.equal(ok, false);
    assert.deepEqual(
      [problems[0]!["kind"], problems[0]!["rollout"], problems[0]!["record"]],
      ["altered", `${STACK}-1`, 1],
    );
  });
});
