import { coppa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { CACHE } from "../support/types";

export const elasticacheTransitEncrypted: ResourceRule = {
  id: "elasticache-transit-encrypted",
  title: "A cache takes connections with TLS only",
  area: "transit",
  severity: "critical",
  frameworks: [gdpr("32(1)(a)"), coppa("312.8(a)"), soc2("CC6.7"), iso27001("A.8.20"), iso27001("A.8.24")],
  why: "Sessions travel between pods and cache; whoever reads one is that user.",
  fix: "Set transitEncryptionEnabled to true and transitEncryptionMode to required.",
  scope: "resource",
  types: [CACHE],
  check(cache, { report }) {
    if (cache.flag("transitEncryptionEnabled") !== true) {
      report("transitEncryptionEnabled is not true");
    } else if ((cache.text("transitEncryptionMode") ?? "required") !== "required") {
      report("transitEncryptionMode is not required: connections in clear are taken, too");
    }
  },
};
