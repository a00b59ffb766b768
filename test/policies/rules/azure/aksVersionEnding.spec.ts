import { aksVersionEnding } from "../../../../policies/rules/azure/aksVersionEnding";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { cluster, nodePool, versioned } from "./fixtures";

describeRule(aksVersionEnding, {
  passes: [
    { what: "a cluster", resources: [cluster()] },
    { what: "a node pool", resources: [nodePool()] },
  ],
  fails: [
    { what: "in nine days", resources: [cluster({ kubernetesVersion: "1.34" })], message: /in 9 days/ },
    {
      what: "a version of the API that the program names",
      resources: [versioned(cluster({ kubernetesVersion: "1.34" }))],
    },
  ],
  boundary: [
    { what: "in 91 days", resources: [cluster()], today: "2027-03-31", expect: "passed" },
    { what: "in 90 days", resources: [cluster()], today: "2027-04-01", expect: "violated" },
    { what: "an end that has passed is another rule's", resources: [cluster()], today: "2027-07-01", expect: "passed" },
  ],
  absent: { none: "a cluster without a version is not looked at" },
  unknown: [{ what: "not known yet", resources: [cluster({ kubernetesVersion: unknown })] }],
  secret: [
    { what: "a secret is read", resources: [cluster({ kubernetesVersion: secret("1.34") })], expect: "violated" },
  ],
  notApplicable: [{ what: "no version", resources: [cluster({ kubernetesVersion: undefined })] }],
});
