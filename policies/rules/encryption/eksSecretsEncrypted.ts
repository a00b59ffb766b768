import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { CLUSTER } from "../support/types";

export const eksSecretsEncrypted: ResourceRule = {
  id: "eks-secrets-encrypted",
  title: "The secrets of a Kubernetes cluster are encrypted under a key of the account",
  area: "encryption",
  severity: "critical",
  frameworks: [gdpr("32(1)(a)"), ferpa("99.31(a)(1)(ii)"), coppa("312.8(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Secrets lie in etcd as they were written; whoever gets hold of it, or of a backup, reads them.",
  fix: 'Set encryptionConfig with resources ["secrets"] and provider.keyArn. It cannot be taken back.',
  scope: "resource",
  types: [CLUSTER],
  check(cluster, { report }) {
    if (!cluster.texts("encryptionConfig.resources").includes("secrets")) {
      report("encryptionConfig does not name secrets");
    } else if (!cluster.has("encryptionConfig.provider.keyArn")) {
      report("encryptionConfig has no provider.keyArn");
    }
  },
};
