import { z } from "zod";
import { count, email } from "./fields";
import type { Issue } from "./issue";

/**
 * Retentions that CloudWatch Logs knows, in days.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const LOG_GROUP_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288, 3_653,
];

/** Protection plans of GuardDuty that the deployment can turn on. */
export const GUARD_DUTY_FEATURES = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "LAMBDA_NETWORK_LOGS",
] as const;

/** Security standards of Security Hub that the deployment can subscribe to, as their ARNs write them. */
export const SECURITY_STANDARDS = [
  "aws-foundational-security-best-practices/v/1.0.0",
  "cis-aws-foundations-benchmark/v/3.0.0",
  "nist-800-53/v/5.0.0",
] as const;

export const accountSchema = z
  .strictObject({
    logs: z
      .strictObject({
        groupDays: z
          .number()
          .int()
          .refine((days) => LOG_GROUP_DAYS.includes(days), `one of ${LOG_GROUP_DAYS.join(", ")}`)
          .default(365)
          .describe("Days that every CloudWatch log group keeps its events: a value that CloudWatch Logs knows."),
        auditDays: count(365)
          .default(400)
          .describe(
            "Days that CloudTrail's files and AWS Config's history are kept; at least a year, so that a yearly audit finds them.",
          ),
        lockDays: count(1)
          .default(365)
          .describe("Days in which nobody can delete a file of CloudTrail (object lock); fewer than auditDays."),
        lockMode: z
          .enum(["GOVERNANCE", "COMPLIANCE"])
          .default("COMPLIANCE")
          .describe(
            "Whether a privileged person can lift the lock (GOVERNANCE) or nobody, the account's root included (COMPLIANCE).",
          ),
        accessDays: count(1)
          .pipe(z.number().max(365))
          .default(90)
          .describe("Days that access logs are kept: they hold addresses of users."),
      })
      .prefault({})
      .describe("How long logs are kept."),
    guardDuty: z
      .array(z.enum(GUARD_DUTY_FEATURES))
      .default([...GUARD_DUTY_FEATURES])
      .describe("Protection plans of GuardDuty, in every region."),
    standards: z
      .array(z.enum(SECURITY_STANDARDS))
      .min(1)
      .default(["aws-foundational-security-best-practices/v/1.0.0", "cis-aws-foundations-benchmark/v/3.0.0"])
      .describe("Security standards that Security Hub checks, in every region."),
    alarmEmails: z
      .array(email)
      .min(1)
      .describe("Mailboxes that receive the alarms of every region; each confirms its subscription once."),
    budget: z
      .strictObject({
        monthlyUsd: count(1).describe("What the account may cost in a month, US dollars."),
        actualPercents: z
          .array(count(1).pipe(z.number().max(200)))
          .default([50, 80, 100])
          .describe(
            "Alert when the month's cost passes these percentages of the budget; with forecastPercents at most five, a limit of AWS Budgets.",
          ),
        forecastPercents: z
          .array(count(1).pipe(z.number().max(200)))
          .default([100])
          .describe("Alert when the month's forecast passes these percentages of the budget."),
        anomalyUsd: count(1)
          .default(500)
          .describe("Alert when a service costs this much more than expected, US dollars."),
        emails: z
          .array(email)
          .min(1)
          .max(10)
          .describe("Mailboxes that receive the alerts about cost; at most ten, a limit of AWS Budgets."),
      })
      .describe("What the deployment may cost."),
  })
  .describe("What holds for the whole AWS account: audit, detection, retention of logs, cost.");

export type AccountConfig = z.infer<typeof accountSchema>;

/** AWS Budgets takes five notifications for a budget. */
const MAX_ALERTS = 5;

/** What the account section must agree on with itself. */
export function checkAccount({ account }: { account?: AccountConfig }): Issue[] {
  if (account === undefined) {
    return [];
  }
  const { logs, budget } = account;
  const issues: Issue[] = [];
  if (logs.lockDays >= logs.auditDays) {
    issues.push({
      path: "account.logs.lockDays",
      message: `fewer than auditDays (${logs.auditDays}): a locked file cannot expire`,
      value: logs.lockDays,
    });
  }
  const alerts = budget.actualPercents.length + budget.forecastPercents.length;
  if (alerts > MAX_ALERTS) {
    issues.push({
      path: "account.budget.actualPercents",
      message: `with forecastPercents at most ${MAX_ALERTS} alerts, a limit of AWS Budgets; there are ${alerts}`,
      value: budget.actualPercents,
    });
  }
  return issues;
}
