import { z } from "zod";
import { count } from "./fields";
import { jurisdictionName } from "./regions";

/** The frameworks that the policy pack knows. */
export const FRAMEWORK_NAMES = ["FERPA", "COPPA", "GDPR", "SOC 2", "ISO 27001"] as const;

const ruleId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "a rule's id, such as s3-public-access-block");
const day = z.iso.date("a day such as 2027-03-31, in quotes");

const waiver = z.strictObject({
  rule: ruleId.describe("The rule that is waived."),
  resource: z.string().min(1).describe("The URN of the resource; `*` stands for any text."),
  reason: z.string().min(20, "a reason that an auditor understands, 20 characters at least").describe("Why."),
  who: z.string().min(1).describe("Who decided it."),
  expires: day.describe("The last day on which it holds. After it, the waiver itself is a violation."),
});

export const policiesSchema = z
  .strictObject({
    frameworks: z
      .partialRecord(z.enum(FRAMEWORK_NAMES), z.boolean())
      .prefault({})
      .describe(
        "Frameworks that do not apply are set to `false`; a rule runs as long as one of its frameworks applies.",
      ),
    levels: z
      .record(ruleId, z.enum(["mandatory", "advisory", "disabled"]))
      .prefault({})
      .describe(
        "What a violation of a rule does, where it is not the rule's own level. `disabled` is for what does not apply.",
      ),
    waivers: z
      .array(waiver)
      .prefault([])
      .describe("Violations that were accepted, each for a resource, with a reason and an end."),
    registries: z
      .array(z.string().min(1))
      .prefault([])
      .describe(
        "Registries that images may come from, as prefixes of an image's name; empty means that none is refused.",
      ),
    jurisdictions: z
      .record(jurisdictionName, z.array(z.string().min(1)).min(1))
      .prefault({})
      .describe(
        "Regions and locations of each legal area, where the pack's table (US, EU, APAC) does not say it: data stays inside of one.",
      ),
    residencyTag: z
      .string()
      .min(1)
      .default("residency")
      .describe("The tag that names the legal area which a resource's data may not leave."),
    dataTag: z.string().min(1).default("data-class").describe("The tag that says what a store holds."),
    recordClasses: z
      .array(z.string().min(1))
      .prefault(["education-record", "session", "child-data"])
      .describe("Values of the data tag that mean data about pupils: its residency, retention and access are watched."),
    maxRetentionDays: count(1)
      .default(2557)
      .describe("Days after which data about pupils is gone at the latest; backups and locks included."),
    maxAccessLogDays: count(1)
      .default(400)
      .describe("Days after which access logs, which hold addresses of users, are gone at the latest."),
    recoverySeconds: count(1)
      .default(60)
      .describe("How soon after the loss of a region its users are served elsewhere, as promised to them."),
    maxStepPercent: count(1)
      .pipe(z.number().max(100))
      .optional()
      .describe(
        "The largest share of requests, in percent, that one stage of a release may move. Without it 50, or the largest step of the stack's plan where that is more.",
      ),
  })
  .prefault({})
  .describe("What the policy pack checks, and how strictly. See docs/compliance.md for the rules.");

export type PoliciesConfig = z.infer<typeof policiesSchema>;
