import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Page, text } from "../report/page";
import { cutover, type Ran } from "./command";
import { smallProject } from "./smallProject";

const QUICK = ["--set", "rollout.databaseChange=false", "--set", "rollout.plans.blue-green.steps=[{share: 100}]"];

describe("what the command draws and reports", function () {
  this.timeout(600_000);
  let project: string;
  const run = (...args: string[]): Promise<Ran> => cutover([...args, "--stack", "small"], { cwd: project });
  const at = (file: string) => join(project, file);
  before(() => {
    project = smallProject();
  });
  after(() => rmSync(project, { recursive: true }));

  it("is a page on a rehearsal, that says that it was one and what both colors cost", async () => {
    writeFileSync(at("report.html"), "an older one");
    const { code, stdout, stderr } = await run("rehearse", ...QUICK, "--report", "report.html");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /report: report\.html/);
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 80),
      [],
    );
    const page = new Page(readFileSync(at("report.html"), "utf8"));
    assert.deepEqual(page.errors, []);
    assert.equal(text(page.all("title")[0]!), "2.2.0 on small: promoted");
    assert.match(
      text(page.all("header")[0]!),
      /A rehearsal, in stand-in clouds .* Seed 1; nothing was made to go wrong/,
    );
    assert.match(page.table("At the hourly rates")[3]![1]!, /^\$\d+\.\d\d$/);
    assert.match(text(page.byId("metric-latency-p95-heading")), /^latency-p95, s$/);
  });

  it("is refused before anything is rehearsed when the file cannot be written", async () => {
    const missing = await run("rehearse", "--report", "nowhere/report.html");
    assert.equal(missing.code, 2);
    assert.equal(missing.stdout, "");
    assert.match(missing.stderr, /cannot write nowhere\/report\.html: .*name a file in a folder that is there/);
    const folder = await run("rehearse", "--report", ".");
    assert.equal(folder.code, 2);
    assert.match(folder.stderr, /cannot write \.: it is a folder/);
  });

  it("is a drawing of all layers in one stack", async () => {
    const { code, stdout, stderr } = await run("graph");
    assert.equal(code, 0, stderr);
    const page = new Page(stdout);
    const names = page.all("text").map(text);
    assert.deepEqual(
      names.filter((name) => /^us-\w+-\d$/.test(name)),
      ["us-east-1", "us-west-2"],
    );
    assert.equal(names.filter((name) => name === "routers").length, 2);
  });

  it("is a page on a rollout of the journal: the last, or the one that is named", async () => {
    const rollout = ["--rehearsal", "work", "--journal", "journals"];
    assert.equal((await run("up", "--state", "work")).code, 0);
    const none = await run("rollout", "report", ...rollout);
    assert.equal(none.code, 1);
    assert.match(none.stderr, /stack small has no rollout/);
    const started = await run("rollout", "start", ...rollout, "--by", "ada");
    assert.equal(started.code, 0, started.stderr);

    const printed = await run("rollout", "report", ...rollout);
    assert.equal(printed.code, 0, printed.stderr);
    const page = new Page(printed.stdout);
    assert.deepEqual(page.errors, []);
    assert.match(text(page.all("header")[0]!), /Rollout small-1, .* begun by ada/);

    const written = await run("rollout", "report", ...rollout, "--id", "small-1", "--output", "one.html");
    assert.equal(written.code, 0, written.stderr);
    assert.equal(written.stdout, "");
    assert.equal(readFileSync(at("one.html"), "utf8"), printed.stdout);

    const unknown = await run("rollout", "report", ...rollout, "--id", "small-7", "--output", "two.html");
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /no rollout small-7/);
    assert.ok(!existsSync(at("two.html")));
  });
});
