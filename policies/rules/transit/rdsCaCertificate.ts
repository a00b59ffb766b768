import { gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { DATABASE } from "../support/types";

export const rdsCaCertificate: ResourceRule = {
  id: "rds-ca-certificate",
  title: "The certificate of a database is of a current authority",
  area: "transit",
  severity: "high",
  frameworks: [soc2("CC6.7"), gdpr("32(1)(a)"), iso27001("A.8.24")],
  why: "Clients that verify the server refuse one of an authority that has ended; those that do not verify talk to anybody.",
  fix: "Set caCertIdentifier to rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1.",
  scope: "resource",
  types: [DATABASE],
  check(database, { report }) {
    const authority = database.text("caCertIdentifier");
    if (authority !== undefined && !/^rds-ca-(rsa2048|rsa4096|ecc384)-g\d+$/.test(authority)) {
      report("caCertIdentifier names an authority that has ended");
    }
  },
};
