import { instanceMetadataV2 } from "../../../../policies/rules/exposure/instanceMetadataV2";
import { LAUNCH_TEMPLATE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(instanceMetadataV2, {
  ...valuesOf({ type: LAUNCH_TEMPLATE, path: "metadataOptions.httpTokens", good: ["required"], bad: ["optional"] }),
  boundary: [
    {
      what: "two hops",
      resources: [draft(LAUNCH_TEMPLATE, { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 } })],
      expect: "passed",
    },
    {
      what: "three hops",
      resources: [draft(LAUNCH_TEMPLATE, { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 3 } })],
      expect: "violated",
    },
    {
      what: "no metadata at all",
      resources: [draft(LAUNCH_TEMPLATE, { metadataOptions: { httpEndpoint: "disabled" } })],
      expect: "passed",
    },
  ],
});
