import type { ResourceRule } from "../../rule";
import { TRANSIT } from "../support/clauses";
import { azure } from "./internal/types";

/** The values that each parameter may have; their defaults are among them. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  require_secure_transport: /^(on|true|1)$/i,
  ssl_min_protocol_version: /^TLSv1\.[23]$/i,
};

export const postgresTls: ResourceRule = {
  id: "azure-postgres-tls",
  title: "PostgreSQL refuses connections in clear, and TLS before 1.2",
  area: "transit",
  severity: "critical",
  frameworks: TRANSIT,
  why: "Records travel in clear between the application and the database, with its password.",
  fix: "Leave require_secure_transport on, and ssl_min_protocol_version at TLSv1.2 or above.",
  scope: "resource",
  types: [azure("dbforpostgresql", "Configuration")],
  applies: (parameter) => (parameter.text("configurationName") ?? "") in ALLOWED,
  check(parameter, { report }) {
    const name = parameter.text("configurationName") ?? "";
    if (!ALLOWED[name]!.test(parameter.text("value") ?? "")) {
      report(`${name} is weakened`);
    }
  },
};
