import type { ResourceRule } from "../../rule";
import { IDENTITY } from "../support/clauses";
import { is } from "./internal/access";
import { POSTGRES } from "./internal/types";

export const postgresNoPasswords: ResourceRule = {
  id: "azure-postgres-no-passwords",
  title: "PostgreSQL is entered with an identity, not with a password",
  area: "identity",
  severity: "high",
  frameworks: IDENTITY,
  why: "A password is shared, copied and never changed; nobody sees who used it.",
  fix: "Set authConfig.activeDirectoryAuth to Enabled, and passwordAuth to Disabled.",
  scope: "resource",
  types: [POSTGRES],
  check(server, { report }) {
    if (!is(server, "authConfig.activeDirectoryAuth", "Enabled")) {
      report("authConfig.activeDirectoryAuth is not Enabled");
    }
    if (!is(server, "authConfig.passwordAuth", "Disabled")) {
      report("authConfig.passwordAuth is not Disabled");
    }
  },
};
