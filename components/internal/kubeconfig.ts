/** What a kubeconfig says about a cluster; all of it is public. */
export interface KubeconfigFacts {
  /** Name of the EKS cluster. */
  name: string;
  /** Address of the Kubernetes API. */
  endpoint: string;
  /** Base64 of the API's certificate authority. */
  certificateAuthority: string;
  /** AWS region of the cluster. */
  region: string;
}

/**
 * A kubeconfig for an EKS cluster, as JSON (which is YAML). It holds no secret: whoever uses it asks AWS for a token
 * with the credentials of the moment, by `aws eks get-token`.
 */
export function kubeconfig({ name, endpoint, certificateAuthority, region }: KubeconfigFacts): string {
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
            command: "aws",
            args: ["eks", "get-token", "--cluster-name", name, "--region", region, "--output", "json"],
            interactiveMode: "Never",
          },
        },
      },
    ],
  });
}
