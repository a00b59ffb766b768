import type { ResourceRule } from "../../rule";
import { ISOLATION } from "../support/clauses";
import { at, eachContainer, POD_TYPES } from "./internal/pods";

const HANDLERS = ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"];

export const podProbeHosts: ResourceRule = {
  id: "pod-probe-hosts",
  title: "Probes and lifecycle hooks call their own pod, and no other host",
  area: "kubernetes",
  severity: "medium",
  frameworks: ISOLATION,
  why: "The kubelet makes these calls from the node, which reaches what no pod may reach: metadata of the cloud, other nodes.",
  fix: "Take the host of httpGet and tcpSocket away; without it the pod itself is called.",
  scope: "resource",
  types: POD_TYPES,
  check(workload, context) {
    eachContainer(workload, context, (container) => {
      context.each(HANDLERS, (handler) => {
        context.each(["httpGet", "tcpSocket"], (call) => {
          if ((container.text(`${handler}.${call}.host`) ?? "") !== "") {
            context.report(`${at(container, `${handler}.${call}.host`)} is set`);
          }
        });
      });
    });
  },
};
