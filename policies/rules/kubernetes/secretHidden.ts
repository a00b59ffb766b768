import type { ResourceRule } from "../../rule";
import { SECRETS } from "../support/clauses";
import { kind } from "./internal/objects";

export const secretHidden: ResourceRule = {
  id: "kubernetes-secret-hidden",
  title: "The values of a Kubernetes secret are secrets in Pulumi, too",
  area: "identity",
  severity: "critical",
  frameworks: SECRETS,
  why: "A value that Pulumi does not know as secret stands in clear in the state, in plans and in logs of deployments.",
  fix: "Give the value as pulumi.secret(...), or let External Secrets bring it into the cluster past Pulumi.",
  scope: "resource",
  types: [kind("core", "Secret(?:Patch)?")],
  applies: (secret) => ["data", "stringData"].some((field) => secret.isSecret(field) || secret.keys(field).length > 0),
  check(secret, context) {
    const fields = ["data", "stringData"].filter((field) => !secret.isSecret(field));
    context.each(fields, (field) => {
      const clear = secret.keys(field).filter((key) => !secret.isSecret(`${field}["${key}"]`));
      for (const key of clear) {
        context.report(`${field}["${key}"] is not secret`);
      }
    });
  },
};
