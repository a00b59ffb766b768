import type { ResourceRule } from "../../rule";
import { ENCRYPTION } from "../support/clauses";
import { is } from "./internal/access";
import { AI_ACCOUNT } from "./internal/types";

export const aiCustomerKey: ResourceRule = {
  id: "azure-ai-customer-key",
  title: "What AI services store is encrypted with a key of your own",
  area: "encryption",
  severity: "medium",
  level: "advisory",
  frameworks: ENCRYPTION,
  why: "Files, fine-tuned models and stored completions are then under a key that you can take away.",
  fix: "Set properties.encryption.keySource to Microsoft.KeyVault, with keyVaultProperties.",
  scope: "resource",
  types: [AI_ACCOUNT],
  check(account, { report }) {
    if (!is(account, "properties.encryption.keySource", "Microsoft.KeyVault")) {
      report("properties.encryption.keySource is not Microsoft.KeyVault");
    }
  },
};
