import type { ResourceRule } from "../../rule";
import { IDENTITY } from "../support/clauses";
import { CLUSTER } from "./internal/types";

export const aksNoLocalAccounts: ResourceRule = {
  id: "azure-aks-no-local-accounts",
  title: "A cluster has no local accounts",
  area: "identity",
  severity: "high",
  frameworks: IDENTITY,
  why: "The local administrator is a certificate that nobody can revoke, and that names no person.",
  fix: "Set disableLocalAccounts to true.",
  scope: "resource",
  types: [CLUSTER],
  check(cluster, { report }) {
    if (cluster.flag("disableLocalAccounts") !== true) {
      report("disableLocalAccounts is not true");
    }
  },
};
