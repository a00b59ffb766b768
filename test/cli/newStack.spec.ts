import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { PROJECT } from "../stacks/production";
import { cutover } from "./command";

const PAGE = readFileSync(join(PROJECT, "docs/new-stack.md"), "utf8");

/** What stands between fences of a language, in order. */
function blocks(language: string): string[] {
  return [...PAGE.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, of, text]) => (of === language ? [text!] : []));
}

describe("the page about a new deployment", function () {
  this.timeout(300_000);
  let project: string;
  before(() => {
    project = mkdtempSync(join(tmpdir(), "cutover-new-stack-"));
    writeFileSync(join(project, "Pulumi.library.yaml"), blocks("yaml").join(""));
    writeFileSync(
      join(project, "Pulumi.yaml"),
      stringify({
        name: "cutover",
        runtime: "nodejs",
        main: join(PROJECT, "index.ts"),
        config: { "pulumi:disable-default-providers": { value: ["*"] } },
      }),
    );
  });
  after(() => rmSync(project, { recursive: true }));

  const commands = blocks("sh").join("").trim().split("\n");
  it("has the commands that need no cloud", () => {
    assert.deepEqual(
      commands.map((command) => command.split(" ")[2]),
      ["preview", "check", "rehearse", "rehearse", "cost"],
    );
  });

  for (const command of commands) {
    it(`is true: ${command}`, async () => {
      const { code, stdout, stderr } = await cutover(command.split(" ").slice(2), { cwd: project });
      const rolledBack = command.includes("--fault");
      assert.equal(code, rolledBack ? 4 : 0, stdout + stderr);
      if (command.includes("rehearse")) {
        assert.match(stdout, rolledBack ? /^rolled-back: .*error-rate/m : /^promoted: 1\.1\.0 serves everybody$/m);
      }
    });
  }

  it("says of each part that is left out what is missing", async () => {
    const [first] = blocks("yaml");
    writeFileSync(join(project, "Pulumi.begun.yaml"), first!);
    const { code, stderr } = await cutover(["preview", "--stack", "begun"], { cwd: project });
    assert.equal(code, 2);
    for (const section of ["vault", "database", "entry", "releases", "workloads", "routers.gateway", "cost.cluster"]) {
      assert.match(stderr, new RegExp(`^ {2}cutover:${section}$`, "m"));
    }
  });
});
