import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cutover } from "./command";

const ESCAPE = /\u001b\[/;
const longest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

describe("the command line", function () {
  this.timeout(60_000);
  let empty: string;
  before(() => {
    empty = mkdtempSync(join(tmpdir(), "cutover-empty-"));
  });
  after(() => rmSync(empty, { recursive: true }));

  it("explains itself with --help: commands, examples, exit codes, in 80 columns", async () => {
    const { code, stdout, stderr } = await cutover(["--help"]);
    assert.equal(code, 0);
    assert.equal(stderr, "");
    for (const word of [
      "rehearse",
      "preview",
      "up",
      "destroy",
      "outputs",
      "export",
      "Examples:",
      "Exit codes: 0 done, 1",
      "3 the release holds, 4 it went back",
      "NO_COLOR",
    ]) {
      assert.ok(stdout.includes(word), word);
    }
    assert.ok(longest(stdout) <= 80, `${longest(stdout)} columns`);
    assert.doesNotMatch(stdout, ESCAPE);
    const preview = await cutover(["preview", "--help"]);
    assert.match(preview.stdout, /--set <path=value>/);
    assert.ok(longest(preview.stdout) <= 80);
  });

  for (const [what, args, message] of [
    ["no command", [], /Usage: cutover/],
    ["an unknown command", ["deploy"], /unknown command 'deploy'/],
    ["an unknown option", ["preview", "--stack", "production", "--yes"], /unknown option '--yes'/],
    ["no stack", ["preview"], /required option '-s, --stack <name>' not specified/],
    ["an up without a state", ["up", "--stack", "production"], /required option '--state <dir>' not specified/],
    [
      "a destroy without a state",
      ["destroy", "--stack", "production"],
      /required option '--state <dir>' not specified/,
    ],
    [
      "a --set without a value",
      ["preview", "--stack", "production", "--set", "traffic.green"],
      /PATH=VALUE is needed, such as traffic\.green=10; got "traffic\.green"/,
    ],
    ["a --set without a path", ["preview", "--stack", "production", "--set", "=10"], /PATH=VALUE is needed/],
    [
      "a --set that is no YAML",
      ["preview", "--stack", "production", "--set", "traffic={green: 1"],
      /the value of traffic is no YAML/,
    ],
    [
      "a --set with a path that cannot be followed",
      ["preview", "--stack", "production", "--set", "active.x=1"],
      /--set active\.x=1: "x" needs a map, and there is "blue"/,
    ],
    [
      "a --set past the end of a list",
      ["preview", "--stack", "production", "--set", "layers[7]=x"],
      /\[7\] is outside of the list/,
    ],
    [
      "a stack that has no file",
      ["preview", "--stack", "nowhere"],
      /unknown stack "nowhere"; stacks: .*production, production-application, production-platform/,
    ],
    ["a stack's name with a path in it", ["preview", "--stack", "../production"], /unknown stack "\.\.\/production"/],
    ["an empty folder of states", ["up", "--stack", "production", "--state", ""], /is a variable unset\?/],
    [
      "an empty folder of a rehearsal",
      ["rollout", "status", "--stack", "production", "--rehearsal", ""],
      /is a variable unset\?/,
    ],
    [
      "an empty place of the journals",
      ["rollout", "status", "--stack", "production", "--journal", ""],
      /is a variable unset\?/,
    ],
    ["a rehearsal of no stack", ["rehearse"], /which stack\?/],
    [
      "a fault at a stage that there is not",
      ["rehearse", "--stack", "production", "--fault", "candidate-errors@nostage"],
      /no stage "nostage" in this rehearsal; allowed: /,
    ],
    [
      "a rehearsal of a stack without a plan",
      ["rehearse", "--stack", "production-platform"],
      /has no plan of a rollout: cutover:rollout is needed/,
    ],
  ] as const) {
    it(`ends with 2 for ${what}, and says so on standard error only`, async () => {
      const { code, stdout, stderr } = await cutover(args);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n {4}at |unexpected error/);
      assert.equal(stdout, "");
      assert.equal(code, 2);
    });
  }

  it("ends with 2 outside of a project, and says where to go", async () => {
    const { code, stderr } = await cutover(["preview", "--stack", "production"], { cwd: empty });
    assert.match(stderr, /there is no Pulumi\.yaml in .*: run the command in the project's directory/);
    assert.equal(code, 2);
  });

  it("ends with 1 for a stack that is read and not there, and names the command that brings it up", async () => {
    const { code, stderr } = await cutover(["up", "--stack", "production", "--state", empty]);
    assert.equal(code, 1);
    assert.ok(stderr.includes(`\`cutover up --stack production-platform --state ${empty}\``), stderr);
    assert.deepEqual(readdirSync(empty), [], "nothing is written");
  });

  it("ends with 1 for outputs and an export of a stack that was never brought up", async () => {
    for (const [args, env] of [
      [["outputs"], {}],
      [["export"], { PULUMI_CONFIG_PASSPHRASE: "correct horse" }],
    ] as const) {
      const { code, stderr } = await cutover([...args, "--stack", "production", "--state", empty], { env });
      assert.equal(code, 1);
      assert.match(stderr, /stack production is not there: bring it up with `cutover up --stack production --state /);
    }
  });
});
