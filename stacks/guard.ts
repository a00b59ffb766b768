import * as fs from "node:fs";
import * as os from "node:os";
import { isDeepStrictEqual } from "node:util";

import * as pulumi from "@pulumi/pulumi";

import { parsePath, valuesAt } from "../pulumi/propertyPath";
import type { Json } from "../rollout/engine";
import type { Claim } from "../rollout/journal/claim";
import type { Override } from "../rollout/journal/overrides";
import type { Shelf } from "../rollout/journal";
import { journalLocation } from "../rollout/journal/location";
import { NAMESPACE } from "./config/namespace";
import { rawConfig } from "./config/raw";
import { refuse } from "./refuse";

/** The variable that brings up other values than an open rollout's all the same. Its value is the reason. */
export const OVERRIDE_VARIABLE = "CUTOVER_OVERRIDE";

/** A reason that says something has at least so many words. */
const LEAST_WORDS = 3;

/** A value that an open rollout owns, and this run has otherwise. */
export interface Conflict {
  /** Path in the `cutover:` config. */
  path: string;
  /** What the rollout has there. */
  owned: Json;
  /** What this run has; absent when it has nothing there. */
  here?: Json;
}

/** The values of a run that differ from what an open rollout owns of its stack. */
export function conflicts(claim: Claim, stack: string, config: Readonly<Record<string, unknown>>): Conflict[] {
  return Object.entries(claim.stacks[stack] ?? {}).flatMap(([path, owned]) => {
    const [here] = valuesAt(config as Record<string, Json>, parsePath(path));
    return isDeepStrictEqual(here, owned) ? [] : [{ path, owned, ...(here === undefined ? {} : { here }) }];
  });
}

/** What is said about conflicts: who owns what, and the commands that take it over. */
export function conflictText(claim: Claim, stack: string, found: readonly Conflict[]): string {
  const values = found.map(({ path, owned, here }) => {
    return `  ${NAMESPACE}:${path}\n    the rollout has ${shown(owned)}; this run has ${here === undefined ? "no value" : shown(here)}`;
  });
  return [
    `rollout ${claim.rollout} is open, and owns values of stack ${stack} that this run would change:`,
    ...values,
    `see it:           cutover rollout status --stack ${claim.stack}`,
    `stop it there:    cutover rollout hold --stack ${claim.stack}, and resume to let it go on`,
    `take it all back: cutover rollout abort --stack ${claim.stack}`,
    `change it anyway: ${OVERRIDE_VARIABLE}="why, in ${LEAST_WORDS} words at least" pulumi up --stack ${stack}`,
  ].join("\n");
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

/**
 * Refuses to be a second owner: values that an open rollout owns are brought up by its controller, whose own runs have the same
 * values and pass. To be called before any resource is registered.
 *
 * A preview is only warned: it changes nothing, and shows what is at stake. A rehearsal is no second owner: its clouds are others.
 *
 * @throws pulumi.RunError that names the rollout, the values, and what takes them over.
 */
export async function guard(environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  const location = journalLocation(pulumi.getRootDirectory(), environment);
  // Set by Pulumi's own engine, and by nothing else.
  if (environment["PULUMI_NODEJS_MONITOR"] === undefined || ("folder" in location && !fs.existsSync(location.folder))) {
    return;
  }
  const stack = pulumi.getStack();
  const { openJournals } = require("../rollout/journal") as typeof import("../rollout/journal");
  const { shelf } = openJournals(location, environment);
  const claim = await readClaim(shelf, stack);
  const found = claim && conflicts(claim, stack, rawConfig(pulumi.runtime.allConfig()));
  if (claim === undefined || found === undefined || found.length === 0) {
    return;
  }
  const text = conflictText(claim, stack, found);
  const reason = environment[OVERRIDE_VARIABLE];
  const isPreview = pulumi.runtime.isDryRun();
  if (reason === undefined && isPreview) {
    void pulumi.log.warn(text);
  } else if (reason === undefined) {
    refuse(text);
  } else if (reason.trim().split(/\s+/).length < LEAST_WORDS) {
    refuse(`${OVERRIDE_VARIABLE} is ${JSON.stringify(reason)}: ${LEAST_WORDS} words at least must say why\n${text}`);
  } else if (!isPreview) {
    const by = environment["CUTOVER_BY"] ?? os.userInfo().username;
    const patch = Object.fromEntries(found.map(({ path, here }) => [path, here ?? null]));
    await note(shelf, claim, { by, reason, stack, at: Date.now(), patch });
  }
}

/** A claim that cannot be read forbids everything: it may own anything. */
async function readClaim(shelf: Shelf, stack: string): Promise<Claim | undefined> {
  const claims = require("../rollout/journal/claim") as typeof import("../rollout/journal/claim");
  return claims.readClaim(shelf, stack).catch((error: Error) => refuse(error.message));
}

/** Tells the controller, whose journal keeps it. */
async function note(shelf: Shelf, claim: Claim, override: Override): Promise<void> {
  const { noteOverride } = require("../rollout/journal/overrides") as typeof import("../rollout/journal/overrides");
  await noteOverride(shelf, claim.stack, override).catch((error: Error) => refuse(error.message));
}
