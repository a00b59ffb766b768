import type { CostConfig } from "../cost";
import type { Issue } from "../issue";
import { checkGateway, type GatewayRouters } from "../routers";
import type { KubernetesEntryConfig } from "./entry";
import { checkClusters, type KubernetesRegions } from "./regions";

/** What sections of a deployment on clusters that are there already must agree on. */
export const kubernetesChecks = [checkClusters, checkGateway, checkCertificate, checkCost, checkBackups] as const;

/** The archive and the dumps are at one place: data of two jurisdictions would lie there side by side. */
function checkBackups({ regions }: { regions?: KubernetesRegions }): Issue[] {
  const jurisdictions = [...new Set(Object.values(regions ?? {}).map(({ jurisdiction }) => jurisdiction))];
  return jurisdictions.length < 2
    ? []
    : [
        {
          path: "regions",
          message:
            "one jurisdiction in a stack: its backups have one destination, and data stays in its jurisdiction; the others are stacks of their own",
          value: jurisdictions,
        },
      ];
}

function checkCost({ cost }: { cost?: CostConfig }): Issue[] {
  return cost === undefined || cost.cluster !== undefined
    ? []
    : [
        {
          path: "cost.cluster",
          message:
            "is required: no price list has the nodes of a cluster that is there already, and without it they would look free",
        },
      ];
}

/** The host's certificate is for the deployment's own gateway, or for an ingress controller: whoever has it shows the challenge. */
function checkCertificate({ entry, routers }: { entry?: KubernetesEntryConfig; routers?: GatewayRouters }): Issue[] {
  if (entry === undefined || routers === undefined) {
    return [];
  }
  const own = routers.gateway?.className !== undefined;
  const { certificate } = entry;
  if (own && certificate === undefined) {
    return [
      {
        path: "entry.certificate",
        message: "is required: the deployment's own gateway (routers.gateway.className) shows it",
      },
    ];
  }
  return !own && certificate !== undefined && certificate.ingressClass === undefined
    ? [
        {
          path: "entry.certificate.ingressClass",
          message:
            "is required, or no entry.certificate at all: without a gateway of the deployment's own nothing shows the authority's challenge",
        },
      ]
    : [];
}
