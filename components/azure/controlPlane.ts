import type * as inputs from "@pulumi/kubernetes/types/input";
import { KONNECTIVITY } from "../kubernetes/networkPolicies";

/**
 * Lets the Kubernetes API in: it calls webhooks and the APIs that pods add to it. On AKS it reaches pods through the agents of
 * Konnectivity, which are pods themselves, so no range of addresses stands for it. Cilium would match none of a node or a pod, either.
 *
 * @see https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium#limitations
 * @see https://github.com/tigera/operator/pull/5212
 */
export function fromControlPlane(port: number): inputs.networking.v1.NetworkPolicyIngressRule {
  return {
    from: KONNECTIVITY,
    ports: [{ protocol: "TCP", port }],
  };
}
