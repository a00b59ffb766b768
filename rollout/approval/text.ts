import { z } from "zod";
import { EngineError } from "../engine";
import { canonicalJson } from "../journal/canonical";

/** What an approval says: all of it is signed. */
export interface ApprovalTerms {
  /** Identifier of the rollout. */
  rollout: string;
  stage: string;
  role: string;
  /** Digest of the plan, whole. */
  digest: string;
  /** Milliseconds since the epoch. */
  expires: number;
}

/** Grows when the text changes: a signature over an older text is then refused, and says so. */
const FORMAT = 1;

const schema = z.strictObject({
  cutoverApproval: z.literal(FORMAT),
  digest: z.string(),
  expires: z.iso.datetime(),
  role: z.string(),
  rollout: z.string(),
  stage: z.string(),
});

/** The text that is signed: one line of canonical JSON, in one way only. So it can be made again from the journal's record. */
export function approvalText({ rollout, stage, role, digest, expires }: ApprovalTerms): string {
  const time = new Date(expires).toISOString();
  return `${canonicalJson({ cutoverApproval: FORMAT, rollout, stage, role, digest, expires: time })}\n`;
}

/**
 * What a text that was signed elsewhere says.
 * @throws EngineError for a text that is not exactly what is to be signed.
 */
export function termsIn(text: string): ApprovalTerms {
  try {
    const { cutoverApproval: _, expires, ...rest } = schema.parse(JSON.parse(text));
    const terms = { ...rest, expires: Date.parse(expires) };
    if (approvalText(terms) === text) {
      return terms;
    }
  } catch {
    // Said below, with the same words as for a text that is only written in another way.
  }
  throw new EngineError(
    "the text that was signed is no approval, or was changed after it was printed: `cutover rollout approve --text` prints it",
  );
}
