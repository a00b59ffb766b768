import type { RecordBody } from "../core/records";
import { apply } from "../core/replay";
import type { State } from "../core/state";
import { messageOf } from "../messages";
import type { Lease } from "../ports";
import { LEASE_SECONDS, type ControllerPorts } from "./ports";
import type { Teller } from "./teller";

/** Writes what happens into the journal, lays it over the state, and has people told: nothing else changes a state. */
export class Recorder {
  constructor(
    readonly state: State,
    private readonly ports: Pick<ControllerPorts, "journal" | "clock" | "onRecord">,
    private readonly teller: Teller,
    private lease: Lease,
  ) {}

  /** Records what happened. @throws EngineError when the lease is lost, or it cannot be kept: the state is as before then. */
  async record(body: RecordBody): Promise<void> {
    const { journal, clock, onRecord } = this.ports;
    const record = await journal.append(this.lease, Math.max(clock.now(), this.state.last.at), body);
    apply(this.state, record);
    onRecord?.(record, this.state);
    this.teller.tell(messageOf(this.state, body));
  }

  /** Records what became of messages. */
  async noteTold(): Promise<void> {
    for (const result of this.teller.results()) {
      await this.record(result);
    }
  }

  /** Keeps the lease: without it, nothing more can be recorded. */
  async renew(): Promise<void> {
    this.lease = await this.ports.journal.renew(this.lease, LEASE_SECONDS);
  }
}
