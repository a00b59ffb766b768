import { eksEndpointPrivate } from "../../../../policies/rules/exposure/eksEndpointPrivate";
import { CLUSTER } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(eksEndpointPrivate, {
  ...valuesOf({ type: CLUSTER, path: "vpcConfig.endpointPublicAccess", good: [false], bad: [true] }),
  boundary: [
    {
      what: "public for the office",
      resources: [draft(CLUSTER, { vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] } })],
      expect: "passed",
    },
    {
      what: "public for everybody with IPv6",
      resources: [draft(CLUSTER, { vpcConfig: { publicAccessCidrs: ["203.0.113.0/24", "::/0"] } })],
      expect: "violated",
    },
  ],
});
