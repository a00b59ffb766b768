import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import { CliError, openCli } from "../../../rollout/engines/cli";

/** Says what it was given; `deaf` hears no SIGINT, `slow` hears the second one. */
const FAKE = `#!/bin/sh
case "$1" in
  version) echo v3.248.0 ;;
  deaf) trap "" INT; touch "$2"; while :; do sleep 0.05; done ;;
  slow) trap 'count=x$count; [ $count = xx ] && { echo told twice >&2; exit 9; }' INT; touch "$2"; while :; do sleep 0.05; done ;;
  fail) echo "error: no" >&2; exit 3 ;;
  *) echo "$@" "$EXTRA" ;;
esac
`;

type Runnable = PulumiCommand & {
  run(
    args: string[],
    cwd: string,
    env: Record<string, string>,
    out?: undefined,
    err?: undefined,
    signal?: AbortSignal,
  ): Promise<{ stdout: string }>;
};

(process.platform === "win32" ? describe.skip : describe)("the CLI as it is run", () => {
  const before = process.env["PATH"];
  let folder: string;
  let cli: Runnable;

  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "cutover-cli-"));
    fs.writeFileSync(path.join(folder, "pulumi"), FAKE, { mode: 0o755 });
    process.env["PATH"] = `${folder}:${before}`;
    cli = (await openCli({ cancel: 100, terminate: 100 })) as Runnable;
  });

  afterEach(() => {
    process.env["PATH"] = before;
    fs.rmSync(folder, { recursive: true });
  });

  const failure = async (run: Promise<unknown>): Promise<CliError> => {
    const error: unknown = await run.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof CliError, String(error));
    return error;
  };
  /** Runs something, and stops it once it has begun. */
  const stopped = async (what: string) => {
    const stop = new AbortController();
    const begun = path.join(folder, `${what}.begun`);
    const run = failure(cli.run([what, begun], folder, {}, undefined, undefined, stop.signal));
    while (!fs.existsSync(begun)) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    stop.abort();
    return run;
  };

  it("gets arguments and environment, and asks nobody anything", async () => {
    assert.equal((await cli.run(["up"], folder, { EXTRA: "more" })).stdout, "up --non-interactive more\n");
  });

  it("says why it failed", async () => {
    const { stderr, stopped: asked, killedBy } = await failure(cli.run(["fail"], folder, {}));
    assert.deepEqual([stderr, asked, killedBy], ["error: no\n", false, undefined]);
  });

  it("is told twice to end, and then made to", async () => {
    const told = await stopped("slow");
    assert.deepEqual([told.stderr, told.stopped, told.killedBy], ["told twice\n", true, undefined]);
    const made = await stopped("deaf");
    assert.deepEqual([made.stopped, made.killedBy], [true, "SIGKILL"]);
  });

  it("fails with the way to get it when it is not there, or too old", async () => {
    fs.writeFileSync(path.join(folder, "pulumi"), "#!/bin/sh\necho v3.1.0\n", { mode: 0o755 });
    await assert.rejects(openCli(), /cannot be used: Minimum version requirement failed.+npm install --global pulumi/);
    process.env["PATH"] = "/nowhere";
    await assert.rejects(openCli(), /there is no Pulumi CLI on the PATH\. Install it: npm install --global pulumi/);
  });
});
