import type { RecordBody } from "../core/records";
import type { State } from "../core/state";
import { updateOf } from "../messages";
import type { Message, Notifier } from "../ports";

/** A message that was sent, and what became of it in each channel once that is known. */
interface Told {
  message: Message;
  done?: { channel: string; ok: boolean; problem?: string }[];
}

/** Tells people how it goes, and waits for nobody. */
export class Teller {
  private told: Told[] = [];
  private running: Promise<void>[] = [];
  /** When the last regular update was sent, which its record may not say yet. */
  private updatedAt = 0;

  constructor(private readonly notifier: Notifier) {}

  /** Tells people, and waits for nobody. */
  tell(message: Message | undefined): void {
    if (message === undefined) {
      return;
    }
    const entry: Told = { message };
    this.told.push(entry);
    this.running.push(
      this.notifier.tell(message).then((done) => {
        entry.done = done;
      }),
    );
  }

  /** Tells how it goes, when it is time for it. */
  update(state: State, now: number): void {
    const told = Math.max(state.toldAt, this.updatedAt);
    if (state.outcome === undefined && now - told >= 1000 * state.plan.updateEverySeconds) {
      this.updatedAt = now;
      this.tell(updateOf(state));
    }
  }

  /** Resolves when everybody is told. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  /** What became of messages since it was last asked, as records. */
  results(): RecordBody[] {
    const done = this.told.filter((entry) => entry.done !== undefined);
    this.told = this.told.filter((entry) => entry.done === undefined);
    return done.flatMap(({ message, done: results }) =>
      results!.map(({ channel, ok, problem }) => ({
        type: "notified" as const,
        channel,
        notice: message.notice,
        ok,
        ...(problem === undefined ? {} : { problem }),
      })),
    );
  }
}
