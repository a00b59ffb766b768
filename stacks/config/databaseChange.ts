import { z } from "zod";
import { count, quantity } from "./fields";

/** The phases of a database change, in their order. Each one keeps the jobs of those before it. */
export const DATABASE_PHASES = ["backup", "restore-check", "migrate", "validate", "contract"] as const;
/** The phase that goes back, from wherever a change has come to behind its backup. */
export const REVERT_PHASE = "revert";
export type DatabasePhase = (typeof DATABASE_PHASES)[number] | typeof REVERT_PHASE;

/** The phases whose jobs are there once a change has reached one; none before it began. */
export function phasesUpTo(phase: DatabaseChangeConfig["phase"]): DatabasePhase[] {
  // What is taken back is not run again, should a job of it have failed: the backup and its proof stay.
  return phase === REVERT_PHASE
    ? ["backup", "restore-check", REVERT_PHASE]
    : phase === "none"
      ? []
      : DATABASE_PHASES.slice(0, DATABASE_PHASES.indexOf(phase) + 1);
}

const deadline = (fallback: number, what: string) =>
  count(60).default(fallback).describe(`${what} Seconds after which the job has failed.`);

export const databaseChangeSchema = z
  .strictObject({
    release: z
      .string()
      .optional()
      .describe(
        "Version of the release that changes the schema: one of `releases`, whose image `database` does the work.",
      ),
    phase: z
      .enum(["none", ...DATABASE_PHASES, REVERT_PHASE])
      .default("none")
      .describe(
        "How far the change is: each phase is a job that runs once for each database, in the cluster of its primary region. " +
          "backup; restore-check, which restores the backup to a scratch database to prove it; migrate, which expands the schema; validate; " +
          "contract, which removes what only the old release used, after the rollback window; " +
          "revert, instead of what comes after the restore check, which takes the migration back.",
      ),
    compatible: z
      .boolean()
      .default(true)
      .describe(
        "Whether the active color can run on the changed schema (expand). What is not compatible needs a maintenance cutover.",
      ),
    maintenance: z
      .boolean()
      .default(false)
      .describe("States that the maintenance page is on: without it, an incompatible change is not migrated."),
    deadlineSeconds: z
      .strictObject({
        backup: deadline(5_400, "A snapshot of the primary."),
        "restore-check": deadline(10_800, "A restore to a scratch database, its check, its removal."),
        migrate: deadline(3_600, "The expanding migration."),
        validate: deadline(1_800, "The check of the changed schema."),
        contract: deadline(3_600, "The contracting migration."),
        revert: deadline(3_600, "Taking the migration back."),
      })
      .prefault({})
      .describe("How long each job may take."),
    resources: z
      .strictObject({
        requests: z.strictObject({ cpu: quantity.default("250m"), memory: quantity.default("512Mi") }).prefault({}),
        limits: z.strictObject({ cpu: quantity.default("1"), memory: quantity.default("1Gi") }).prefault({}),
      })
      .prefault({})
      .describe("What the pod of a job has: it waits for the database, which does the work."),
    retries: count(0)
      .default(2)
      .describe(
        "How often a failed job is tried again. Every phase can be repeated: the tool keeps what it has done in the database, under a lock.",
      ),
  })
  .prefault({})
  .describe("The change of the databases that a release brings: once for each database, not for each region.");

export type DatabaseChangeConfig = z.infer<typeof databaseChangeSchema>;
