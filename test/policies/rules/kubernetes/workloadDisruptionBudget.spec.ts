import { workloadDisruptionBudget } from "../../../../policies/rules/kubernetes/workloadDisruptionBudget";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { budget, deployment, namespace } from "./fixtures";

describeRule(workloadDisruptionBudget, {
  passes: [
    { what: "a budget by labels", resources: [deployment(), budget()] },
    { what: "a budget for all pods", resources: [deployment(), budget({ "spec.selector": {} })] },
    ...[unknown, "school"].map((name) => ({
      what: `a namespace that is not known yet, joined by what it depends on (${name === unknown ? "both" : "one"})`,
      resources: [
        deployment({ "metadata.namespace": unknown }, { refers: { metadata: ["other", "namespace"] } }),
        budget({ "metadata.namespace": name }, { refers: { metadata: ["namespace"] } }),
        namespace(),
        namespace({}, { name: "other" }),
      ],
    })),
    {
      what: "a budget by expressions",
      resources: [
        deployment(),
        budget({
          "spec.selector": {
            matchExpressions: [
              { key: "app", operator: "In", values: ["api", "web"] },
              { key: "app", operator: "Exists" },
              { key: "app", operator: "NotIn", values: ["worker"] },
              { key: "legacy", operator: "DoesNotExist" },
            ],
          },
        }),
      ],
    },
  ],
  fails: [
    {
      what: "a namespace that is not known yet, and a budget that depends on another",
      resources: [
        deployment({ "metadata.namespace": unknown }, { refers: { metadata: ["namespace"] } }),
        budget({ "metadata.namespace": unknown }, { refers: { metadata: ["other"] } }),
        namespace(),
        namespace({}, { name: "other" }),
      ],
    },
    { what: "a budget of other pods", resources: [deployment(), budget({ "spec.selector.matchLabels.app": "web" })] },
    { what: "a budget of another namespace", resources: [deployment(), budget({ "metadata.namespace": "other" })] },
    { what: "a budget of another cluster", resources: [deployment(), budget({}, { provider: {} })] },
    ...(
      [
        ["In", ["web"]],
        ["NotIn", ["api"]],
        ["DoesNotExist", []],
      ] as const
    ).map(([operator, values]) => ({
      what: `an expression that is not met: ${operator}`,
      resources: [
        deployment(),
        budget({ "spec.selector": { matchExpressions: [{ key: "app", operator, values: [...values] }] } }),
      ],
    })),
    {
      what: "a label that must exist",
      resources: [
        deployment(),
        budget({ "spec.selector": { matchExpressions: [{ key: "tier", operator: "Exists" }] } }),
      ],
    },
  ],
  boundary: [
    {
      what: "a budget without a selector counts nothing",
      resources: [deployment(), budget({ "spec.selector": undefined })],
      expect: "violated",
    },
  ],
  absent: [{ what: "no budget", resources: [deployment()] }],
  unknown: [
    {
      what: "labels that are not known yet",
      resources: [deployment({ "spec.template.metadata.labels.app": unknown }), budget()],
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [deployment(), budget({ "spec.selector.matchLabels.app": secret("web") })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "it is turned off", resources: [deployment({ "spec.replicas": 0 })] }],
});
