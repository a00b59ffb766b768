/** What a kubeconfig says about a cluster; all of it is public. */
export interface ClusterFacts {
  name: string;
  /** Address of the Kubernetes API. */
  endpoint: string;
  /** Base64 of the API's certificate authority. */
  certificateAuthority: string;
}

/**
 * A kubeconfig as JSON (which is YAML). It holds no secret: whoever uses it asks the cloud for a token with the credentials of
 * the moment, by a command.
 */
function kubeconfig(
  { name, endpoint, certificateAuthority }: ClusterFacts,
  token: { command: string; args: readonly string[] },
): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    users: [
      {
        name,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            ...token,
            interactiveMode: "Never",
          },
        },
      },
    ],
  });
}

/**
 * A kubeconfig for an EKS cluster, whose users are identities of AWS.
 *
 * @param cluster - With the AWS region that it stands in.
 */
export function eksKubeconfig(cluster: ClusterFacts & { region: string }): string {
  const args = ["eks", "get-token", "--cluster-name", cluster.name, "--region", cluster.region, "--output", "json"];
  return kubeconfig(cluster, { command: "aws", args });
}

/** The application that AKS' API is in Entra, in every tenant. @see https://learn.microsoft.com/azure/aks/kubelogin-authentication */
const AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * A kubeconfig for an AKS cluster, whose users are identities of Entra: those of the Azure CLI.
 *
 * @param cluster - With the Entra tenant that it trusts.
 */
export function aksKubeconfig(cluster: ClusterFacts & { tenantId: string }): string {
  const args = ["get-token", "--server-id", AKS_SERVER, "--tenant-id", cluster.tenantId, "--login", "azurecli"];
  return kubeconfig(cluster, { command: "kubelogin", args });
}
