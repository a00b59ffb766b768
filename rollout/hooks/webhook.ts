import { bounded } from "../metrics/bounded";
import type { Tail } from "./tail";

interface Call {
  url: string;
  /** Bearer token. */
  token: string | undefined;
  body: unknown;
  /** The same for each attempt at the same thing: a kill may send it twice. */
  key: string;
  seconds: number;
  output: Tail;
  fetch: typeof fetch;
  signal?: AbortSignal;
}

/**
 * Sends JSON with POST and reads the answer.
 *
 * @returns Why it failed; undefined for a 2xx status.
 */
export async function callWebhook({
  url,
  token,
  body,
  key,
  seconds,
  output,
  fetch,
  signal,
}: Call): Promise<string | undefined> {
  try {
    return await bounded(seconds, signal, async (ended) => {
      const response = await fetch(url, {
        method: "POST",
        body: JSON.stringify(body),
        headers: {
          "content-type": "application/json",
          "idempotency-key": key,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        // A redirect would carry the token to a host that config does not name.
        redirect: "manual",
        signal: ended,
      });
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        output.write(decoder.decode(chunk as Uint8Array, { stream: true }));
      }
      return failure(response);
    });
  } catch (error) {
    return error instanceof TypeError ? `it cannot be reached (${codeOf(error)})` : (error as Error).message;
  }
}

function failure({ ok, status }: Response): string | undefined {
  if (ok) {
    return undefined;
  }
  return status >= 300 && status < 400
    ? `it answered ${status}, a redirect: config must name the URL that it leads to`
    : `it answered ${status}`;
}

/** `fetch failed` says nothing; the code below it does: ECONNREFUSED, CERT_HAS_EXPIRED. Messages may hold the URL. */
export function codeOf(error: TypeError): string {
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === "string" && /^[A-Z0-9_]+$/.test(code) ? code : "no connection";
}
