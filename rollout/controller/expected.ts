import { EngineError } from "../engine";

/** The message of an error that was to be expected. @throws Any other one: it is a defect, and for nobody to decide on. */
export function expected(error: unknown): string {
  if (error instanceof EngineError) {
    return error.message;
  }
  throw error;
}
