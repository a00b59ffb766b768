import type { Rule } from "../../rule";
import { autoscalerFloor } from "./autoscalerFloor";
import { autoscalerOwnsReplicas } from "./autoscalerOwnsReplicas";
import { configMapNoSecret } from "./configMapNoSecret";
import { disruptionBudgetYields } from "./disruptionBudgetYields";
import { gatewayTls } from "./gatewayTls";
import { helmReleaseNamespace } from "./helmReleaseNamespace";
import { helmReleasePinned } from "./helmReleasePinned";
import { helmValuesNoSecret } from "./helmValuesNoSecret";
import { ingressTls } from "./ingressTls";
import { namespaceEgressDenied } from "./namespaceEgressDenied";
import { namespaceIngressDenied } from "./namespaceIngressDenied";
import { namespacePodSecurity } from "./namespacePodSecurity";
import { networkPolicyNarrow } from "./networkPolicyNarrow";
import { podAppArmor } from "./podAppArmor";
import { podCapabilities } from "./podCapabilities";
import { podEnvNoSecret } from "./podEnvNoSecret";
import { podHostNamespaces } from "./podHostNamespaces";
import { podHostPorts } from "./podHostPorts";
import { podImageDigest } from "./podImageDigest";
import { podImageRegistry } from "./podImageRegistry";
import { podLivenessDiffers } from "./podLivenessDiffers";
import { podNoHostProcess } from "./podNoHostProcess";
import { podNoPrivilegeEscalation } from "./podNoPrivilegeEscalation";
import { podNotPrivileged } from "./podNotPrivileged";
import { podOwnServiceAccount } from "./podOwnServiceAccount";
import { podProbeHosts } from "./podProbeHosts";
import { podProcMount } from "./podProcMount";
import { podReadOnlyRoot } from "./podReadOnlyRoot";
import { podReadiness } from "./podReadiness";
import { podResources } from "./podResources";
import { podRunAsNonRoot } from "./podRunAsNonRoot";
import { podSeccomp } from "./podSeccomp";
import { podSelinux } from "./podSelinux";
import { podSysctls } from "./podSysctls";
import { podTokenNotMounted } from "./podTokenNotMounted";
import { podUserNotRoot } from "./podUserNotRoot";
import { podVolumeTypes } from "./podVolumeTypes";
import { rbacNoAnonymous } from "./rbacNoAnonymous";
import { rbacNoClusterAdmin } from "./rbacNoClusterAdmin";
import { rbacNoEscalation } from "./rbacNoEscalation";
import { rbacNoWildcard } from "./rbacNoWildcard";
import { referenceGrantNamed } from "./referenceGrantNamed";
import { routeWeights } from "./routeWeights";
import { secretHidden } from "./secretHidden";
import { serviceInternal } from "./serviceInternal";
import { serviceNoExternalIps } from "./serviceNoExternalIps";
import { serviceNoNodePort } from "./serviceNoNodePort";
import { storageClassEncrypted } from "./storageClassEncrypted";
import { workloadDisruptionBudget } from "./workloadDisruptionBudget";
import { workloadReplicas } from "./workloadReplicas";
import { workloadZoneSpread } from "./workloadZoneSpread";

/** The rules for Kubernetes. */
export const kubernetesRules: readonly Rule[] = [
  autoscalerFloor,
  autoscalerOwnsReplicas,
  configMapNoSecret,
  disruptionBudgetYields,
  gatewayTls,
  helmReleaseNamespace,
  helmReleasePinned,
  helmValuesNoSecret,
  ingressTls,
  namespaceEgressDenied,
  namespaceIngressDenied,
  namespacePodSecurity,
  networkPolicyNarrow,
  podAppArmor,
  podCapabilities,
  podEnvNoSecret,
  podHostNamespaces,
  podHostPorts,
  podImageDigest,
  podImageRegistry,
  podLivenessDiffers,
  podNoHostProcess,
  podNoPrivilegeEscalation,
  podNotPrivileged,
  podOwnServiceAccount,
  podProbeHosts,
  podProcMount,
  podReadOnlyRoot,
  podReadiness,
  podResources,
  podRunAsNonRoot,
  podSeccomp,
  podSelinux,
  podSysctls,
  podTokenNotMounted,
  podUserNotRoot,
  podVolumeTypes,
  rbacNoAnonymous,
  rbacNoClusterAdmin,
  rbacNoEscalation,
  rbacNoWildcard,
  referenceGrantNamed,
  routeWeights,
  secretHidden,
  serviceInternal,
  serviceNoExternalIps,
  serviceNoNodePort,
  storageClassEncrypted,
  workloadDisruptionBudget,
  workloadReplicas,
  workloadZoneSpread,
];
