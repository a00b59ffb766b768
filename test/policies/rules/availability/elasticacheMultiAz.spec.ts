import { elasticacheMultiAz } from "../../../../policies/rules/availability/elasticacheMultiAz";
import { CACHE } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(elasticacheMultiAz, {
  ...valuesOf({
    type: CACHE,
    base: { multiAzEnabled: true, numCacheClusters: 2 },
    path: "automaticFailoverEnabled",
    good: [true],
    bad: [false],
  }),
  boundary: [
    {
      what: "one node",
      resources: [draft(CACHE, { automaticFailoverEnabled: true, multiAzEnabled: true, numCacheClusters: 1 })],
      expect: "violated",
    },
    {
      what: "shards with a replica each",
      resources: [
        draft(CACHE, {
          automaticFailoverEnabled: true,
          multiAzEnabled: true,
          numNodeGroups: 2,
          replicasPerNodeGroup: 1,
        }),
      ],
      expect: "passed",
    },
    {
      what: "shards without",
      resources: [draft(CACHE, { automaticFailoverEnabled: true, multiAzEnabled: true, numNodeGroups: 2 })],
      expect: "violated",
    },
  ],
});
