import type { Changes } from "../../support/change";
import { draft, secret } from "../../support/draft";
import type { Mutation } from "../../support/mutation";
import { mutate } from "../../support/mutate";
import * as made from "./fixtures";

const DEPLOYMENT = made.deployment();
const WORKLOAD = [...made.COMPANY, DEPLOYMENT];

const SCALED = made.deployment({ "spec.replicas": undefined });
const AUTOSCALER = made.autoscaler();
const AUTOSCALED = [...made.COMPANY, SCALED, AUTOSCALER];

const [NAMESPACE, POLICY] = [made.namespace(), made.networkPolicy()];
const SPACE = [NAMESPACE, POLICY];

const BUDGET = made.budget();
const SERVICE = made.service();
const SETTINGS = made.configMap({ REGION: "eu-west-1" });
const SECRET = draft("kubernetes:core/v1:Secret", { stringData: { password: secret("hunter2-hunter2") } });
const RELEASE = made.release();
const INGRESS = made.ingress();
const GATEWAY = made.gateway();
const ROUTE = made.route();
const GRANT = draft("kubernetes:gateway.networking.k8s.io/v1beta1:ReferenceGrant", {
  spec: { from: [{ namespace: "edge" }], to: [{ group: "", kind: "Service", name: "api" }] },
});
const ROLE = made.role();
const BINDING = made.binding();
const STORAGE = draft("kubernetes:storage.k8s.io/v1:StorageClass", {
  provisioner: "ebs.csi.aws.com",
  parameters: { encrypted: "true" },
});

/** Breaks the pods of a Deployment: paths are inside of their spec. */
function ofPods(rule: string, changes: Changes, also?: string[]): Mutation {
  const inside = Object.entries(changes).map(([path, value]) => [`spec.template.spec.${path}`, value]);
  return mutate(rule, WORKLOAD, DEPLOYMENT, Object.fromEntries(inside) as Changes, also);
}

/** Breaks the first container of a Deployment. */
function ofContainer(rule: string, path: string, value: Changes[string], also?: string[]): Mutation {
  return ofPods(rule, { [`containers[0].${path}`]: value }, also);
}

const LABEL = 'metadata.labels["pod-security.kubernetes.io/enforce"]';

/** Mutations of every rule for Kubernetes. */
export const kubernetesMutations: readonly Mutation[] = [
  ofPods("pod-app-armor", { "securityContext.appArmorProfile": { type: "Unconfined" } }),
  ofContainer("pod-capabilities", "securityContext.capabilities.drop", ["NET_RAW"]),
  ofContainer("pod-env-no-secret", "env", [{ name: "DB_PASSWORD", value: "correct-horse" }]),
  ofPods("pod-host-namespaces", { hostNetwork: true }),
  ofContainer("pod-host-ports", "ports[0].hostPort", 8080),
  ofContainer("pod-image-digest", "image", "registry.example.com/school/api:1.2.3"),
  ofContainer("pod-liveness-differs", "livenessProbe.httpGet.path", "/ready"),
  ofPods("pod-no-host-process", { "securityContext.windowsOptions": { hostProcess: true } }),
  ofContainer("pod-no-privilege-escalation", "securityContext.allowPrivilegeEscalation", undefined),
  ofContainer("pod-not-privileged", "securityContext.privileged", true),
  ofPods("pod-own-service-account", { serviceAccountName: "default" }),
  ofContainer("pod-probe-hosts", "readinessProbe.httpGet.host", "169.254.169.254"),
  ofContainer("pod-proc-mount", "securityContext.procMount", "Unmasked"),
  ofContainer("pod-read-only-root", "securityContext.readOnlyRootFilesystem", false),
  ofContainer("pod-readiness", "readinessProbe", undefined),
  ofContainer("pod-resources", "resources.limits.memory", undefined),
  ofPods("pod-run-as-non-root", { "securityContext.runAsNonRoot": undefined }),
  ofPods("pod-seccomp", { "securityContext.seccompProfile.type": "Unconfined" }),
  ofPods("pod-selinux", { "securityContext.seLinuxOptions": { type: "spc_t" } }),
  ofPods("pod-sysctls", { "securityContext.sysctls": [{ name: "kernel.msgmax", value: "1" }] }),
  ofPods("pod-token-not-mounted", { automountServiceAccountToken: undefined }),
  ofPods("pod-user-not-root", { "securityContext.runAsUser": 0 }),
  ofPods("pod-volume-types", { "volumes[1]": { name: "host", hostPath: { path: "/" } } }),
  ofPods("workload-zone-spread", { topologySpreadConstraints: undefined }),
  mutate("workload-replicas", WORKLOAD, DEPLOYMENT, { "spec.replicas": 1 }),
  mutate("workload-disruption-budget", WORKLOAD, BUDGET),
  mutate("disruption-budget-yields", WORKLOAD, BUDGET, { "spec.maxUnavailable": 0 }),
  mutate("autoscaler-floor", AUTOSCALED, AUTOSCALER, { "spec.minReplicas": 1 }),
  mutate("autoscaler-owns-replicas", AUTOSCALED, SCALED, { "spec.replicas": 2 }),
  mutate("namespace-pod-security", SPACE, NAMESPACE, { [LABEL]: "privileged" }),
  mutate("namespace-ingress-denied", SPACE, POLICY, { "spec.policyTypes": ["Egress"] }),
  mutate("namespace-egress-denied", SPACE, POLICY, { "spec.policyTypes": ["Ingress"] }),
  mutate("namespace-egress-denied", SPACE, POLICY, undefined, ["namespace-ingress-denied"]),
  mutate("network-policy-narrow", SPACE, POLICY, { "spec.ingress": [{}] }),
  mutate("config-map-no-secret", [SETTINGS], SETTINGS, { "data.API_TOKEN": "correct-horse" }),
  mutate("kubernetes-secret-hidden", [SECRET], SECRET, { "stringData.password": "correct-horse" }),
  mutate("service-internal", [SERVICE], SERVICE, { "spec.type": "LoadBalancer" }),
  mutate("service-no-node-port", [SERVICE], SERVICE, { "spec.type": "NodePort" }),
  mutate("service-no-external-ips", [SERVICE], SERVICE, { "spec.externalIPs": ["203.0.113.1"] }),
  mutate("ingress-tls", [INGRESS], INGRESS, { "spec.tls": undefined }),
  mutate("gateway-tls", [GATEWAY], GATEWAY, { "spec.listeners[0].protocol": "HTTP" }),
  mutate("route-weights", [ROUTE], ROUTE, { "spec.rules[0].backendRefs[0].weight": 80 }),
  mutate("reference-grant-named", [GRANT], GRANT, { "spec.to[0].name": undefined }),
  mutate("rbac-no-wildcard", [ROLE], ROLE, { "rules[0].verbs": ["*"] }),
  mutate("rbac-no-escalation", [ROLE], ROLE, { "rules[0].verbs[0]": "escalate" }),
  mutate("rbac-no-cluster-admin", [BINDING], BINDING, { "roleRef.name": "cluster-admin" }),
  mutate("rbac-no-anonymous", [BINDING], BINDING, { "subjects[0].name": "system:authenticated" }),
  mutate("storage-class-encrypted", [STORAGE], STORAGE, { "parameters.encrypted": undefined }),
  mutate("helm-release-pinned", [...SPACE, RELEASE], RELEASE, { version: undefined }),
  mutate("helm-release-namespace", [...SPACE, RELEASE], RELEASE, { namespace: "kube-system" }),
  mutate("helm-values-no-secret", [...SPACE, RELEASE], RELEASE, { "values.adminPassword": "correct-horse" }),
];
