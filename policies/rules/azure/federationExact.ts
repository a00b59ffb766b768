import type { ResourceRule } from "../../rule";
import { LEAST_PRIVILEGE } from "../support/clauses";
import { azure } from "./internal/types";

export const federationExact: ResourceRule = {
  id: "azure-federation-exact",
  title: "A federated identity trusts one exact subject",
  area: "identity",
  severity: "critical",
  frameworks: LEAST_PRIVILEGE,
  why: "With a wider subject, pods of other namespaces and colors act as the identity.",
  fix: "Set issuer to an https address, subject to one service account, and audiences to api://AzureADTokenExchange.",
  scope: "resource",
  types: [azure("managedidentity", "FederatedIdentityCredential")],
  check(credential, { report }) {
    if (!(credential.text("issuer") ?? "").startsWith("https://")) {
      report("issuer is no https address");
    }
    const subject = credential.text("subject") ?? "";
    if (subject === "" || /[*?]/.test(subject)) {
      report("subject is not exact");
    }
    const audiences = credential.texts("audiences");
    if (audiences.length !== 1 || audiences[0] !== "api://AzureADTokenExchange") {
      report("audiences is not just api://AzureADTokenExchange");
    }
  },
};
