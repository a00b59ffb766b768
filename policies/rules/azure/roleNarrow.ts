import type { ResourceRule } from "../../rule";
import { LEAST_PRIVILEGE } from "../support/clauses";
import { azure } from "./internal/types";

/** @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
const BROAD: Readonly<Record<string, string>> = {
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
  "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
};

export const roleNarrow: ResourceRule = {
  id: "azure-role-narrow",
  title: "No identity of the program is an owner or contributor",
  area: "identity",
  severity: "critical",
  frameworks: LEAST_PRIVILEGE,
  why: "These roles change everything in their scope; those that assign roles take every other one.",
  fix: "Assign the role for the one thing that the identity does.",
  scope: "resource",
  types: [azure("authorization", "RoleAssignment")],
  check(assignment, { report }) {
    const role = (assignment.text("roleDefinitionId") ?? "").split("/").at(-1)!.toLowerCase();
    const name = BROAD[role];
    if (name !== undefined) {
      report(`roleDefinitionId is ${name}`);
    }
  },
};
