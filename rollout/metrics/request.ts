import { z } from "zod";

/** The largest answer that is read, bytes: an answer of one series is far below. */
const LARGEST = 4 * 1024 * 1024;

/** How often a request is sent again at most. */
const RETRIES = 2;

export interface Request {
  method: "GET" | "POST";
  url: string;
  /** Sent as a form. @default - nothing */
  form?: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** What no message may hold: the credentials among the headers. @default - none */
  secrets?: readonly string[];
  fetch: typeof fetch;
  signal: AbortSignal;
}

/** How Prometheus, and Datadog, say what is wrong. */
const failure = z.union([
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ errors: z.array(z.string()) }).transform(({ errors }) => errors.join("; ")),
]);

/** An answer that another attempt will not mend. */
class Refusal extends Error {}

/**
 * Sends a request and reads the answer; what may pass (a network error, an overload) is tried again, with jitter, until the
 * signal fires.
 *
 * @returns The body of a 2xx answer.
 * @throws Error that says in a sentence why there is none. It never holds a secret.
 */
export async function send(request: Request): Promise<string> {
  const { default: pRetry } = await import("p-retry");
  try {
    return await pRetry(() => sendOnce(request), {
      retries: RETRIES,
      minTimeout: 100,
      maxTimeout: 2_000,
      factor: 3,
      randomize: true,
      signal: request.signal,
      shouldRetry: ({ error }) => !(error instanceof Refusal),
    });
  } catch (error) {
    throw new Error(hidden(reason(error), request.secrets ?? []));
  }
}

async function sendOnce({ method, url, form, headers, fetch, signal }: Request): Promise<string> {
  const response = await fetch(url, {
    method,
    ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    headers: { accept: "application/json", ...headers },
    // A redirect would carry the query, and perhaps credentials, to somewhere that config does not name.
    redirect: "manual",
    signal,
  });
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    throw new Refusal(`HTTP ${response.status}: it redirects, and the URL must be that of the API itself`);
  }
  const body = await bodyOf(response);
  if (!response.ok) {
    const text = `HTTP ${response.status}${detail(body)}`;
    throw response.status >= 500 || response.status === 429 ? new Error(text) : new Refusal(text);
  }
  return body;
}

async function bodyOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.byteLength;
    if (size > LARGEST) {
      throw new Refusal(`the answer is larger than ${LARGEST / 1024 / 1024} MiB: a query must give one value`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** What the source says about a query that it refuses; a page of a proxy says nothing that helps. */
function detail(body: string): string {
  try {
    const parsed = failure.safeParse(JSON.parse(body));
    return parsed.success ? `: ${parsed.data.slice(0, 200)}` : "";
  } catch {
    return "";
  }
}

/** `fetch failed` says nothing; the code below it does: ECONNREFUSED, CERT_HAS_EXPIRED. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return error instanceof TypeError
    ? `it cannot be reached (${cause?.code ?? cause?.message ?? error.message})`
    : error.message;
}

function hidden(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text);
}
