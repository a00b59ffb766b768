/**
 * What the pod security standard `restricted` asks of every pod, and a read-only root file system on top. Pure.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */

/** Minor version of the standard that namespaces pin, so that a cluster upgrade cannot change what is refused. */
const STANDARD_VERSION = "v1.35";

/** User and group of every process: no account of the host. */
const USER = 10_001;

/** Labels that make a namespace refuse, record and warn about pods that are not restricted. */
export function podSecurityLabels(): Record<string, string> {
  return Object.fromEntries(
    ["enforce", "audit", "warn"].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, "restricted"],
      [`pod-security.kubernetes.io/${mode}-version`, STANDARD_VERSION],
    ]),
  );
}

/** The security context of a pod. The group lets the process read projected tokens. */
export function podSecurityContext() {
  return {
    runAsNonRoot: true,
    runAsUser: USER,
    runAsGroup: USER,
    fsGroup: USER,
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** The security context of a container. */
export function containerSecurityContext() {
  return {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  };
}
