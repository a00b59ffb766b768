import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";

export const tokenExpires: ResourceRule = {
  id: "cloudflare-token-expires",
  title: "Tokens of the Cloudflare API expire",
  area: "identity",
  severity: "high",
  frameworks: [soc2("CC6.2"), iso27001("A.5.17"), gdpr("32(1)(b)")],
  why: "A token that was lost works until somebody remembers it.",
  fix: "Set expiresOn.",
  scope: "resource",
  types: ["cloudflare:index/apiToken:ApiToken", "cloudflare:index/accountToken:AccountToken"],
  check(token, { report }) {
    if (!token.has("expiresOn")) {
      report("expiresOn is not set");
    }
  },
};
