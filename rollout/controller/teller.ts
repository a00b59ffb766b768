import type { RecordBody } from "../core/records";
import type { State } from "../core/state";
import { updateOf } from "../messages";
import type { Message, Notifier } from "../ports";

/** A message that was sent, and what became of it in each channel once that is known. */
interface Told {
  message: Message;
  /** Resolves once it is known. */
  sent: Promise<void>;
  done?: { channel: string; ok: boolean; problem?: string }[];
}

/** Tells people how it goes, and waits for nobody. */
export class Teller {
  /** What is not known yet, or was not asked for yet. */
  private told: Told[] = [];
  /** When the last regular update was sent, which its record may not say yet. */
  private updatedAt = 0;

  constructor(private readonly notifier: Notifier) {}

  /** Tells people, and waits for nobody. */
  tell(message: Message | undefined): void {
    if (message === undefined) {
      return;
    }
    const sent = this.notifier.tell(message).then((done) => {
      entry.done = done;
    });
    const entry: Told = { message, sent };
    this.told.push(entry);
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
    await Promise.all(this.told.map(({ sent }) => sent));
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
