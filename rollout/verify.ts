import { auditApprovals } from "./approval/audit";
import { JournalError, type Heartbeat } from "./journal";
import type { Journal } from "./ports";

/** Something about a journal that is not as it was written. */
export interface Problem {
  /**
   * `altered`: a record is not what was written. `recomputed`: it is whole, and another one than was published. `truncated`: its
   * end is missing. `unmatched`: one of these two. `approval`: an approval does not hold.
   */
  kind: "altered" | "recomputed" | "truncated" | "unmatched" | "approval";
  /** Absent where that is not known. */
  rollout?: string;
  /** Sequence of the first record that is known to be concerned. */
  record?: number;
  problem: string;
}

/** What `verify` found. */
export interface Verified {
  ok: boolean;
  rollouts: number;
  records: number;
  approvals: { signed: number; byToken: number; unsigned: number };
  problems: Problem[];
}

/** What is known of a journal from outside: a head that was published, or left in the heartbeat. */
export interface Witness {
  hash: string;
  rollout?: string;
  record?: number;
  /** Where it comes from, for people. */
  from: string;
}

/** A head as messages publish it: `production-7/41:<hash>`, or its hash alone. @throws JournalError for what is neither. */
export function witnessOf(text: string): Witness {
  const { rollout, record, hash } =
    /^(?:(?<rollout>.+)\/(?<record>[1-9]\d*):)?(?<hash>[0-9a-f]{64})$/.exec(text)?.groups ?? {};
  if (hash === undefined) {
    throw new JournalError(
      `${JSON.stringify(text)} is no head of a journal: a message has it as production-7/41:<64 hex digits>`,
    );
  }
  const from = "a head that was published";
  return rollout === undefined ? { hash, from } : { hash, rollout, record: Number(record), from };
}

/** What the last tick left behind. */
export function witnessIn({ rollout, record, head, time }: Heartbeat): Witness {
  return {
    hash: head,
    rollout,
    ...(record === undefined ? {} : { record }),
    from: `the heartbeat of ${time}`,
  };
}

/**
 * Checks a stack's journal: every record of every rollout against the one before, every approval again, and that what was
 * seen of it from outside is in it. Only the latter finds a chain that was computed anew, or cut off between two records.
 *
 * @param project - The project's folder.
 */
export async function verify(journal: Journal, project: string, witnesses: readonly Witness[]): Promise<Verified> {
  const found: Verified = {
    ok: false,
    rollouts: 0,
    records: 0,
    approvals: { signed: 0, byToken: 0, unsigned: 0 },
    problems: [],
  };
  const chains = new Map<string, string[]>();
  try {
    for (const { id } of await journal.history()) {
      const records = await journal.read(id);
      chains.set(
        id,
        records.map(({ hash }) => hash),
      );
      found.records += records.length;
      const { problems, ...counts } = await auditApprovals(id, records, project);
      for (const kind of ["signed", "byToken", "unsigned"] as const) {
        found.approvals[kind] += counts[kind];
      }
      found.problems.push(...problems.map((each) => ({ kind: "approval" as const, rollout: id, ...each })));
    }
    found.problems.push(...witnesses.flatMap((witness) => compare(chains, witness)));
  } catch (error) {
    if (!(error instanceof JournalError)) {
      throw error;
    }
    found.problems.push({ kind: "altered", ...error.where, problem: error.message });
  }
  return { ...found, rollouts: chains.size, ok: found.problems.length === 0 };
}

/** What a witness says about the chains: nothing, or that they are others than they were. */
function compare(chains: ReadonlyMap<string, readonly string[]>, { hash, rollout, record, from }: Witness): Problem[] {
  const known = rollout === undefined || record === undefined;
  if (known ? [...chains.values()].some((chain) => chain.includes(hash)) : chains.get(rollout)?.[record - 1] === hash) {
    return [];
  }
  if (rollout === undefined || record === undefined) {
    const problem = `${hash}, ${from}, is not in it: records were computed anew, or cut off behind the last one`;
    return [{ kind: "unmatched", ...(rollout === undefined ? {} : { rollout }), problem }];
  }
  const length = chains.get(rollout)?.length ?? 0;
  if (length < record) {
    const problem =
      `rollout ${rollout} had ${record} records by ${from}, and ` +
      `${length === 0 ? "is not there" : `ends with record ${length}`}: it was truncated`;
    return [{ kind: "truncated", rollout, record: length + 1, problem }];
  }
  const problem = `record ${record} of rollout ${rollout} is another one than in ${from}: it, or one before, was replaced and the chain computed anew`;
  return [{ kind: "recomputed", rollout, record, problem }];
}
