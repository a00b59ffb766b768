/**
 * Does something for a bounded time.
 *
 * @param seconds - Then the signal that the act is given fires, and this rejects, whether or not the act listens.
 * @param signal - Ends it sooner.
 * @throws Error that says which of the two it was, or what the act threw.
 */
export async function bounded<T>(
  seconds: number,
  signal: AbortSignal | undefined,
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // AbortSignal.any keeps what it made alive as long as its longest signal lives: here that is a rollout of days.
  const controller = new AbortController();
  const ended = new Promise<never>((_, reject) =>
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason as Error), { once: true }),
  );
  const stop = () => controller.abort(new Error("it was stopped before it answered"));
  const timer = setTimeout(() => controller.abort(new Error(`no answer within ${seconds} s`)), seconds * 1000);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    if (signal?.aborted === true) {
      stop();
    }
    return await Promise.race([ended, act(controller.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}
