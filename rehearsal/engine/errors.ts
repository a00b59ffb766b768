import { ConfigError, EngineError } from "../../rollout/engine";

/**
 * What Pulumi would find out in the preview that comes before each of its updates: a protected resource that would be replaced,
 * a type that is not modelled, two resources of one name. The run ends, and nothing of it is kept.
 */
export class PlanError extends EngineError {}

/** A run that is limited to what the stack does not have. */
export class UnknownTarget extends PlanError {
  /** The same as an error of whoever asked. */
  asConfigError(): ConfigError {
    return new ConfigError(this.message, { cause: this });
  }
}

/** What a cloud refused while a resource was made, changed or deleted. What was done before is kept. */
export class StepError extends EngineError {}

/** What the rehearsal does not model: it says so instead of guessing. */
export function unmodelled(what: string, urn: string): PlanError {
  return new PlanError(`the rehearsal does not model ${what}, which ${urn} uses`);
}
