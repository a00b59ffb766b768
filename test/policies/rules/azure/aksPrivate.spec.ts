import { aksPrivate } from "../../../../policies/rules/azure/aksPrivate";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { cluster, vault, versioned } from "./fixtures";

describeRule(aksPrivate, {
  passes: [
    { what: "as it should be", resources: [cluster()] },
    { what: "ranges", resources: [cluster({ apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.0/24"] } })] },
  ],
  fails: [
    { what: "open", resources: [cluster({ "apiServerAccessProfile.enablePrivateCluster": false })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(cluster({ "apiServerAccessProfile.enablePrivateCluster": false }))],
    },
    {
      what: "ranges with everybody",
      resources: [cluster({ apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.0/24", "0.0.0.0/0"] } })],
      message: /authorizedIPRanges/,
    },
  ],
  boundary: [
    {
      what: "an empty list of ranges",
      resources: [cluster({ apiServerAccessProfile: { authorizedIPRanges: [] } })],
      expect: "violated",
    },
  ],
  absent: [
    {
      what: "not set",
      resources: [cluster({ "apiServerAccessProfile.enablePrivateCluster": undefined })],
      expect: "violated",
    },
  ],
  unknown: [
    { what: "not known yet", resources: [cluster({ "apiServerAccessProfile.enablePrivateCluster": unknown })] },
    {
      what: "ranges that are not known yet",
      resources: [cluster({ apiServerAccessProfile: { authorizedIPRanges: unknown } })],
    },
  ],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [cluster({ "apiServerAccessProfile.enablePrivateCluster": secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
