import type { JournalRecord } from "../core/records";
import { EngineError } from "../engine";
import { digestOf } from "../plan";
import { personBehind, signersOf } from "./identify";

type Started = Extract<JournalRecord, { type: "started" }>;
type Approved = Extract<JournalRecord, { type: "approved" }>;

/** What became of the approvals of a rollout when they were checked again. */
export interface ApprovalAudit {
  signed: number;
  /** Proven by a token when they were given, which is not kept: that cannot be checked again. */
  byToken: number;
  unsigned: number;
  /** Records with an approval that does not hold. */
  problems: { record: number; problem: string }[];
}

/**
 * Checks each approval of a rollout again, from its record alone: that it is for this plan, in time, by who may give it, and
 * that its signature holds, with the keys that are allowed today, at the time at which it was given.
 *
 * @param project - The project's folder: the file of allowed signers is in it.
 */
export async function auditApprovals(
  rollout: string,
  records: readonly JournalRecord[],
  project: string,
): Promise<ApprovalAudit> {
  const audit: ApprovalAudit = { signed: 0, byToken: 0, unsigned: 0, problems: [] };
  const [started] = records;
  if (started?.type !== "started") {
    return audit;
  }
  for (const record of records) {
    if (record.type !== "approved") {
      continue;
    }
    audit[record.signature !== undefined ? "signed" : record.oidc !== undefined ? "byToken" : "unsigned"] += 1;
    const problem = wrong(started, record) ?? (await unproven(rollout, started, record, project));
    if (problem !== undefined) {
      const { role, person, stage, sequence } = record;
      audit.problems.push({
        record: sequence,
        problem: `the approval of ${stage} as ${role} by ${person}: ${problem}`,
      });
    }
  }
  return audit;
}

/** What is wrong with an approval whoever gave it. */
function wrong({ plan, digest: of, by }: Started, approved: Approved): string | undefined {
  const { role, person, stage, digest, expires, at } = approved;
  if (digest !== of || digestOf(plan) !== of) {
    return `it names plan ${digest}, and the rollout began with ${digestOf(plan)}`;
  }
  if (!plan.stages.some(({ name, approvals }) => name === stage && approvals.includes(role))) {
    return "no stage of the plan needs it";
  }
  if (expires <= at || expires > at + 1000 * plan.approvalValidSeconds) {
    return `it was taken up at ${new Date(at).toISOString()} and expires at ${new Date(expires).toISOString()}: too early or too late`;
  }
  if (!(plan.approvers[role] ?? []).includes(person)) {
    return `the plan allows ${(plan.approvers[role] ?? []).join(", ") || "nobody"}`;
  }
  return person === by ? "the same person started the rollout" : undefined;
}

/** Why it is not certain who gave it. */
async function unproven(
  rollout: string,
  { plan, by }: Started,
  { role, person, stage, digest, expires, at, signature, oidc }: Approved,
  project: string,
): Promise<string | undefined> {
  const signers = signersOf(plan, project);
  if (signature === undefined) {
    const asks = signers !== undefined || plan.oidc !== undefined;
    return oidc === undefined
      ? asks
        ? "it is not signed, and the plan asks for that"
        : undefined
      : oidc.issuer === plan.oidc?.issuer
        ? undefined
        : `it is by a token of ${oidc.issuer}, and the plan trusts ${plan.oidc?.issuer ?? "none"}`;
  }
  if (signers === undefined) {
    return "it is signed, and the plan names no file of allowed signers";
  }
  try {
    const signer = await personBehind({ rollout, stage, role, digest, expires }, signature, { plan, by, signers, at });
    return signer === person ? undefined : `it is signed by ${signer}`;
  } catch (error) {
    if (error instanceof EngineError) {
      return error.message;
    }
    throw error;
  }
}
