/** What a kubeconfig says about an AKS cluster; all of it is public. */
export interface AksKubeconfigFacts {
  name: string;
  /** Address of the Kubernetes API. */
  endpoint: string;
  /** Base64 of the API's certificate authority. */
  certificateAuthority: string;
  /** Entra tenant of the cluster. */
  tenantId: string;
}

/** The application that AKS' API is in Entra, in every tenant. @see https://learn.microsoft.com/azure/aks/kubelogin-authentication */
const SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * A kubeconfig for an AKS cluster whose users are identities of Entra, as JSON (which is YAML). It holds no secret:
 * whoever uses it gets a token for the credentials of the moment, those of the Azure CLI, by `kubelogin`.
 */
export function aksKubeconfig({ name, endpoint, certificateAuthority, tenantId }: AksKubeconfigFacts): string {
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
            command: "kubelogin",
            args: ["get-token", "--server-id", SERVER_ID, "--tenant-id", tenantId, "--login", "azurecli"],
            interactiveMode: "Never",
          },
        },
      },
    ],
  });
}
