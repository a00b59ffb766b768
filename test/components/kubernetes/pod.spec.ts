import assert from "node:assert/strict";
import { podTemplate } from "../../../components/kubernetes/pod";
import { workloadPolicy, type AwsAccess } from "../../../components/aws/workloadPolicy";
import { applicationConfig } from "../../stacks/applicationGraph";

const { workloads } = applicationConfig();
const identity = { deployment: "pathfinity", color: "green" } as const;

function pod(workload: string, role: "server" | "consumer" | "schedule" = "server", azureToken?: boolean): any {
  const config = workloads[workload]!;
  return podTemplate({
    identity,
    workload,
    role,
    version: "2.2.0",
    image: "image",
    config,
    settings: "settings",
    secret: "secret",
    azureToken,
  });
}

describe("pod", () => {
  it("is restricted, whatever it does", () => {
    for (const role of ["server", "consumer", "schedule"] as const) {
      const { spec } = pod("finn", role);
      assert.equal(spec.automountServiceAccountToken, false);
      assert.equal(spec.securityContext.runAsNonRoot, true);
      assert.deepEqual(spec.securityContext.seccompProfile, { type: "RuntimeDefault" });
      for (const { securityContext } of spec.containers) {
        assert.equal(securityContext.allowPrivilegeEscalation, false);
        assert.equal(securityContext.readOnlyRootFilesystem, true);
        assert.deepEqual(securityContext.capabilities, { drop: ["ALL"] });
      }
    }
  });

  it("has the document's probes, and time to leave after its pause", () => {
    const { spec } = pod("api");
    const [container] = spec.containers;
    const readiness = { initialDelaySeconds: 10, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 };
    assert.deepEqual(container.readinessProbe, { httpGet: { path: "/health/ready", port: "http" }, ...readiness });
    assert.equal(container.livenessProbe.httpGet.path, "/health/live");
    assert.equal(container.livenessProbe.initialDelaySeconds, 30);
    assert.equal(container.livenessProbe.periodSeconds, 10);
    assert.deepEqual(container.lifecycle, { preStop: { sleep: { seconds: 15 } } });
    assert.equal(spec.terminationGracePeriodSeconds, 60);
    assert.equal(pod("finn").spec.terminationGracePeriodSeconds, 120);
  });

  it("spreads over zones and hosts without insisting on it", () => {
    const { spec } = pod("web");
    const [zone] = spec.topologySpreadConstraints;
    const [host] = spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
    assert.equal(zone.topologyKey, "topology.kubernetes.io/zone");
    assert.equal(zone.whenUnsatisfiable, "ScheduleAnyway");
    assert.equal(host.podAffinityTerm.topologyKey, "kubernetes.io/hostname");
  });

  it("runs on gpu nodes if it has a GPU, and only then", () => {
    const pathiq = pod("pathiq").spec;
    assert.equal(pathiq.containers[0].resources.limits["nvidia.com/gpu"], "1");
    assert.deepEqual(pathiq.tolerations, [{ key: "gpu", operator: "Equal", value: "true", effect: "NoSchedule" }]);
    assert.deepEqual(pathiq.nodeSelector, { "nvidia.com/gpu.present": "true" });
    const api = pod("api").spec;
    assert.equal(api.tolerations, undefined);
    assert.equal(api.containers[0].resources.limits["nvidia.com/gpu"], undefined);
  });

  it("carries a token for Azure's exchange if its credentials say so, and only then", () => {
    const token = (azureToken?: boolean) =>
      pod("finn", "server", azureToken).spec.volumes.find(({ name }: any) => name === "azure-identity");
    const [{ serviceAccountToken }] = token(true).projected.sources;
    assert.equal(serviceAccountToken.audience, "api://AzureADTokenExchange");
    assert.equal(token(), undefined);
  });
});

describe("policy of a workload's role", () => {
  const access: AwsAccess = {
    account: "123456789012",
    region: "us-west-2",
    database: { region: "us-east-1", resourceId: "db-ABC", user: "application" },
    cache: { replicationGroupArn: "arn:cache", userArn: "arn:user" },
    records: { bucketArn: "arn:aws:s3:::records" },
    keyArn: "arn:key",
    secrets: [],
  };
  const none = { database: false, cache: false, records: "none", ai: true, secrets: [], secretRefresh: "1h" } as const;

  it("is absent for a workload that needs nothing of AWS", () => {
    assert.equal(workloadPolicy({ ...none, secrets: [] }, access), undefined);
  });

  it("allows what the config names, and uses of the key through the services concerned only", () => {
    const policy = workloadPolicy({ ...none, secrets: ["one"], cache: true }, { ...access, secrets: ["arn:one"] });
    assert.deepEqual(policy?.Statement, [
      { Sid: "Cache", Effect: "Allow", Action: ["elasticache:Connect"], Resource: ["arn:cache", "arn:user"] },
      {
        Sid: "Secrets",
        Effect: "Allow",
        Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
        Resource: ["arn:one"],
      },
      {
        Sid: "Key",
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: ["arn:key"],
        Condition: { StringEquals: { "kms:ViaService": ["secretsmanager.us-west-2.amazonaws.com"] } },
      },
    ]);
  });

  it("writes records only if it may", () => {
    const actions = (records: "read" | "read-write") =>
      (workloadPolicy({ ...none, secrets: [], records }, access)!.Statement as any[]).flatMap(({ Action }) => Action);
    assert.deepEqual(actions("read"), ["s3:GetObject", "kms:Decrypt"]);
    assert.deepEqual(actions("read-write"), ["s3:GetObject", "s3:PutObject", "kms:Decrypt", "kms:GenerateDataKey"]);
  });
});
