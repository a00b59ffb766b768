import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { CACHE } from "../support/types";

export const elasticacheAtRestEncrypted: ResourceRule = {
  id: "elasticache-at-rest-encrypted",
  title: "A cache is encrypted at rest",
  area: "encryption",
  severity: "critical",
  frameworks: [gdpr("32(1)(a)"), ferpa("99.31(a)(1)(ii)"), coppa("312.8(a)"), soc2("CC6.1"), iso27001("A.8.24")],
  why: "Snapshots, and what a node swaps to disk, hold the sessions of pupils.",
  fix: "Set atRestEncryptionEnabled to true: the cache is replaced.",
  scope: "resource",
  types: [CACHE],
  // A member of a global datastore is encrypted as the datastore is.
  applies: (cache) => !cache.has("globalReplicationGroupId"),
  check(cache, { report }) {
    if (cache.flag("atRestEncryptionEnabled") !== true) {
      report("atRestEncryptionEnabled is not true");
    }
  },
};
