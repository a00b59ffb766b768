import * as fs from "node:fs";
import * as path from "node:path";
import { ConfigError, EngineError } from "../engine";

/** Whose tokens prove who approves, as config has it. */
export interface OidcTrust {
  /** The `iss` of a token. */
  issuer: string;
  /** The `aud` of a token: one that was made for anything else is none for an approval. */
  audience: string;
  /** The claim with the approver's name, as cutover:rollout.approvers has it. */
  claim: string;
  /** The issuer's public keys: an https URL, or a file of the project. */
  jwks: string;
}

/** What the journal keeps of a token. The token itself is a credential, and stands nowhere. */
export interface OidcProof {
  issuer: string;
  /** The `sub` of the token. */
  subject?: string;
  /** The `jti` of the token. */
  token?: string;
  /** Identifier of the key that it was signed with. */
  key?: string;
}

/** How old a token may be, however long it is valid: those of pipelines are made when they are used. Seconds. */
const MOST_AGE = 3600;

/** The keys come within so many milliseconds, or not at all. */
const PATIENCE = 10_000;

/**
 * Who a token says that somebody is: its signature (RS256, ES256), issuer, audience and times are checked.
 *
 * @param project - The project's folder, for keys in a file.
 * @param now - Milliseconds since the epoch.
 * @throws EngineError that says what is wrong, without the token.
 */
export async function personOf(
  token: string,
  { issuer, audience, claim, jwks }: OidcTrust,
  project: string,
  now: number,
): Promise<{ person: string; proof: OidcProof }> {
  const { createLocalJWKSet, createRemoteJWKSet, jwtVerify } = await import("jose");
  try {
    const keys = jwks.startsWith("https:")
      ? createRemoteJWKSet(new URL(jwks), { timeoutDuration: PATIENCE })
      : createLocalJWKSet(keysIn(path.resolve(project, jwks), jwks) as Parameters<typeof createLocalJWKSet>[0]);
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ["RS256", "ES256"],
      requiredClaims: ["exp", "iat", claim],
      maxTokenAge: MOST_AGE,
      currentDate: new Date(now),
    });
    const person = payload[claim];
    if (typeof person !== "string") {
      throw new EngineError(`its claim ${claim} is no text`);
    }
    const proof = { issuer, subject: payload.sub, token: payload.jti, key: protectedHeader.kid };
    return { person, proof: JSON.parse(JSON.stringify(proof)) as OidcProof };
  } catch (error) {
    if (error instanceof ConfigError) {
      throw error;
    }
    const { message, cause } = error as Error;
    // Of fetch's own error only the cause says what is wrong.
    const why =
      error instanceof TypeError && cause instanceof Error
        ? `the keys at ${jwks} cannot be read: ${cause.message}`
        : message;
    throw new EngineError(
      `the token does not prove who approves: ${why}. One of ${issuer} for ${audience} is needed, not expired`,
      { cause: error },
    );
  }
}

function keysIn(file: string, name: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    throw new ConfigError(`cutover:rollout.oidc.jwks ${name} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
