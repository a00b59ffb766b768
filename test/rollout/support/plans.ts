import { planOf, type PlanFacts } from "../../../rollout/plan";
import type { RolloutPlan } from "../../../rollout/core/plan";
import { rolloutSchema } from "../../../stacks/config/rollout";
import type { z } from "zod";

type ConfigInput = z.input<typeof rolloutSchema>;
type PlanInput = ConfigInput["plans"][string];

export const RELEASE = { version: "2.2.0", images: { api: `registry.example/api@sha256:${"a".repeat(64)}` } };

export const METRICS: ConfigInput["metrics"] = Object.fromEntries(
  ["error-rate", "latency", "engagement", "healthy-targets"].map((name) => [
    name,
    { source: "prometheus", query: name },
  ]),
);

/** A plan of a rollout from blue to green over three regions, one of which stands by. */
export function planned(
  plan: Partial<PlanInput> = {},
  config: Partial<ConfigInput> = {},
  facts: Partial<PlanFacts> = {},
): RolloutPlan {
  const parsed = rolloutSchema.parse({
    release: RELEASE,
    databaseChange: false,
    plan: "standard",
    plans: {
      standard: {
        strategy: "blue-green",
        steps: [
          { share: 10, soak: "5m", gates: ["error-rate < 1"] },
          { share: 50, soak: "5m", gates: ["error-rate < 1"] },
          { share: 100 },
        ],
        validate: { soak: "15m", gates: ["error-rate < 1"] },
        rollbackWindow: "10m",
        triggers: ["errors"],
        ...plan,
      },
    },
    metrics: METRICS,
    triggers: { errors: { when: "error-rate > 5", for: "1m" } },
    ...config,
  });
  return planOf(parsed, {
    active: "blue",
    stacks: { application: "the-application", traffic: "the-routers" },
    regions: { "us-east-1": 70, "eu-west-1": 30, "eu-central-1": 0 },
    releases: { blue: { ...RELEASE, version: "2.1.0" } },
    ...facts,
  });
}
