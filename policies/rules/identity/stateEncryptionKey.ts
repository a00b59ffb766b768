import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { STACK } from "../support/types";

export const stateEncryptionKey: ResourceRule = {
  id: "state-encryption-key",
  title: "The state of a production stack is encrypted under a key of a cloud",
  area: "identity",
  severity: "high",
  level: "advisory",
  frameworks: [soc2("CC6.1"), gdpr("32(1)(a)"), iso27001("A.8.24")],
  why: "A passphrase is shared by everybody who deploys, and is changed by nobody.",
  fix: 'pulumi stack change-secrets-provider "awskms://..." (or azurekeyvault, gcpkms, hashivault).',
  scope: "resource",
  types: [STACK],
  applies: (stack) => stack.record.secretsProvider !== undefined,
  check(stack, { report }) {
    if (stack.record.secretsProvider === "passphrase") {
      report("its secrets are encrypted under a passphrase");
    }
  },
};
