import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { eachPod, POD_TYPES } from "./internal/pods";

const ALLOWED = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

export const podVolumeTypes: ResourceRule = {
  id: "pod-volume-types",
  title: "Pods mount no directory of the node, and no storage but through claims",
  area: "kubernetes",
  severity: "critical",
  frameworks: ISOLATION,
  why: "A directory of the node holds the secrets of other pods and the credentials of the kubelet; storage that is named in a pod is governed by no storage class.",
  fix: "Use configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret volumes.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachPod(workload, context, (pod) => {
      context.each(pod.list("spec.volumes"), (volume) => {
        const sources = volume.keys("").filter((key) => key !== "name");
        // Without a source, Kubernetes makes it an emptyDir.
        if (sources.length > 0 && !sources.some((source) => ALLOWED.has(source))) {
          context.report(`${volume.path} is of a restricted type: ${sources[0]}`);
        }
      });
    });
  },
};
