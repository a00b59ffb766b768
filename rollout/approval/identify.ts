import * as fs from "node:fs";
import * as path from "node:path";
import type { RolloutPlan } from "../core/plan";
import type { State } from "../core/state";
import { ConfigError, EngineError } from "../engine";
import { approvable, type Request } from "../requests";
import { personOf, type OidcProof } from "./oidc";
import { isSignedBy, NAMESPACE, signerOf, type AllowedSigners } from "./signature";
import { approvalText, type ApprovalTerms } from "./text";

/** An approval that somebody asks to be taken up. */
export type ApprovalRequest = Extract<Request, { kind: "approve" }>;

/** One of which is known who gave it. */
export type ProvenApproval = ApprovalRequest & { oidc?: OidcProof };

/** The file of allowed signers that a plan names; undefined when it names none. @param project - The project's folder. */
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
 * An approval with the person who really gave it: who signed it, or whom a token names, where the plan asks for that. Whatever
 * name it came with is not looked at then.
 *
 * @param project - The project's folder: keys that may sign are in it.
 * @param now - Milliseconds since the epoch.
 * @throws EngineError when it is not proven as it must be, or by somebody who may not approve.
 */
export async function identified(
  state: State,
  request: ApprovalRequest,
  project: string,
  now: number,
): Promise<ProvenApproval> {
  const { plan, id, by, digest } = state;
  const { signature, token, expires, role } = request;
  const signers = signersOf(plan, project);
  const stage = approvable(state, request, now);
  const approval = { ...request, stage, token: undefined, oidc: undefined };
  if (token !== undefined && plan.oidc !== undefined) {
    const { person, proof } = await personOf(token, plan.oidc, project, now);
    return { ...approval, signature: undefined, person, oidc: proof };
  }
  if (signature !== undefined && signers !== undefined && expires !== undefined) {
    const terms = { rollout: id, stage, role, digest, expires };
    return { ...approval, person: await personBehind(terms, signature, { plan, by, signers, at: now }) };
  }
  if (signature !== undefined || token !== undefined) {
    const what = token === undefined ? "signature" : "token";
    throw new EngineError(
      `rollout ${id} takes no ${what}, and nobody would check it: set cutover:rollout.` +
        `${token === undefined ? "allowedSigners" : "oidc"} before a rollout begins, or approve without it`,
    );
  }
  if (signers !== undefined || plan.oidc !== undefined) {
    const ways = [
      ...(signers === undefined ? [] : ["--key ~/.ssh/id_ed25519"]),
      ...(plan.oidc === undefined ? [] : ["--token-from VARIABLE"]),
    ];
    throw new EngineError(
      `rollout ${id} takes signed approvals only: \`cutover rollout approve --role ${role} ${ways.join(" or ")}\` gives one`,
    );
  }
  return approval;
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
