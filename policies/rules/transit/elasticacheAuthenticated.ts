import { ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { CACHE } from "../support/types";

export const elasticacheAuthenticated: ResourceRule = {
  id: "elasticache-authenticated",
  title: "A cache asks who connects",
  area: "transit",
  severity: "high",
  frameworks: [ferpa("99.31(a)(1)(ii)"), gdpr("32(1)(b)"), soc2("CC6.1"), iso27001("A.8.5")],
  why: "Without it every pod that reaches the cache reads every session.",
  fix: "Set userGroupIds (users sign in with IAM), or authToken.",
  scope: "resource",
  types: [CACHE],
  check(cache, { report }) {
    if (cache.texts("userGroupIds").length === 0 && !cache.has("authToken")) {
      report("neither userGroupIds nor authToken is set");
    }
  },
};
