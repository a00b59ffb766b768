import * as fs from "node:fs";
import * as path from "node:path";
import type { RolloutPlan } from "../core/plan";
import type { State } from "../core/state";
import { ConfigError, EngineError } from "../engine";
import { approvable, type Request } from "../requests";
import { isSignedBy, NAMESPACE, signerOf, type AllowedSigners } from "./signature";
import { approvalText, type ApprovalTerms } from "./text";

/** An approval that somebody asks to be taken up. */
export type ApprovalRequest = Extract<Request, { kind: "approve" }>;

/** The file of allowed signers that a plan names; undefined when its approvals are not signed. @param project - The project's folder. */
export function signersOf({ allowedSigners }: RolloutPlan, project: string): AllowedSigners | undefined {
  return allowedSigners === undefined
    ? undefined
    : { file: path.resolve(project, allowedSigners), name: allowedSigners };
}

/** @throws ConfigError when the file that a plan names is not there: nobody could approve. */
export function requireSigners(plan: RolloutPlan, project: string): void {
  const signers = signersOf(plan, project);
  if (signers !== undefined && !fs.existsSync(signers.file)) {
    throw new ConfigError(
      `cutover:rollout.allowedSigners names ${signers.name}, and there is no such file in ${project}: ` +
        "put a line there for each approver, an address and the public key (ALLOWED SIGNERS in ssh-keygen(1))",
    );
  }
}

/**
 * An approval with the person who really gave it: who signed it, where the plan asks for signatures. Whatever name it came
 * with is not looked at then.
 *
 * @param signers - @default - approvals are taken at their word
 * @throws EngineError when it is not signed as it must be, or by somebody who may not approve.
 */
export async function identified(
  state: State,
  request: ApprovalRequest,
  signers: AllowedSigners | undefined,
  now: number,
): Promise<ApprovalRequest> {
  const { signature, expires, role } = request;
  if (signers === undefined) {
    if (signature !== undefined) {
      throw new EngineError(
        `rollout ${state.id} takes approvals without signatures, and nobody would check this one: ` +
          "set cutover:rollout.allowedSigners before a rollout begins, or approve without --key and --signature",
      );
    }
    return request;
  }
  const stage = approvable(state, request, now);
  if (signature === undefined || expires === undefined) {
    throw new EngineError(
      `rollout ${state.id} takes signed approvals only (${signers.name}): \`cutover rollout approve --role ${role} ` +
        "--key ~/.ssh/id_ed25519` signs one",
    );
  }
  const terms = { rollout: state.id, stage, role, digest: state.digest, expires };
  const person = await personBehind(terms, signature, { plan: state.plan, by: state.by, signers, at: now });
  return { ...request, person, stage };
}

/**
 * The person who signed an approval, as the plan's approvers have it.
 *
 * @param by - Who started the rollout: a key of that person approves nothing.
 * @param at - When it was given, milliseconds since the epoch.
 * @throws EngineError that names the key.
 */
export async function personBehind(
  terms: ApprovalTerms,
  signature: string,
  { plan, by, signers, at }: { plan: RolloutPlan; by: string; signers: AllowedSigners; at: number },
): Promise<string> {
  const text = approvalText(terms);
  const { key, names } = await signerOf(text, signature, signers, at);
  const signedBy = (person: string) => isSignedBy(person, { text, signature, signers, at });
  if (names.includes(by) || (await signedBy(by))) {
    throw new EngineError(
      `it is signed with ${key} of ${by}, who started rollout ${terms.rollout}: somebody else approves it`,
    );
  }
  const approvers = plan.approvers[terms.role] ?? [];
  const person = names.find((name) => approvers.includes(name));
  if (person === undefined) {
    throw new EngineError(
      `it is signed with ${key} of ${names.join(", ")}, who may not approve as ${terms.role}; ` +
        `allowed: ${approvers.join(", ")} (cutover:rollout.approvers, as ${signers.name} names them)`,
    );
  }
  if (!(await signedBy(person))) {
    throw new EngineError(
      `it is signed with ${key} of ${person}, which ${signers.name} allows for other things only: ` +
        `namespaces="…" of its line lacks ${NAMESPACE}`,
    );
  }
  return person;
}
