import type { ValueMap } from "../../../../pulumi/values";
import { storageClassEncrypted } from "../../../../policies/rules/kubernetes/storageClassEncrypted";
import { describeRule, HIDDEN } from "../../support/cases";
import { draft, secret, unknown } from "../../support/draft";

const TYPE = "kubernetes:storage.k8s.io/v1:StorageClass";
const storageClass = (parameters: ValueMap) => draft(TYPE, { provisioner: "ebs.csi.aws.com", parameters });

describeRule(storageClassEncrypted, {
  passes: [{ what: "encrypted", resources: [storageClass({ encrypted: "true" })] }],
  fails: [
    { what: "in clear", resources: [storageClass({ encrypted: "false" })] },
    { what: "the driver of old", resources: [draft(TYPE, { provisioner: "kubernetes.io/aws-ebs", parameters: {} })] },
  ],
  boundary: [{ what: "text that is not true", resources: [storageClass({ encrypted: "yes" })], expect: "violated" }],
  absent: [{ what: "the driver's own default is in clear", resources: [storageClass({})] }],
  unknown: [{ what: "a parameter that is not known yet", resources: [storageClass({ encrypted: unknown })] }],
  secret: [
    {
      what: "a secret is read, and not quoted",
      resources: [storageClass({ encrypted: secret(HIDDEN) })],
      expect: "violated",
    },
  ],
  notApplicable: [{ what: "another driver", resources: [draft(TYPE, { provisioner: "efs.csi.aws.com" })] }],
});
