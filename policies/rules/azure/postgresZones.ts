import type { ResourceRule } from "../../rule";
import { CONTINUITY } from "../support/clauses";
import { is } from "./internal/access";
import { POSTGRES } from "./internal/types";

export const postgresZones: ResourceRule = {
  id: "azure-postgres-zones",
  title: "PostgreSQL has a standby in another zone",
  area: "availability",
  severity: "high",
  frameworks: CONTINUITY,
  why: "Without a standby the database is gone as long as its zone is.",
  fix: "Set highAvailability.mode to ZoneRedundant.",
  scope: "resource",
  types: [POSTGRES],
  applies: (server) => !/replica/i.test(server.text("createMode") ?? ""),
  check(server, { report }) {
    if (!is(server, "highAvailability.mode", "ZoneRedundant")) {
      report("highAvailability.mode is not ZoneRedundant");
    }
  },
};
