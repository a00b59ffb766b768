import { findSourceMap } from "node:module";

/**
 * Spares the run what nobody reads. The SDK notes the stack of each promise that it makes and of each resource, in errors
 * without a message: some sixty for a resource. Mapped to the TypeScript sources, as tsx has it, they are more than half of
 * the time of a run. They are left empty; errors with a message keep their stack, in the lines of the sources.
 *
 * PULUMI_DEBUG_PROMISE_LEAKS, the SDK's switch that prints these notes, keeps them.
 */
export function skipEmptyErrors(): void {
  if (process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) {
    return;
  }
  Error.prepareStackTrace = (error, sites) =>
    error.message === "" ? error.name : [String(error), ...sites.map((site) => `    at ${sourceOf(site)}`)].join("\n");
}

/**
 * How many frames an error's stack has while the program runs. The SDK takes one with each promise: with the hundred that a module of
 * it asks for, a tenth of the time of `pulumi preview`. Two still say where an error was thrown.
 */
const FRAMES = 2;

/** Keeps stacks short from here on. PULUMI_DEBUG_PROMISE_LEAKS, which prints them, keeps them whole. */
export function shortenStacks(): void {
  if (!process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) {
    Error.stackTraceLimit = FRAMES;
  }
}

/** A call site as it stands in the source. */
function sourceOf(site: NodeJS.CallSite): string {
  const [file, line, column] = [site.getFileName() ?? "", site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0];
  const entry = findSourceMap(file)?.findEntry(line - 1, column - 1);
  const place =
    entry !== undefined && "originalLine" in entry
      ? `${file}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
      : `${file}:${line}:${column}`;
  const name = site.getFunctionName();
  return name === null ? place : `${name} (${place})`;
}
