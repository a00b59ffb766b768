import { aksZones } from "../../../../policies/rules/azure/aksZones";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { cluster, nodePool, vault, versioned } from "./fixtures";

describeRule(aksZones, {
  passes: [
    { what: "a cluster", resources: [cluster()] },
    { what: "a node pool", resources: [nodePool()] },
  ],
  fails: [
    {
      what: "one of two pools",
      resources: [cluster({ "agentPoolProfiles[1]": { name: "gpu", availabilityZones: ["1"] } })],
      message: /agentPoolProfiles\[1\]/,
    },
    { what: "a node pool", resources: [nodePool({ availabilityZones: ["1"] })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(nodePool({ availabilityZones: ["1"] }))],
    },
  ],
  boundary: [
    { what: "two zones", resources: [nodePool({ availabilityZones: ["1", "2"] })], expect: "violated" },
    {
      what: "three times the same zone",
      resources: [nodePool({ availabilityZones: ["1", "1", "1"] })],
      expect: "violated",
    },
  ],
  absent: [{ what: "not set", resources: [nodePool({ availabilityZones: undefined })] }],
  unknown: [{ what: "not known yet", resources: [nodePool({ availabilityZones: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [nodePool({ availabilityZones: secret([HIDDEN]) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
