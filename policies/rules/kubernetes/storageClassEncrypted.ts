import type { ResourceRule } from "../../rule";
import { ENCRYPTION } from "../support/clauses";
import { kind } from "./internal/objects";

const EBS = ["ebs.csi.aws.com", "kubernetes.io/aws-ebs"];

export const storageClassEncrypted: ResourceRule = {
  id: "storage-class-encrypted",
  title: "Volumes that pods ask for are encrypted",
  area: "encryption",
  severity: "critical",
  frameworks: ENCRYPTION,
  why: "Whoever gets hold of a volume or its snapshot reads what the pods wrote.",
  fix: 'Set parameters.encrypted to "true", and kmsKeyId to a key of yours.',
  scope: "resource",
  types: [kind("storage\\.k8s\\.io", "StorageClass")],
  // Other drivers encrypt without being asked, or say it elsewhere.
  applies: (storageClass) => EBS.includes(storageClass.text("provisioner") ?? ""),
  check(storageClass, { report }) {
    if (storageClass.flag("parameters.encrypted") !== true) {
      report("parameters.encrypted is not true");
    }
  },
};
