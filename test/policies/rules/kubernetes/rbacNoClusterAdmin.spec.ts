import { rbacNoClusterAdmin } from "../../../../policies/rules/kubernetes/rbacNoClusterAdmin";
import { describeRule } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";
import { binding, role } from "./fixtures";

describeRule(rbacNoClusterAdmin, {
  passes: [{ what: "another role", resources: [binding()] }],
  fails: [
    { what: "in the cluster", resources: [binding({ "roleRef.name": "cluster-admin" })] },
    {
      what: "in a namespace",
      resources: [draft("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", { roleRef: { name: "cluster-admin" } })],
    },
  ],
  boundary: [
    {
      what: "a name that only begins like it",
      resources: [binding({ "roleRef.name": "cluster-admins" })],
      expect: "passed",
    },
  ],
  absent: [{ what: "no role", resources: [binding({ roleRef: undefined })], expect: "passed" }],
  unknown: [{ what: "a role that is not known yet", resources: [binding({ "roleRef.name": unknown })] }],
  secret: [
    { what: "a secret is read", resources: [binding({ "roleRef.name": secret("cluster-admin") })], expect: "violated" },
  ],
  notApplicable: [{ what: "a role", resources: [role()] }],
});
