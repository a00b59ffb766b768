import { z } from "zod";
import { quantityValue } from "../../components/internal/quantity";
import { onlyOn } from "./clouds";
import { color, count, duration, hostname, label, percent, quantity } from "./fields";

const port = (fallback: number) => z.number().int().min(1_024).max(65_535).default(fallback);
const shareOfPods = z.string().regex(/^([1-9]\d?|100)%$/, "a percentage of the pods such as 25%");

const amounts = (what: string) =>
  z.strictObject({ cpu: quantity.describe(`${what} CPU.`), memory: quantity.describe(`${what} memory.`) });

const resources = z
  .strictObject({
    requests: amounts("Reserved"),
    limits: amounts("The most"),
    gpus: count().default(0).describe("GPUs of each pod; above 0 it runs on the gpu node group only (nvidia.com/gpu)."),
  })
  .refine(
    ({ requests, limits }) => quantityValue(requests.cpu) <= quantityValue(limits.cpu),
    "requests.cpu is at most limits.cpu",
  )
  .refine(
    ({ requests, limits }) => quantityValue(requests.memory) <= quantityValue(limits.memory),
    "requests.memory is at most limits.memory",
  )
  .describe("What one pod has.");

const sizing = (what: string) =>
  z
    .strictObject({
      warm: count(2).describe(
        "Pods while the color is warm, and the least in any region: 2 at least, so that one may leave.",
      ),
      min: count(2).describe("Least pods for all traffic of the largest serving region; other regions by their share."),
      max: count(2).describe(
        "Most pods in the largest serving region; other regions by the largest share of their jurisdiction, which may fail over to them.",
      ),
    })
    .refine(({ warm, min, max }) => warm <= min && min <= max, "warm <= min <= max")
    .describe(what);

const probe = (initialDelay: number, period: number, failures: number) =>
  z
    .strictObject({
      initialDelaySeconds: count().default(initialDelay).describe("Seconds before the first look."),
      periodSeconds: count(1).default(period).describe("Seconds between looks."),
      timeoutSeconds: count(1).default(3).describe("Seconds that an answer may take."),
      failureThreshold: count(1).default(failures).describe("Failures in a row that count."),
    })
    .prefault({});

const probes = z
  .strictObject({
    readyPath: z.string().startsWith("/").default("/health/ready").describe("Answers 200 while the pod can serve."),
    livePath: z
      .string()
      .startsWith("/")
      .default("/health/live")
      .describe("Answers 200 while the process is sound; it asks no other service."),
    startup: probe(0, 5, 60).describe(
      "How long a pod may take to start: periodSeconds x failureThreshold. The other probes wait for it.",
    ),
    readiness: probe(10, 5, 3).describe("When a pod gets requests."),
    liveness: probe(30, 10, 3).describe("When a pod is started anew."),
  })
  .prefault({})
  .describe("Health checks of the container.");

const shutdown = z
  .strictObject({
    preStopSeconds: count(1)
      .default(15)
      .describe(
        "Seconds that a pod goes on serving after it was asked to leave, until the load balancer sends it nothing new.",
      ),
    drainSeconds: count(1)
      .default(45)
      .describe(
        "Seconds to finish what it has, after preStopSeconds; at least `targets.deregistrationSeconds`. Both together are the grace period.",
      ),
  })
  .prefault({})
  .describe("How a pod leaves.");

const update = z
  .strictObject({
    maxSurge: shareOfPods.default("25%").describe("Pods above the number wanted, while pods are replaced."),
    maxUnavailable: shareOfPods
      .default("10%")
      .describe("Pods below the number wanted, while pods are replaced; also the disruption budget."),
    minReadySeconds: count()
      .default(20)
      .describe("Seconds that a new pod is ready before an old one leaves: its target is healthy by then."),
    progressDeadlineSeconds: count(60)
      .default(900)
      .describe("Seconds without progress after which an update has failed."),
  })
  .refine(
    ({ minReadySeconds, progressDeadlineSeconds }) => minReadySeconds < progressDeadlineSeconds,
    "minReadySeconds is below progressDeadlineSeconds",
  )
  .prefault({})
  .describe("How pods are replaced.");

const policy = z.strictObject({
  type: z.enum(["Percent", "Pods"]),
  value: count(1),
  periodSeconds: count(1).pipe(z.number().max(1_800)),
});

const autoscaling = z
  .strictObject({
    cpu: percent.optional().describe("CPU to keep pods at, percentage of the request."),
    memory: percent.optional().describe("Memory to keep pods at, percentage of the request."),
    requestsPerSecond: count(1)
      .optional()
      .describe("Requests per second to keep each pod at (metric http_requests_per_second)."),
    scaleDown: z
      .strictObject({
        stabilizationWindowSeconds: count().default(300).describe("Seconds whose highest wish counts."),
        policies: z
          .array(policy)
          .min(1)
          .default([{ type: "Percent", value: 10, periodSeconds: 60 }])
          .describe("The fastest way down."),
      })
      .prefault({})
      .describe("How pods are taken away."),
    scaleUp: z
      .strictObject({
        stabilizationWindowSeconds: count().default(0).describe("Seconds whose lowest wish counts."),
        policies: z
          .array(policy)
          .min(1)
          .default([
            { type: "Percent", value: 100, periodSeconds: 15 },
            { type: "Pods", value: 10, periodSeconds: 15 },
          ])
          .describe("The fastest way up; the policy that adds more wins."),
      })
      .prefault({})
      .describe("How pods are added."),
  })
  .refine(
    ({ cpu, memory, requestsPerSecond }) => [cpu, memory, requestsPerSecond].some((metric) => metric !== undefined),
    "one metric at least: cpu, memory or requestsPerSecond",
  )
  .describe("What the number of pods follows, between the floor of the color's capacity and the maximum.");

const target = z
  .strictObject({
    host: onlyOn(
      hostname
        .optional()
        .describe(
          "Host name whose requests it takes: one of the platform's `deployment.hosts`. @default - requests for any of them",
        ),
      ["aws"],
      "elsewhere the routes of all workloads answer to the same names",
    ),
    paths: z
      .array(z.string().regex(/^\/[\w.*?~/-]*$/, "a path pattern such as /api/*"))
      .max(4)
      .default([])
      .describe(
        "Path patterns of its requests, 4 at most (an ALB rule has 5 values, the color header is one, and so is a host); none for the workload that takes the rest.",
      ),
    priority: onlyOn(
      z
        .number()
        .int()
        .min(1)
        .max(400)
        .optional()
        .describe("Order of its rule: lower first. The functions' rule is before all. Required on AWS."),
      ["aws"],
      "an ALB looks at its rules in their order, and elsewhere the longest path wins",
    ),
    healthPath: onlyOn(
      z.string().startsWith("/").default("/health/ready").describe("What the load balancer asks."),
      ["aws"],
      "elsewhere requests go to the pods that Kubernetes calls ready (probes.readyPath)",
    ),
    protocolVersion: onlyOn(
      z.enum(["HTTP1", "HTTP2", "GRPC"]).default("HTTP1").describe("Protocol between the load balancer and the pods."),
      ["aws"],
      "routes of the Gateway API speak HTTP/1.1 to Services that say nothing else",
    ),
  })
  .describe("The requests of users that it gets through the routers; none when absent.");

/** Clouds that have more than clusters. */
const MANAGED = ["aws", "azure"] as const;

const access = z
  .strictObject({
    database: z
      .boolean()
      .default(false)
      .describe("Connects to the jurisdiction's database, without a password: by IAM, an identity, or a certificate."),
    cache: onlyOn(
      z.boolean().default(false).describe("Connects to the region's cache, with IAM authentication or an identity."),
      MANAGED,
      "clusters that are there already have no cache, and sessions live in the database",
    ),
    records: onlyOn(
      z
        .enum(["none", "read", "read-write"])
        .default("none")
        .describe("What it may do with the bucket of education records."),
      MANAGED,
      "clusters that are there already have no bucket of education records",
    ),
    ai: onlyOn(
      z
        .boolean()
        .default(false)
        .describe(
          "Calls Azure OpenAI: its service account token is exchanged for the managed identity, there is no key.",
        ),
      MANAGED,
      "clusters that are there already have no identity in Azure",
    ),
    secrets: z
      .array(label())
      .default([])
      .describe("Secrets of the platform, by name, that are mounted under /var/run/secrets/app."),
    secretRefresh: duration
      .default("1h")
      .describe("How often mounted secrets are read again, so that a rotated one arrives."),
  })
  .prefault({})
  .describe("What it may reach; everything else is closed by network policies and what the cloud grants.");

const consumer = z
  .strictObject({
    args: z.array(z.string()).default(["consume"]).describe("Arguments of the container."),
    pods: z
      .strictObject({
        warm: count(1).describe("Pods while the color is warm, and the least in any region."),
        min: count(1).describe("Pods for all traffic of the largest serving region; other regions by their share."),
      })
      .refine(({ warm, min }) => warm <= min, "warm <= min")
      .describe("How many pods there are; nothing scales them."),
  })
  .describe(
    "Work from queues, by the same image: in the color that `consumers` names only, because a queue has no weight.",
  );

const schedule = z
  .strictObject({
    cron: z
      .string()
      .regex(/^(\S+ ){4}\S+$/, "five fields, as cron has them")
      .describe("When."),
    timeZone: z
      .string()
      .regex(/^[A-Z]\w*(\/[\w+-]+)*$/, "an IANA time zone such as Etc/UTC")
      .default("Etc/UTC")
      .describe("In which time zone."),
    args: z.array(z.string()).min(1).describe("Arguments of the container."),
    deadlineSeconds: count(60).default(3_600).describe("Seconds after which a run has failed."),
  })
  .describe(
    "Work by the clock, by the same image: in the color that `consumers` names, once for each jurisdiction, in the region of its primary database.",
  );

const workloadSchema = z.strictObject({
  port: port(8080).describe("Port of requests."),
  metricsPort: port(9090).describe("Port of Prometheus metrics, reached from the monitoring namespace only."),
  resources,
  pods: sizing("How many pods there are."),
  autoscaling,
  probes,
  shutdown,
  update,
  target: target.optional(),
  access,
  env: z
    .record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, "upper-case letters, digits and underscores"), z.string())
    .default({})
    .describe("Settings besides those that the program gives (COLOR, REGION, DATABASE_HOST ...). Nothing secret."),
  tmpSize: quantity.default("256Mi").describe("Size of /tmp; the rest of the file system is read-only."),
  nodeSelector: z.record(z.string(), z.string()).default({}).describe("Labels that its nodes must have."),
  consumer: consumer.optional(),
  schedules: z.record(label(20), schedule).default({}).describe("Work by the clock, by name."),
});

export const workloadsSchema = z
  .record(label(13), workloadSchema)
  .describe("The workloads of each color, by name: 13 characters at most, which a target group's 32 leave.");

export const consumersSchema = color
  .optional()
  .describe("The color whose consumers and schedules run; the active one when absent. A stage of a rollout moves it.");

export type WorkloadConfig = z.infer<typeof workloadSchema>;
export type Workloads = z.infer<typeof workloadsSchema>;
export type ScheduleConfig = z.infer<typeof schedule>;
export type ConsumerConfig = z.infer<typeof consumer>;
