import type { ValueMap } from "../../../../pulumi/values";
import type { Case } from "../../support/cases";
import { changed, type Changes } from "../../support/change";
import { draft, type Draft } from "../../support/draft";

const DIGEST = "0123456789abcdef".repeat(4);
export const IMAGE = `registry.example.com/school/api@sha256:${DIGEST}`;

const CONTAINER: ValueMap = {
  name: "api",
  image: IMAGE,
  ports: [{ containerPort: 8080 }],
  readinessProbe: { httpGet: { path: "/ready", port: 8080 } },
  livenessProbe: { httpGet: { path: "/live", port: 8080 } },
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "1", memory: "128Mi" } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
};

/** A pod that every rule passes. */
const TEMPLATE: ValueMap = {
  metadata: { labels: { app: "api" } },
  spec: {
    serviceAccountName: "api",
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: "RuntimeDefault" } },
    containers: [CONTAINER],
    volumes: [{ name: "tmp", emptyDir: {} }],
    topologySpreadConstraints: [{ topologyKey: "topology.kubernetes.io/zone", maxSkew: 1 }],
  },
};

/** A pod; changes are by path inside of its template. */
export function pod(changes: Changes = {}): Draft {
  return draft("kubernetes:core/v1:Pod", changed(TEMPLATE, changes));
}

/** Every kind that makes pods, with where the template stands in it. */
const KINDS: readonly (readonly [type: string, at: string])[] = [
  ["core/v1:Pod", ""],
  ["core/v1:PodList", "items[0]"],
  ["core/v1:PodTemplate", "template"],
  ["core/v1:ReplicationController", "spec.template"],
  ["apps/v1:Deployment", "spec.template"],
  ["apps/v1:DeploymentList", "items[0].spec.template"],
  ["apps/v1:StatefulSet", "spec.template"],
  ["apps/v1:DaemonSet", "spec.template"],
  ["apps/v1:ReplicaSet", "spec.template"],
  ["extensions/v1beta1:Deployment", "spec.template"],
  ["batch/v1:Job", "spec.template"],
  ["batch/v1:CronJob", "spec.jobTemplate.spec.template"],
  ["batch/v1beta1:CronJob", "spec.jobTemplate.spec.template"],
  ["argoproj.io/v1alpha1:Rollout", "spec.template"],
];

/** A case for every kind that makes pods, with the same changes of the template. */
export function everyKind(changes: Changes = {}): Case[] {
  return KINDS.map(([type, at]) => {
    const template = changed(TEMPLATE, changes);
    return {
      what: type,
      resources: [draft(`kubernetes:${type}`, at === "" ? template : changed({}, { [at]: template }))],
    };
  });
}

/** A case for each list of containers, with the same changes of one of them; the other containers pass. */
export function everyContainer(changes: Changes): Case[] {
  return ["containers", "initContainers", "ephemeralContainers"].map((list) => ({
    what: `one of ${list}`,
    resources: [
      pod({ [`spec.${list}[1]`]: changed(CONTAINER, { name: "other", ...changes }), [`spec.${list}[0]`]: CONTAINER }),
    ],
  }));
}

/** What no rule on pods looks at. */
export const NO_PODS: Case[] = [
  { what: "a service makes no pods", resources: [draft("kubernetes:core/v1:Service", { spec: {} })] },
  { what: "a patch is not a whole workload", resources: [draft("kubernetes:apps/v1:DeploymentPatch", { spec: {} })] },
];

const IN_SCHOOL = { namespace: "school" };

/** A Deployment that every rule passes, in the company of {@link COMPANY}. */
export function deployment(changes: Changes = {}, more: Partial<Draft> = {}): Draft {
  const inputs = {
    metadata: { ...IN_SCHOOL, name: "api" },
    spec: { replicas: 2, selector: { matchLabels: { app: "api" } }, template: TEMPLATE },
  };
  return draft("kubernetes:apps/v1:Deployment", changed(inputs, changes), more);
}

export function autoscaler(changes: Changes = {}, more: Partial<Draft> = {}): Draft {
  const inputs = {
    metadata: { ...IN_SCHOOL, name: "api" },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "api" },
      minReplicas: 2,
      maxReplicas: 9,
    },
  };
  return draft("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", changed(inputs, changes), {
    name: "autoscaler",
    ...more,
  });
}

export function budget(changes: Changes = {}, more: Partial<Draft> = {}): Draft {
  const inputs = {
    metadata: { ...IN_SCHOOL, name: "api" },
    spec: { maxUnavailable: 1, selector: { matchLabels: { app: "api" } } },
  };
  return draft("kubernetes:policy/v1:PodDisruptionBudget", changed(inputs, changes), { name: "budget", ...more });
}

export function namespace(changes: Changes = {}, more: Partial<Draft> = {}): Draft {
  const mode = (name: string) => ({
    [`pod-security.kubernetes.io/${name}`]: "restricted",
    [`pod-security.kubernetes.io/${name}-version`]: "v1.35",
  });
  const labels = { ...mode("enforce"), ...mode("audit"), ...mode("warn") };
  return draft("kubernetes:core/v1:Namespace", changed({ metadata: { name: "school", labels } }, changes), {
    name: "namespace",
    ...more,
  });
}

/** The policy that denies what no other allows. */
export function networkPolicy(changes: Changes = {}, more: Partial<Draft> = {}): Draft {
  const inputs = {
    metadata: { ...IN_SCHOOL, name: "default-deny" },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
  return draft("kubernetes:networking.k8s.io/v1:NetworkPolicy", changed(inputs, changes), { name: "policy", ...more });
}

/** What has to stand around a workload, so that every rule passes. */
export const COMPANY: readonly Draft[] = [namespace(), networkPolicy(), budget()];

export function service(changes: Changes = {}): Draft {
  const inputs = { metadata: { ...IN_SCHOOL, name: "api" }, spec: { type: "ClusterIP", ports: [{ port: 80 }] } };
  return draft("kubernetes:core/v1:Service", changed(inputs, changes));
}

export function configMap(data: ValueMap): Draft {
  return draft("kubernetes:core/v1:ConfigMap", { metadata: { ...IN_SCHOOL, name: "settings" }, data });
}

export function release(changes: Changes = {}, more: Partial<Draft> = {}): Draft {
  const inputs = {
    chart: "prometheus",
    version: "27.1.0",
    repositoryOpts: { repo: "https://charts.example.com" },
    namespace: "school",
    values: { replicas: 2, image: { tag: "1.2.3" } },
  };
  return draft("kubernetes:helm.sh/v3:Release", changed(inputs, changes), more);
}

export function ingress(changes: Changes = {}): Draft {
  const inputs = {
    metadata: { ...IN_SCHOOL, name: "web" },
    spec: { rules: [{ host: "app.example.com" }], tls: [{ hosts: ["app.example.com"], secretName: "web-tls" }] },
  };
  return draft("kubernetes:networking.k8s.io/v1:Ingress", changed(inputs, changes));
}

export function gateway(changes: Changes = {}, more: Partial<Draft> = {}): Draft {
  const inputs = {
    metadata: { ...IN_SCHOOL, name: "web" },
    spec: {
      listeners: [{ name: "https", port: 443, protocol: "HTTPS", tls: { certificateRefs: [{ name: "web-tls" }] } }],
    },
  };
  return draft("kubernetes:gateway.networking.k8s.io/v1:Gateway", changed(inputs, changes), {
    name: "gateway",
    ...more,
  });
}

export function route(changes: Changes = {}, more: Partial<Draft> = {}): Draft {
  const inputs = {
    metadata: { ...IN_SCHOOL, name: "api" },
    spec: {
      parentRefs: [{ name: "web", sectionName: "https" }],
      rules: [
        {
          backendRefs: [
            { name: "blue", port: 80, weight: 90 },
            { name: "green", port: 80, weight: 10 },
          ],
        },
      ],
    },
  };
  return draft("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", changed(inputs, changes), more);
}

export function role(changes: Changes = {}): Draft {
  const rules = [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list"] }];
  return draft(
    "kubernetes:rbac.authorization.k8s.io/v1:Role",
    changed({ metadata: { name: "reader" }, rules }, changes),
  );
}

export function binding(changes: Changes = {}): Draft {
  const inputs = {
    metadata: { name: "reader" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
    subjects: [{ kind: "Group", name: "operators" }],
  };
  return draft("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", changed(inputs, changes));
}
