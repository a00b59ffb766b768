import type { ResourceRule } from "../../rule";
import { LEAST_PRIVILEGE } from "../support/clauses";
import { kind } from "./internal/objects";
import { at } from "./internal/pods";

export const referenceGrantNamed: ResourceRule = {
  id: "reference-grant-named",
  title: "A reference grant names the objects that another namespace may refer to",
  area: "identity",
  severity: "high",
  frameworks: LEAST_PRIVILEGE,
  why: "Without names, another namespace routes to every service, or uses every certificate, of this one.",
  fix: "Set the name of each entry of spec.to.",
  scope: "resource",
  types: [kind("gateway\\.networking\\.k8s\\.io", "ReferenceGrant")],
  check(grant, context) {
    context.each(grant.list("spec.to"), (target) => {
      if ((target.text("name") ?? "") === "") {
        context.report(`${at(target, "name")} is not set`);
      }
    });
  },
};
