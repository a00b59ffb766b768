import * as pulumi from "@pulumi/pulumi";
import { formatIssues, type Issue } from "./config/issue";

/**
 * Ends the program with a message for the person who runs it.
 *
 * The error has no stack trace: it says nothing to that person, and on Node 20 Pulumi's own printer takes half a minute
 * over the stack of an error that is thrown in an asynchronous program.
 *
 * @throws pulumi.RunError always.
 */
export function refuse(message: string): never {
  const error = new pulumi.RunError(message);
  delete error.stack;
  throw error;
}

/** Ends the program when there are issues with the config of its stack, with all of them at once. */
export function refuseIssues(issues: readonly Issue[]): void {
  if (issues.length > 0) {
    refuse(formatIssues(issues, pulumi.getStack()));
  }
}
