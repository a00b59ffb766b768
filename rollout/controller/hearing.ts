import type { RecordBody } from "../core/records";
import { EngineError } from "../engine";
import { recordOf, type Request } from "../requests";
import type { ControllerPorts } from "./ports";
import type { Recorder } from "./recorder";

/** Takes up what people, pipelines and monitoring ask, and what others did past the rollout. */
export class Hearing {
  constructor(
    private readonly recorder: Recorder,
    private readonly ports: Pick<ControllerPorts, "clock" | "identify" | "overrides" | "requests">,
  ) {}

  /** Takes up what somebody asks. @throws EngineError when the rollout cannot take it. */
  async ask(request: Request): Promise<void> {
    await this.recorder.record(await this.recordFor(request));
  }

  /** @returns Whether anybody asked for anything. */
  async hear(): Promise<boolean> {
    await this.ports.overrides?.(({ by, reason, stack, patch }) =>
      this.recorder.record({ type: "overridden", by, reason, stack, patch }),
    );
    const requests = (await this.ports.requests?.()) ?? [];
    for (const request of requests) {
      let body: RecordBody;
      try {
        body = await this.recordFor(request);
      } catch (error) {
        // Whoever asked was told already; meanwhile the rollout has gone on.
        if (error instanceof EngineError) {
          continue;
        }
        throw error;
      }
      await this.recorder.record(body);
    }
    return requests.length > 0;
  }

  private async recordFor(request: Request): Promise<RecordBody> {
    const { identify, clock } = this.ports;
    const proven = request.kind === "approve" ? await (identify?.(this.recorder.state, request) ?? request) : request;
    return recordOf(this.recorder.state, proven, clock.now());
  }
}
