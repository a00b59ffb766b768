import { CronJob } from "@pulumi/kubernetes/batch/v1";
import * as pulumi from "@pulumi/pulumi";
import type { ScheduleConfig } from "../../stacks/config/workloads";
import { releaseLabels } from "./labels";
import { podTemplate, type PodArgs } from "./pod";

const TOKEN = "cutover:kubernetes:Schedule";
/** Ten minutes: how late a run may begin, so that a moved schedule is not run twice for one time. */
const START_WITHIN_SECONDS = 600;

export interface ScheduleArgs extends Omit<PodArgs, "role" | "args"> {
  namespace: pulumi.Input<string>;
  /** Name of the CronJob. */
  schedule: string;
  when: ScheduleConfig;
  /** Whether it runs here: elsewhere it is there, and suspended. */
  active: boolean;
}

/** Work by the clock. It is in both colors and every region, and runs in one color and once for each jurisdiction. */
export class Schedule extends pulumi.ComponentResource {
  public constructor(name: string, args: ScheduleArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TOKEN, name, {}, opts);
    const { cron, timeZone, deadlineSeconds } = args.when;
    const labels = releaseLabels(args.identity, args.workload, "schedule", args.version);
    new CronJob(
      `${name}-cron`,
      {
        metadata: { name: args.schedule, namespace: args.namespace, labels },
        spec: {
          schedule: cron,
          timeZone,
          suspend: !args.active,
          concurrencyPolicy: "Forbid",
          startingDeadlineSeconds: START_WITHIN_SECONDS,
          successfulJobsHistoryLimit: 3,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            metadata: { labels },
            spec: {
              activeDeadlineSeconds: deadlineSeconds,
              backoffLimit: 1,
              template: podTemplate({ ...args, role: "schedule", args: args.when.args }),
            },
          },
        },
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
