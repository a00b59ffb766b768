import { aksPrivateNodes } from "../../../../policies/rules/azure/aksPrivateNodes";
import { describeRule } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { cluster, nodePool, vault, versioned } from "./fixtures";

describeRule(aksPrivateNodes, {
  passes: [
    { what: "a cluster", resources: [cluster()] },
    { what: "a node pool", resources: [nodePool()] },
  ],
  fails: [
    {
      what: "one of two pools",
      resources: [cluster({ "agentPoolProfiles[1]": { name: "gpu", enableNodePublicIP: true } })],
      message: /agentPoolProfiles\[1\]/,
    },
    { what: "a node pool", resources: [nodePool({ enableNodePublicIP: true })] },
    {
      what: "a version of the API that the program names",
      resources: [versioned(nodePool({ enableNodePublicIP: true }))],
    },
  ],
  boundary: { none: "a switch has no limit" },
  absent: [{ what: "none by default", resources: [nodePool({ enableNodePublicIP: undefined })], expect: "passed" }],
  unknown: [{ what: "not known yet", resources: [nodePool({ enableNodePublicIP: unknown })] }],
  secret: [
    { what: "a secret is read", resources: [nodePool({ enableNodePublicIP: secret(true) })], expect: "violated" },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
