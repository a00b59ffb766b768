import type { Json } from "../../../rollout/engine";
import { CloudError, type InvokeRequest, type World } from "../../engine/cloud";
import { text } from "../../../pulumi/json";
import { invent } from "../invent";

/** The kubeconfig that AKS hands to a user: where the API is and who vouches for it, and no credentials. */
export function userCredentials({ args }: InvokeRequest, world: World): Record<string, Json> {
  const group = text(args.resourceGroupName);
  const name = text(args.resourceName);
  const path = `/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;
  const clusters = [...world.things("azure-native:containerservice:ManagedCluster")];
  const cluster = clusters.find(({ id }) => id.endsWith(path));
  if (cluster === undefined) {
    throw new CloudError(`ResourceNotFound: the cluster ${name} was not found`);
  }
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name,
        cluster: {
          server: `https://${text(cluster.properties.fqdn)}:443`,
          "certificate-authority-data": Buffer.from(invent("alnum", 48, `authority of ${cluster.id}`)).toString(
            "base64",
          ),
        },
      },
    ],
  };
  return { kubeconfigs: [{ name: "clusterUser", value: Buffer.from(JSON.stringify(kubeconfig)).toString("base64") }] };
}
