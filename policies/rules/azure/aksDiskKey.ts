import type { ResourceRule } from "../../rule";
import { ENCRYPTION } from "../support/clauses";
import { CLUSTER } from "./internal/types";

export const aksDiskKey: ResourceRule = {
  id: "azure-aks-disk-key",
  title: "The disks of a cluster are encrypted with a key of your own",
  area: "encryption",
  severity: "medium",
  frameworks: ENCRYPTION,
  why: "Disks of nodes and pods are then under a key that you can take away.",
  fix: "Set diskEncryptionSetID.",
  scope: "resource",
  types: [CLUSTER],
  check(cluster, { report }) {
    if (!cluster.has("diskEncryptionSetID")) {
      report("diskEncryptionSetID is not set");
    }
  },
};
