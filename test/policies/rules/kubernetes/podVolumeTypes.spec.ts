import { podVolumeTypes } from "../../../../policies/rules/kubernetes/podVolumeTypes";
import { describeRule, HIDDEN } from "../../support/cases";
import { secret, unknown } from "../../support/draft";
import { everyKind, NO_PODS, pod } from "./fixtures";

describeRule(podVolumeTypes, {
  passes: [
    ...everyKind(),
    ...[
      "configMap",
      "csi",
      "downwardAPI",
      "emptyDir",
      "ephemeral",
      "image",
      "persistentVolumeClaim",
      "projected",
      "secret",
    ].map((source) => ({
      what: `a volume of ${source}`,
      resources: [pod({ "spec.volumes[1]": { name: "other", [source]: {} } })],
    })),
  ],
  fails: [
    ...everyKind({ "spec.volumes[1]": { name: "host", hostPath: { path: "/" } } }),
    ...["nfs", "awsElasticBlockStore", "azureFile", "gitRepo", "iscsi", "somethingNew"].map((source) => ({
      what: `a volume of ${source}`,
      resources: [pod({ "spec.volumes[1]": { name: "other", [source]: {} } })],
    })),
  ],
  boundary: [
    {
      what: "two sources, of which one is allowed, as the cluster sees it",
      resources: [pod({ "spec.volumes[1]": { name: "both", emptyDir: {}, nfs: {} } })],
      expect: "passed",
    },
    {
      what: "without a source it is an emptyDir",
      resources: [pod({ "spec.volumes": [{ name: "tmp" }] })],
      expect: "passed",
    },
  ],
  absent: [{ what: "no volumes", resources: [pod({ "spec.volumes": undefined })], expect: "passed" }],
  unknown: [{ what: "volumes that are not known yet", resources: [pod({ "spec.volumes": unknown })] }],
  secret: [
    {
      what: "a secret volume is read",
      resources: [pod({ "spec.volumes[0]": secret({ name: "host", hostPath: { path: HIDDEN } }) })],
      expect: "violated",
    },
  ],
  notApplicable: NO_PODS,
});
