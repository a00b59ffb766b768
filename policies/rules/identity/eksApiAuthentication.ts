import { coppa, ferpa, gdpr, iso27001, soc2 } from "../../frameworks";
import type { ResourceRule } from "../../rule";
import { CLUSTER } from "../support/types";

export const eksApiAuthentication: ResourceRule = {
  id: "eks-api-authentication",
  title: "Access to a cluster is decided by AWS alone",
  area: "identity",
  severity: "high",
  frameworks: [
    ferpa("99.31(a)(1)(ii)"),
    coppa("312.8(b)"),
    gdpr("32(1)(b)"),
    soc2("CC6.3"),
    iso27001("A.8.2"),
    iso27001("A.5.15"),
  ],
  why: "Entries of the aws-auth map are seen by no audit of IAM, and its creator stays an administrator for ever.",
  fix: "Set accessConfig.authenticationMode to API and bootstrapClusterCreatorAdminPermissions to false.",
  scope: "resource",
  types: [CLUSTER],
  check(cluster, { report }) {
    if (cluster.text("accessConfig.authenticationMode") !== "API") {
      report("accessConfig.authenticationMode is not API");
    }
    if (cluster.flag("accessConfig.bootstrapClusterCreatorAdminPermissions") !== false) {
      report("accessConfig.bootstrapClusterCreatorAdminPermissions is not false");
    }
  },
};
