import { z } from "zod";
import { count, duration, label } from "../fields";
import { releaseSchema } from "../releases";
import { condition } from "./condition";
import { channelsSchema, hooksSchema } from "./hooks";
import { metricsSchema, sourcesSchema } from "./metrics";
import { planSchema } from "./plans";
import { signalsSchema, triggersSchema } from "./rules";

export const rolloutSchema = z
  .strictObject({
    release: releaseSchema.describe("What the candidate color runs: the release that the plan brings to everybody."),
    databaseChange: z
      .union([z.boolean(), z.literal("incompatible")], "true, false or incompatible")
      .default(true)
      .describe(
        "Whether the release changes the schema: backup, restore check, migration (expand) and validation are then stages. " +
          "`incompatible`: the active color cannot run on what the migration leaves; that takes a plan with `maintenance`, and `databaseRevert`.",
      ),
    databaseRevert: z
      .strictObject({
        approvals: z.array(label()).min(1).describe("Roles that must approve it, each for itself."),
        checklist: z
          .array(z.string().min(1).max(200))
          .default([])
          .describe("What they confirm, such as that nothing was written that is lost by it."),
        within: duration
          .default("24h")
          .describe(
            "How long after the rollback's decision it can be approved; then the rollout ends and the schema stays. An incompatible one waits as long as it takes, with the page on.",
          ),
      })
      .optional()
      .describe(
        "After a rollback, with everybody back on the active color: asks whether the database goes back, too (`database-revert`, the phase `revert`: `alembic downgrade`). Never by itself.",
      ),
    plan: label().describe("The plan that is followed unless another is named: a key of `plans`."),
    plans: z.record(label(), planSchema).describe("The plans, by name."),
    interval: duration
      .default("30s")
      .describe("Between two samples, and between two ticks. At most half of the shortest trigger's window."),
    requestsPerMinute: count(1)
      .optional()
      .describe("Requests of all regions together in a quiet minute: what `rollout plan` expects of each stage."),
    sources: sourcesSchema.default({}),
    metrics: metricsSchema.default({}),
    activeHealthy: condition
      .optional()
      .describe(
        "What holds of the active color in a region that can take everybody back: `healthy-targets >= 1`. Where it does not, a rollback holds that region and pages.",
      ),
    triggers: triggersSchema,
    signals: signalsSchema,
    hooks: hooksSchema,
    channels: channelsSchema,
    updateEvery: duration.default("4h").describe("Between two regular updates to the channels."),
    approvers: z
      .record(label(), z.array(z.string().min(1)).min(1))
      .default({})
      .describe("Who may approve in each role, as the signature names them: an address such as cto@example.org."),
    allowedSigners: z
      .string()
      .regex(/^(?!\/)(?!(.*\/)?\.\.(\/|$)).+$/, "a path in the repository, such as ops/allowed_signers")
      .optional()
      .describe(
        "File of the SSH keys that may sign approvals (ALLOWED SIGNERS in ssh-keygen(1)), in the repository. Where it is set, an approval without a signature is refused.",
      ),
    oidc: z
      .strictObject({
        issuer: z.url({ protocol: /^https$/ }).describe("Who makes the tokens: their `iss`."),
        audience: z.string().min(1).describe("Whom they are made for: their `aud`. One that nothing else uses."),
        claim: z.string().min(1).describe("The claim with the approver's name, as `approvers` has it."),
        jwks: z
          .string()
          .regex(
            /^(https:\/\/.+|(?!\/)(?![a-z]+:)(?!(.*\/)?\.\.(\/|$)).+)$/,
            "an https URL, or a path in the repository",
          )
          .describe("The issuer's public keys: an https URL, or a file in the repository."),
      })
      .optional()
      .describe(
        "Pipelines may approve by a token of OpenID Connect. Where it is set, an approval without proof is refused.",
      ),
    approvalValid: duration.default("24h").describe("How long an approval counts before its stage must have begun."),
  })
  .describe("How a release is brought to everybody: plans, what is measured, what acts, who is told.");

export type RolloutConfig = z.infer<typeof rolloutSchema>;
