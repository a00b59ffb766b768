import assert from "node:assert/strict";
import { Controllers } from "../../../components/kubernetes/controllers";
import { clusterConfig } from "../../support/clusterConfig";
import { record, value, type Recording } from "../../support/record";

const NAME = "controllers-eu-west-1";
const ROLES = ["load-balancer", "autoscaler", "external-secrets", "prometheus", "adapter", "device-plugin"];

describe("Controllers", () => {
  let run: Recording<Controllers>;
  before(async () => {
    run = await record(
      () =>
        new Controllers(NAME, {
          region: "eu-west-1",
          account: "123456789012",
          clusterName: "pathfinity-eu-west-1",
          oidcProviderArn: "arn:provider",
          oidcIssuer: "issuer",
          vpcId: "vpc-1",
          vpcCidr: "10.40.0.0/16",
          volumeKeyArn: "arn:volumes",
          targetGroupPrefix: "pathfinity",
          config: clusterConfig(),
        }),
    );
  });
  const values = (role: string) => run.custom(`${NAME}-${role}-release`).inputs["values"];

  it("installs every chart in an exact version, waits until it is ready, and rolls back if it is not", () => {
    const releases = run.ofType("kubernetes:helm.sh/v3:Release");
    assert.deepEqual(releases.map(({ name }) => name).sort(), ROLES.map((role) => `${NAME}-${role}-release`).sort());
    for (const { inputs } of releases) {
      assert.match(inputs["version"], /^\d+\.\d+\.\d+$/);
      assert.match(inputs["repositoryOpts"]["repo"], /^https:/);
      assert.deepEqual([inputs["skipAwait"], inputs["atomic"]], [false, true]);
    }
  });

  it("restricts pods in every namespace but the device plugin's, at the cluster's version", () => {
    for (const role of ROLES) {
      const { labels } = run.custom(`${NAME}-${role}-namespace`).inputs["metadata"];
      const level = role === "device-plugin" ? "privileged" : "restricted";
      assert.equal(labels["pod-security.kubernetes.io/enforce"], level, role);
      assert.equal(labels["pod-security.kubernetes.io/enforce-version"], "v1.35");
    }
  });

  it("denies what no rule allows, in every namespace", () => {
    for (const role of ROLES) {
      const { spec } = run.custom(`${NAME}-${role}-network-policy`).inputs;
      assert.deepEqual(spec.podSelector, {});
      assert.deepEqual(spec.policyTypes, ["Ingress", "Egress"]);
      assert.ok(spec.ingress.every((rule: any) => rule.from.length > 0));
    }
  });

  it("runs two of everything that is not on every node, with requests and limits", () => {
    assert.equal(values("load-balancer").replicaCount, 2);
    assert.equal(values("autoscaler").replicaCount, 2);
    assert.equal(values("external-secrets").replicaCount, 2);
    assert.equal(values("external-secrets").webhook.replicaCount, 2);
    assert.equal(values("external-secrets").certController.replicaCount, 2);
    assert.equal(values("prometheus").server.replicaCount, 2);
    assert.equal(values("adapter").replicas, 2);
    for (const role of ROLES) {
      const { requests, limits } = (role === "prometheus" ? values(role).server : values(role)).resources;
      assert.ok(requests.cpu && requests.memory && limits.cpu && limits.memory, role);
    }
  });

  it("lets the load balancer controller register targets of the deployment's groups, and change nothing else", () => {
    const statements = policy("load-balancer");
    const changing = statements.filter(({ Resource }) => Resource !== "*");
    assert.deepEqual(changing, [
      {
        Sid: "Register",
        Effect: "Allow",
        Action: ["elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"],
        Resource: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/pathfinity-*/*",
      },
    ]);
    onlyDescribes(statements);
    assert.equal(values("load-balancer").vpcId, "vpc-1");
    assert.equal(values("load-balancer").region, "eu-west-1");
  });

  it("lets the autoscaler size the groups of its own cluster only", () => {
    const statements = policy("autoscaler");
    const scale = statements.find(({ Sid }) => Sid === "Scale");
    assert.deepEqual(scale.Condition, {
      StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/pathfinity-eu-west-1": "owned" },
    });
    onlyDescribes(statements);
    assert.equal(values("autoscaler").autoDiscovery.clusterName, "pathfinity-eu-west-1");
  });

  it("trusts exactly the service account that the chart makes", () => {
    for (const [role, release] of [
      ["load-balancer", "aws-load-balancer-controller"],
      ["autoscaler", "cluster-autoscaler"],
    ] as const) {
      const trust = JSON.parse(run.custom(`${NAME}-${role}-role`).inputs["assumeRolePolicy"]).Statement[0].Condition;
      assert.equal(trust.StringEquals["issuer:sub"], `system:serviceaccount:${release}:${release}`);
      const { serviceAccount } = role === "autoscaler" ? values(role).rbac : values(role);
      assert.equal(serviceAccount.name, release);
      assert.deepEqual(serviceAccount.annotations, { "eks.amazonaws.com/role-arn": `arn:${NAME}-${role}-role` });
    }
    assert.equal(run.ofType("aws:iam/role:Role").length, 2);
  });

  it("offers requests per second of pods to autoscalers, from the Prometheus that it installs", () => {
    const adapter = values("adapter");
    assert.deepEqual(adapter.prometheus, { url: "http://prometheus.monitoring.svc", port: 9090 });
    const [rule] = adapter.rules.custom;
    assert.equal(
      "http_requests_total".replace(new RegExp(rule.name.matches), "$1_per_second"),
      "http_requests_per_second",
    );
    assert.equal(rule.name.as, "${1}_per_second");
    assert.match(rule.metricsQuery, /\[120s\]/);
    assert.equal(values("prometheus").server.service.servicePort, 9090);
    assert.equal(run.result.prometheusUrl, "http://prometheus.monitoring.svc:9090");
  });

  it("runs the device plugin on nodes with the taint of the GPU group", () => {
    assert.deepEqual(values("device-plugin").tolerations, [
      { key: "gpu", operator: "Equal", value: "true", effect: "NoSchedule" },
    ]);
  });

  it("has one default storage class, of volumes that the cluster's key encrypts", () => {
    const { inputs } = run.custom(`${NAME}-storage`);
    assert.deepEqual(inputs["parameters"], { type: "gp3", encrypted: "true", kmsKeyId: "arn:volumes" });
    assert.equal(inputs["volumeBindingMode"], "WaitForFirstConsumer");
    assert.equal(values("prometheus").server.persistentVolume.storageClass, inputs["metadata"].name);
  });

  it("says in which namespace each is", async () => {
    const namespaces = await value(run.result.namespaces);
    assert.equal(namespaces.prometheus, "monitoring");
    assert.equal(namespaces.externalSecrets, "external-secrets");
  });

  function policy(role: string): any[] {
    return JSON.parse(run.custom(`${NAME}-${role}-policy`).inputs["policy"]).Statement;
  }
});

function onlyDescribes(statements: any[]): void {
  for (const { Action } of statements.filter(({ Resource }) => Resource === "*")) {
    assert.ok(
      Action.every((action: string) => /:(Describe|Get)/.test(action)),
      String(Action),
    );
  }
}
