import type { OidcProof } from "./approval/oidc";
import type { RecordBody } from "./core/records";
import { questionOf } from "./core/rollBack";
import { isPastRollback, signedKey, stageOf, type State } from "./core/state";
import { EngineError } from "./engine";

/** What people, pipelines and monitoring ask of an open rollout. */
export type Request =
  | {
      kind: "approve";
      role: string;
      person: string;
      stage?: string;
      digest: string;
      /** Milliseconds since the epoch. @default - as long as config lets it count */
      expires?: number;
      /** The armored SSH signature of the approval's text. It must have been checked before it becomes a record. */
      signature?: string;
      /** A token of OpenID Connect. It becomes no part of a record. */
      token?: string;
    }
  | { kind: "signal"; signal: string; by: string; reason: string }
  | { kind: "hold" | "resume" | "promote" | "abort"; by: string; reason: string };

/**
 * The record that a request becomes. Pure.
 *
 * @throws EngineError when the rollout cannot take it: it says what it can.
 */
export function recordOf(state: State, request: Request & { oidc?: OidcProof }, now: number): RecordBody {
  if (state.outcome !== undefined) {
    throw new EngineError(
      `rollout ${state.id} has ended ${state.outcome.outcome}: nothing of it can be changed any more`,
    );
  }
  switch (request.kind) {
    case "approve":
      return approval(state, request, now);
    case "signal":
      return signal(state, request);
    case "abort":
      if (state.rollback !== undefined) {
        throw new EngineError(`rollout ${state.id} is going back already: ${state.rollback.reason}`);
      }
      if (isPastRollback(state)) {
        const { recovery } = state.plan;
        if (recovery !== undefined) {
          throw new EngineError(
            `the promotion of ${recovery.replica} has begun, and is final: rollout ${state.id} goes on in ${recovery.to}. docs/rollout.md, Recovery, says how ${recovery.region} comes back`,
          );
        }
        throw new EngineError(
          `the rollback window of rollout ${state.id} has ended, and ${state.plan.active} is given up: a rollout of the earlier release takes everybody back`,
        );
      }
      return {
        type: "decided",
        decision: { kind: "rollback", reason: `aborted by ${request.by}: ${request.reason}`, by: request.by },
      };
    case "hold":
      refuseWhileGoingBack(state);
      return {
        type: "decided",
        decision: { kind: "hold", reason: `held by ${request.by}: ${request.reason}`, by: request.by },
      };
    case "resume":
      refuseWhileGoingBack(state);
      if (state.hold === undefined) {
        throw new EngineError(`rollout ${state.id} does not hold: there is nothing to resume`);
      }
      if (state.hold.afterStepBack) {
        throw new EngineError(
          `rollout ${state.id} went back a stage: \`cutover rollout promote\` goes on, \`abort\` ends it; there is nothing to resume`,
        );
      }
      return { type: "resumed", by: request.by, reason: request.reason };
    case "promote":
      return promotion(state, request);
  }
}

function refuseWhileGoingBack({ id, rollback }: State): void {
  if (rollback !== undefined) {
    throw new EngineError(`rollout ${id} is going back, which nothing stops: ${rollback.reason}`);
  }
}

/** What people can be asked to approve: the stages that are left; once it goes back, what its rollback asks. */
function askingOf(state: State, now: number): { name: string; approvals: readonly string[] }[] {
  if (state.rollback === undefined) {
    return state.plan.stages.slice(state.index);
  }
  const asks = questionOf(state, now);
  return asks === undefined ? [] : [{ name: asks.stage, approvals: asks.approvals }];
}

/**
 * The stage that an approval is for: the next one that needs the role, unless it names one.
 *
 * @throws EngineError when no stage needs it, or it is of another plan, or counts too long or no longer.
 */
export function approvable(
  state: State,
  { role, stage: named, digest, expires }: Pick<Request & { kind: "approve" }, "role" | "stage" | "digest" | "expires">,
  now: number,
): string {
  const { plan, id, digest: of } = state;
  const asking = askingOf(state, now);
  const open = asking.filter(({ approvals }) => approvals.includes(role));
  const stage = named === undefined ? open[0] : open.find(({ name }) => name === named);
  if (stage === undefined) {
    const roles = asking.flatMap(({ name, approvals }) => approvals.map((each) => `${each} (${name})`));
    throw new EngineError(
      `rollout ${id} waits for no approval of ${role}${named === undefined ? "" : ` for ${named}`}; it needs: ${roles.join(", ") || "none"}`,
    );
  }
  if (!digest || !of.startsWith(digest) || digest.length < 12) {
    throw new EngineError(
      `the approval names plan ${digest || "(none)"}, and rollout ${id} follows ${of}: approve what \`cutover rollout status\` shows`,
    );
  }
  if (expires !== undefined && expires <= now) {
    throw new EngineError(`the approval expired at ${new Date(expires).toISOString()}: approve again`);
  }
  const latest = now + 1000 * plan.approvalValidSeconds;
  if (expires !== undefined && expires > latest) {
    throw new EngineError(
      `the approval expires at ${new Date(expires).toISOString()}, and one that is given now counts until ` +
        `${new Date(latest).toISOString()} at most (cutover:rollout.approvalValid)`,
    );
  }
  return stage.name;
}

function approval(state: State, request: Request & { kind: "approve"; oidc?: OidcProof }, now: number): RecordBody {
  const { plan, id, by, digest } = state;
  const { role, person, signature, oidc } = request;
  const stage = approvable(state, request, now);
  if (!plan.approvers[role]!.includes(person)) {
    // Of what is signed, the key or token says who gave it.
    const who = signature === undefined && oidc === undefined ? "; --by or CUTOVER_BY says who you are" : "";
    throw new EngineError(
      `${person} may not approve as ${role}; allowed: ${plan.approvers[role]!.join(", ")} (cutover:rollout.approvers)${who}`,
    );
  }
  if (person === by) {
    throw new EngineError(`${person} started rollout ${id}: somebody else approves it`);
  }
  const expires = request.expires ?? now + 1000 * plan.approvalValidSeconds;
  if (signature !== undefined && state.signed.has(signedKey({ role, person, stage, expires }))) {
    throw new EngineError(`this approval was taken up already: one that is void since is given anew`);
  }
  return {
    type: "approved",
    role,
    person,
    stage,
    digest,
    expires,
    ...(signature !== undefined ? { signature } : oidc !== undefined ? { oidc } : { unsigned: true }),
  };
}

function signal({ plan, id }: State, request: Request & { kind: "signal" }): RecordBody {
  if (!plan.signals.some(({ name }) => name === request.signal)) {
    throw new EngineError(
      `rollout ${id} knows no signal ${JSON.stringify(request.signal)}; allowed: ${plan.signals.map(({ name }) => name).join(", ") || "none"} (cutover:rollout.signals)`,
    );
  }
  return { type: "signaled", signal: request.signal, by: request.by, reason: request.reason };
}

/** People may go on without the rest of the evidence, by name and with a reason; but not past what was not applied. */
function promotion(state: State, { by, reason }: { by: string; reason: string }): RecordBody {
  refuseWhileGoingBack(state);
  const stage = stageOf(state);
  if (stage === undefined || !state.progress.applied || state.pending !== undefined) {
    throw new EngineError(
      `${stage?.name ?? "the last stage"} of rollout ${state.id} is not applied yet: what is not there cannot be promoted`,
    );
  }
  return {
    type: "decided",
    decision: {
      kind: "promote",
      stage: stage.name,
      evidence: [{ rule: `promoted by ${by}: ${reason}`, scope: "total", samples: 0 }],
      by,
    },
  };
}
