import { aksVersion } from "../../../../policies/rules/azure/aksVersion";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { cluster, nodePool, versioned } from "./fixtures";

describeRule(aksVersion, {
  passes: [
    { what: "a cluster", resources: [cluster()] },
    { what: "a node pool", resources: [nodePool()] },
  ],
  fails: [
    { what: "a cluster of old", resources: [cluster({ kubernetesVersion: "1.29.4" })] },
    { what: "a node pool of old", resources: [nodePool({ orchestratorVersion: "1.33" })], message: /2026-06-30/ },
    {
      what: "a version of the API that the program names",
      resources: [versioned(cluster({ kubernetesVersion: "1.29" }))],
    },
  ],
  boundary: [
    {
      what: "the last day",
      resources: [cluster({ kubernetesVersion: "1.34" })],
      today: "2026-11-30",
      expect: "passed",
    },
    {
      what: "the day after",
      resources: [cluster({ kubernetesVersion: "1.34" })],
      today: "2026-12-01",
      expect: "violated",
    },
    {
      what: "a version that is newer than the table",
      resources: [cluster({ kubernetesVersion: "1.40" })],
      expect: "passed",
    },
  ],
  absent: [{ what: "whatever is new", resources: [cluster({ kubernetesVersion: undefined })] }],
  unknown: [{ what: "not known yet", resources: [cluster({ kubernetesVersion: unknown })] }],
  secret: [
    { what: "a secret is read", resources: [cluster({ kubernetesVersion: secret("1.29") })], expect: "violated" },
  ],
  notApplicable: [
    { what: "a node pool of its cluster's version", resources: [nodePool({ orchestratorVersion: undefined })] },
  ],
});
