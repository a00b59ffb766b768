import { z } from "zod";
import { cidr, label } from "../fields";
import type { Issue } from "../issue";
import { nodesSchema, regionFields, regionName } from "../regions";

export const regionsSchema = z
  .record(
    regionName,
    z.strictObject({
      ...regionFields,
      cluster: z
        .strictObject({
          name: label(63).describe("The cluster's name."),
          context: z
            .string()
            .regex(/^[\w.:/@-]+$/, "a name of a context, without spaces")
            .describe(
              "Context of the runner's kubeconfig (KUBECONFIG) that reaches the cluster: nothing of it is kept in state.",
            ),
          version: z
            .string()
            .regex(/^1\.\d{2}$/, 'a version of Kubernetes in quotes, such as "1.35"')
            .describe("Its version of Kubernetes: that of the Pod Security Standards that namespaces enforce."),
          zones: z
            .array(label(63))
            .min(1)
            .describe("Zones of its nodes: the values of their label topology.kubernetes.io/zone."),
          controlPlaneCidr: cidr.describe(
            "Range of addresses that its API has and calls webhooks from: as narrow as the cluster's owner can say.",
          ),
          controlPlanePort: z
            .number()
            .int()
            .default(6443)
            .describe("Port of its API behind the Service `kubernetes`: network policies see this one."),
          storageClass: label(63).describe("Class of its encrypted volumes, for the database and for Prometheus."),
          nodes: nodesSchema,
        })
        .describe("The cluster, which is there already."),
    }),
  )
  .describe("The clusters of the deployment, one for each jurisdiction, by the name of the place where it is.");

export type KubernetesRegions = z.infer<typeof regionsSchema>;
export type ClusterConfig = KubernetesRegions[string]["cluster"];

/** Clusters that are there already share no network that this program knows of, so what one holds another cannot reach. */
export function checkClusters({ regions }: { regions?: KubernetesRegions }): Issue[] {
  return Object.entries(regions ?? {}).flatMap(([name, { jurisdiction, role, database }], _, all): Issue[] => {
    const first = all.find(([, region]) => region.jurisdiction === jurisdiction)!;
    const issues: Issue[] = [];
    if (first[0] !== name) {
      issues.push({
        path: `regions.${name}.jurisdiction`,
        message: `${first[0]} is there already: on kubernetes a jurisdiction is one cluster, because clusters share no network in which one reaches the database of the other`,
        value: jurisdiction,
      });
    } else if (database !== "primary") {
      issues.push({
        path: `regions.${name}.database`,
        message: "primary: the only cluster of its jurisdiction holds the database; replicas stand in the same cluster",
        value: database,
      });
    }
    if (role === "recovery" || role === "secondary") {
      issues.push({
        path: `regions.${name}.role`,
        message: "primary or regional: on kubernetes no cluster stands in for another",
        value: role,
      });
    }
    return issues;
  });
}
