import type { ResourceRule } from "../../rule";
import { EXPOSURE } from "../support/clauses";
import { is } from "./internal/access";
import { POSTGRES } from "./internal/types";

export const postgresPrivate: ResourceRule = {
  id: "azure-postgres-private",
  title: "A PostgreSQL server has no public address",
  area: "exposure",
  severity: "critical",
  frameworks: EXPOSURE,
  why: "A database with a public address is one stolen password away from everybody.",
  fix: "Set network.delegatedSubnetResourceId, or network.publicNetworkAccess to Disabled with a private endpoint.",
  scope: "resource",
  types: [POSTGRES],
  check(server, { report }) {
    if (!server.has("network.delegatedSubnetResourceId") && !is(server, "network.publicNetworkAccess", "Disabled")) {
      report("network has no delegated subnet, and publicNetworkAccess is not Disabled");
    }
  },
};
