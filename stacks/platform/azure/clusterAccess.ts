import * as containerservice from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import type { Cluster } from "../../../components/azure/cluster";

/** What AKS answers: a kubeconfig of which only the cluster is of interest here. */
interface Kubeconfig {
  clusters?: { cluster?: { "certificate-authority-data"?: string } }[];
}

/**
 * The certificate authority of a cluster's API, base64. It is public, and no output of the cluster: Azure hands it out
 * with the kubeconfig of users, which holds no credentials where local accounts are off. Asked once the cluster is there.
 */
export function certificateAuthority(
  cluster: Cluster,
  resourceGroupName: pulumi.Input<string>,
  provider: pulumi.ProviderResource,
): pulumi.Output<string> {
  return containerservice
    .listManagedClusterUserCredentialsOutput({ resourceGroupName, resourceName: cluster.clusterName }, { provider })
    .kubeconfigs.apply((kubeconfigs) => authorityOf(kubeconfigs[0]?.value ?? ""));
}

function authorityOf(base64: string): string {
  const config = parse(Buffer.from(base64, "base64").toString("utf8")) as Kubeconfig | null;
  const authority = config?.clusters?.[0]?.cluster?.["certificate-authority-data"];
  if (authority === undefined) {
    throw new Error("AKS handed out a kubeconfig without the certificate authority of the cluster");
  }
  return authority;
}
