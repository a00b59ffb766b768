import { z } from "zod";
import { count, email } from "../fields";

const percent = (value: number, what: string) =>
  z.number().min(0.1).max(100).default(value).describe(`${what}, percent.`);

const people = z.strictObject({
  emails: z.array(email).min(1).describe("Mailboxes that hear."),
});

export const observabilitySchema = z
  .strictObject({
    logRetentionDays: count(30)
      .pipe(z.number().max(730))
      .default(365)
      .describe("How long logs are kept, 30 to 730 days, limits of a Log Analytics workspace."),
    thresholds: z
      .strictObject({
        cpuPercent: percent(80, "CPU of nodes, database and cache"),
        memoryPercent: percent(85, "Memory of nodes, database and cache"),
        diskPercent: percent(90, "Disk of nodes and storage of the database"),
        webSeconds: z.number().positive().default(2).describe("Time of an answer of the application, seconds."),
        aiSeconds: z.number().positive().default(5).describe("Time of an answer of the AI service, seconds."),
        errorPercent: percent(1, "Answers of the application that are errors (5xx)"),
        replicaLagSeconds: count(1).default(60).describe("How far a replica may be behind, seconds."),
        failedSignIns: count(1)
          .default(200)
          .describe("Refused sign-ins (401, 403) in 5 minutes: a class with Caps Lock is fewer."),
        blockedRequests: count(1)
          .default(1_000)
          .describe("Requests that the firewall blocks in 15 minutes: unusual traffic."),
      })
      .prefault({})
      .describe("What raises an alert: the figures of the go-live plan, section 3."),
    critical: people.describe(
      "Immediate response: the service is down, the database unreachable, AI gone, a breach indicated.",
    ),
    warning: people.describe("Response within 30 minutes: slow, erroneous, full, many refused sign-ins."),
    info: people.describe("Response within 4 hours: unusual traffic, secrets that expire."),
    budget: z
      .strictObject({
        monthlyUsd: count(1).describe("What the deployment may cost in a month, in the currency of the account."),
        startDate: z
          .string()
          .regex(/^\d{4}-\d{2}-01$/, "the first day of a month, such as 2026-12-01")
          .describe("First month; Azure refuses one that lies in the past when the budget is made."),
        actualPercents: z
          .array(count(1))
          .min(1)
          .max(4)
          .default([50, 80, 100])
          .describe("Percentages at which the cost so far is told."),
        forecastPercent: count(1).default(100).describe("Percentage at which the forecast of the month is told."),
        emails: z.array(email).min(1).describe("Mailboxes that hear."),
      })
      .describe("What the resource group may cost."),
  })
  .describe("Logs, alerts and the budget.");

export type AzureObservabilityConfig = z.infer<typeof observabilitySchema>;
