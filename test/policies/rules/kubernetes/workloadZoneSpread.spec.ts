import { workloadZoneSpread } from "../../../../policies/rules/kubernetes/workloadZoneSpread";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { deployment } from "./fixtures";

const ZONE = "topology.kubernetes.io/zone";
const SPREAD = "spec.template.spec.topologySpreadConstraints";
const AVOID = "spec.template.spec.affinity.podAntiAffinity";

describeRule(workloadZoneSpread, {
  passes: [
    { what: "a constraint", resources: [deployment()] },
    {
      what: "pods that avoid each other",
      resources: [
        deployment({
          [SPREAD]: undefined,
          [`${AVOID}.requiredDuringSchedulingIgnoredDuringExecution`]: [{ topologyKey: ZONE }],
        }),
      ],
    },
    {
      what: "pods that would rather avoid each other",
      resources: [
        deployment({
          [SPREAD]: undefined,
          [`${AVOID}.preferredDuringSchedulingIgnoredDuringExecution`]: [
            { weight: 1, podAffinityTerm: { topologyKey: ZONE } },
          ],
        }),
      ],
    },
  ],
  fails: [
    { what: "only over hosts", resources: [deployment({ [SPREAD]: [{ topologyKey: "kubernetes.io/hostname" }] })] },
  ],
  boundary: [
    {
      what: "hosts and zones",
      resources: [deployment({ [`${SPREAD}[1]`]: { topologyKey: "kubernetes.io/hostname" } })],
      expect: "passed",
    },
  ],
  absent: [{ what: "nothing spreads", resources: [deployment({ [SPREAD]: undefined })] }],
  unknown: [{ what: "constraints that are not known yet", resources: [deployment({ [SPREAD]: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [deployment({ [SPREAD]: secret([{ topologyKey: HIDDEN }]) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "a job", resources: [draft("kubernetes:batch/v1:Job", { spec: {} })] }],
});
