import { z } from "zod";
import { count, percent } from "./fields";

const insights = z
  .strictObject({
    cpuPercent: count(1)
      .pipe(z.number().max(100))
      .default(80)
      .describe("Alarm above this use of the nodes' CPU, percent on average for five minutes."),
    memoryPercent: count(1)
      .pipe(z.number().max(100))
      .default(80)
      .describe("Alarm above this use of the nodes' memory, percent on average for five minutes."),
  })
  .describe(
    "CPU and memory of nodes, namespaces and pods as metrics of CloudWatch (Container Insights), with alarms. @default - none: Prometheus in the cluster has them",
  );

export const observabilitySchema = z
  .strictObject({
    alarms: z
      .strictObject({
        minutes: count(1)
          .pipe(z.number().max(60))
          .default(5)
          .describe("How many minutes in a row a limit must be broken, 1 to 60."),
        errorPercent: percent
          .default(1)
          .describe(
            "Alarm above this percentage of answers with a 5xx status, from targets or the load balancer itself.",
          ),
        minRequestsPerMinute: count(0)
          .default(100)
          .describe("Requests in a minute below which the percentage of errors says nothing and does not alarm."),
        latencyPercentile: count(50)
          .pipe(z.number().max(99))
          .default(95)
          .describe("Percentile of the response time that is watched."),
        latencySeconds: z
          .number()
          .positive()
          .max(60)
          .default(2)
          .describe("Alarm above this response time, in seconds."),
        unhealthyTargets: count(0)
          .default(0)
          .describe("Alarm above this number of unhealthy targets in one target group."),
      })
      .prefault({})
      .describe("Alarms of each region's load balancer, sent to the alert topic of the region."),
    insights: insights.optional(),
  })
  .prefault({})
  .describe("Alarms and the dashboard of each region.");

export type ObservabilityConfig = z.infer<typeof observabilitySchema>;
export type InsightsConfig = z.infer<typeof insights>;
