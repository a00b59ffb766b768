import * as fs from "node:fs";
import type { Command } from "commander";
import type { ApprovalRequest } from "../../rollout/approval/identify";
import { sign } from "../../rollout/approval/signature";
import { approvalText, termsIn, type ApprovalTerms } from "../../rollout/approval/text";
import type { State } from "../../rollout/core/state";
import { ConfigError, EngineError } from "../../rollout/engine";
import { approvable } from "../../rollout/requests";
import type { ExitCode } from "../exit";
import { deliver } from "./ask";
import { byOption, rolloutOptions, type RolloutOptions } from "./options";

interface ApproveOptions extends RolloutOptions {
  by: string;
  role: string;
  digest?: string;
  stage?: string;
  key?: string;
  signature?: string;
  text?: true;
  tokenFrom?: string;
}

/** Adds `approve`. */
export function registerApprove(rollout: Command, end: (code: ExitCode) => void): void {
  rolloutOptions(rollout.command("approve").description("approve a stage in a role"))
    .addOption(byOption())
    .requiredOption("--role <name>", "the role, of cutover:rollout.approvers")
    .option(
      "--digest <hex>",
      "digest of the plan that is approved, as `status` shows it: its first 12 characters at least; a text that was signed names it itself",
    )
    .option("--stage <name>", "the stage; the next one that needs the role unless it is named")
    .option("--key <file>", "sign with this SSH key: a private one, or the public one of a key that an agent holds")
    .option("--text", "print the text that is to be signed, and approve nothing")
    .option("--signature <file>", "take a signature made elsewhere: FILE.sig, beside the FILE with the text")
    .option("--token-from <variable>", "environment variable with a token of OpenID Connect: for pipelines")
    .addHelpText(
      "after",
      `
Signed elsewhere, such as on a machine that keeps the key:
  cutover rollout approve --stack production --role owner --digest HEX --text > approval
  ssh-keygen -Y sign -n cutover-approval -f ~/.ssh/id_ed25519 approval
  cutover rollout approve --stack production --role owner --signature approval.sig`,
    )
    .action(async (options: ApproveOptions) =>
      end(await deliver(options, (state, now) => approval(state, options, now))),
    );
}

async function approval(state: State, options: ApproveOptions, now: number): Promise<ApprovalRequest | undefined> {
  const { role, by: person, key, signature, text, tokenFrom, digest } = options;
  if ([key, signature, text, tokenFrom].filter((each) => each !== undefined).length > 1) {
    throw new ConfigError("one of --key, --signature, --text and --token-from is possible at a time");
  }
  if (signature !== undefined) {
    return { kind: "approve", person, ...signedElsewhere(state, role, signature) };
  }
  if (digest === undefined) {
    throw new ConfigError("--digest is needed: the plan that is approved, as `cutover rollout status` shows it");
  }
  const asked = { role, digest, ...(options.stage === undefined ? {} : { stage: options.stage }) };
  if (tokenFrom !== undefined) {
    const token = process.env[tokenFrom];
    if (token === undefined) {
      throw new ConfigError(`--token-from names ${tokenFrom}, and the environment has no such variable`);
    }
    return { kind: "approve", person, ...asked, token };
  }
  if (key === undefined && text === undefined) {
    return { kind: "approve", person, ...asked };
  }
  const stage = approvable(state, asked, now);
  const expires = now + 1000 * state.plan.approvalValidSeconds;
  const terms: ApprovalTerms = { rollout: state.id, stage, role, digest: state.digest, expires };
  if (key === undefined) {
    process.stdout.write(approvalText(terms));
    return undefined;
  }
  const signed = await sign(approvalText(terms), key);
  return { kind: "approve", person, role, stage, digest: state.digest, expires, signature: signed };
}

/** An approval of which text and signature come in files. */
function signedElsewhere(state: State, role: string, file: string): Omit<ApprovalRequest, "kind" | "person"> {
  const name = /^(.+)\.sig$/.exec(file)?.[1];
  if (name === undefined) {
    throw new ConfigError(`--signature takes a file FILE.sig, as ssh-keygen writes it beside FILE; got ${file}`);
  }
  const { rollout, ...terms } = termsIn(contentOf(name));
  if (rollout !== state.id || terms.role !== role) {
    throw new EngineError(
      `${name} approves rollout ${rollout} as ${terms.role}, and rollout ${state.id} is to be approved as ${role}`,
    );
  }
  return { ...terms, signature: contentOf(file) };
}

function contentOf(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
