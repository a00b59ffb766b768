import { roleNarrow } from "../../../../policies/rules/azure/roleNarrow";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { roleAssignment, vault, versioned } from "./fixtures";

const BROAD = {
  Owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  Contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  "User Access Administrator": "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  "Role Based Access Control Administrator": "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
};

describeRule(roleNarrow, {
  passes: [{ what: "a role for one thing", resources: [roleAssignment()] }],
  fails: [
    ...Object.entries(BROAD).map(([what, role]) => ({
      what,
      resources: [roleAssignment(role)],
      message: new RegExp(what),
    })),
    { what: "a version of the API that the program names", resources: [versioned(roleAssignment(BROAD.Owner))] },
  ],
  boundary: [
    { what: "in capital letters", resources: [roleAssignment(BROAD.Owner.toUpperCase())], expect: "violated" },
  ],
  absent: [{ what: "no role", resources: [draft("azure-native:authorization:RoleAssignment", {})], expect: "passed" }],
  unknown: [
    {
      what: "not known yet",
      resources: [draft("azure-native:authorization:RoleAssignment", { roleDefinitionId: unknown })],
    },
  ],
  secret: [
    {
      what: "a secret is read",
      resources: [draft("azure-native:authorization:RoleAssignment", { roleDefinitionId: secret(BROAD.Owner) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another type", resources: [vault()] }],
});
