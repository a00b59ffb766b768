import { eksApiAuthentication } from "../../../../policies/rules/identity/eksApiAuthentication";
import { CLUSTER } from "../../../../policies/rules/support/types";
import { describeRule, valuesOf } from "../../support/cases";
import { draft } from "../../support/draft";

describeRule(eksApiAuthentication, {
  ...valuesOf({
    type: CLUSTER,
    base: { accessConfig: { bootstrapClusterCreatorAdminPermissions: false } },
    path: "accessConfig.authenticationMode",
    good: ["API"],
    bad: ["CONFIG_MAP", "API_AND_CONFIG_MAP"],
  }),
  boundary: [
    {
      what: "its creator stays an administrator by default",
      resources: [draft(CLUSTER, { accessConfig: { authenticationMode: "API" } })],
      expect: "violated",
    },
  ],
});
