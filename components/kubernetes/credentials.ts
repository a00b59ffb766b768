import type * as pulumi from "@pulumi/pulumi";

/** Where a client certificate is mounted: `tls.crt`, `tls.key`, and `ca.crt`, which the other side's is checked against. */
export const CERTIFICATE_DIRECTORY = "/var/run/secrets/certificate";

/** What pods prove with who they are to what they may reach, as their cloud has it: a role, an identity, a certificate. */
export interface Credentials {
  /**
   * Annotations of their service account.
   *
   * @default - none
   */
  annotations?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Labels that their pods have besides.
   *
   * @default - none
   */
  podLabels?: Readonly<Record<string, string>>;
  /**
   * Kubernetes secret of a client certificate, which is mounted under {@link CERTIFICATE_DIRECTORY}.
   *
   * @default - none
   */
  certificate?: pulumi.Input<string>;
  /**
   * Whether pods mount a token of their service account for Azure, where nothing in the cluster does it for them.
   *
   * @default - none
   */
  azureToken?: boolean;
  /**
   * What must be there before a pod uses them.
   *
   * @default - nothing
   */
  dependsOn?: pulumi.Resource[];
}

/**
 * Makes the credentials of one service account.
 *
 * @param name - What the names of resources begin with.
 * @param parent - The component that they belong to.
 * @param namespace - The namespace of the service account, known once it is there.
 */
export type MakeCredentials = (name: string, parent: pulumi.Resource, namespace: pulumi.Input<string>) => Credentials;

/**
 * Makes what credentials in a namespace need to be there.
 *
 * @param name - What the names of resources begin with.
 * @param parent - The component that it belongs to.
 * @param namespace - The namespace, known once it is there.
 */
export type Furnish = (
  name: string,
  parent: pulumi.Resource,
  namespace: pulumi.Input<string>,
  labels: Readonly<Record<string, string>>,
) => void;
