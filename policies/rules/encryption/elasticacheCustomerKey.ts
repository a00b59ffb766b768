import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { CACHE } from "../support/types";

export const elasticacheCustomerKey: ResourceRule = {
  id: "elasticache-customer-key",
  title: "A cache is encrypted under a key of the account",
  area: "encryption",
  severity: "medium",
  frameworks: [gdpr("32(1)(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Only a key of the account can be taken away from whoever got at a snapshot.",
  fix: "Set kmsKeyId: the cache is replaced.",
  scope: "resource",
  types: [CACHE],
  check(cache, { report }) {
    if (!cache.has("kmsKeyId")) {
      report("kmsKeyId is not set: the key is AWS's own");
    }
  },
};
