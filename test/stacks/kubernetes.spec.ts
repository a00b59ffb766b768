import assert from "node:assert/strict";
import type { Rehearsal } from "../../rehearsal";
import { greenWeights } from "../../rehearsal/world";
import { changed, outside } from "../../rollout/touch";
import type { Plan, Step } from "../../rollout/engine";
import { applicationContract } from "../../stacks/contract/application";
import { kubernetesPlatformContract } from "../../stacks/contract/platform/kubernetes";
import { trafficContract } from "../../stacks/contract/traffic";
import { badManifests } from "../support/manifests";
import { CLUSTER_STACK, clusterPlan, clusterStack, nameOf, rawCluster, WITHOUT_GATEWAY } from "./clusterStack";

const REGION = "us-central";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const POSTGRES = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const DATABASE = { "databaseChange.release": "1.2.1", "databaseChange.phase": "validate" };
const PAGE = { image: `docker.io/nginxinc/nginx-unprivileged@sha256:${"a".repeat(64)}` };

const metadata = ({ inputs }: Step) => inputs["metadata"] as any;
const spec = ({ inputs }: Step) => inputs["spec"] as any;

describe("a stack on a cluster that is there already", function () {
  this.timeout(120_000);
  let engine: Rehearsal;
  let plan: Plan;
  let change: Plan;
  const ofType = (type: string, steps: readonly Step[] = plan.steps) => steps.filter((step) => step.type === type);
  const one = (name: string, steps: readonly Step[] = plan.steps) => {
    const found = steps.filter((step) => nameOf(step) === name);
    assert.equal(found.length, 1, name);
    return found[0]!;
  };

  before(async () => {
    engine = await clusterStack();
    plan = await clusterPlan();
    change = await clusterPlan({ ...DATABASE, "routers.maintenance": PAGE });
  });

  it("is made of Kubernetes objects by the cluster's own provider, and of nothing of a cloud", () => {
    const providers = new Set(plan.steps.map(({ type }) => type.split(":")[0]));
    assert.deepEqual([...providers].sort(), ["cutover", "kubernetes", "pulumi"]);
    const [provider] = ofType("pulumi:providers:kubernetes");
    assert.equal(provider!.inputs["clusterIdentifier"], `cutover:cluster::${REGION}:production`);
    assert.equal(provider!.inputs["context"], "adaptive-learning-production");
    assert.equal(provider!.inputs["kubeconfig"], undefined, "credentials stay with the runner");
  });

  it("keeps the contract of each layer in its outputs", async () => {
    const { platform, application, traffic } = await engine.outputs(CLUSTER_STACK);
    kubernetesPlatformContract.parse(platform);
    applicationContract.parse(application);
    const { regions } = trafficContract.parse(traffic);
    assert.deepEqual(regions[REGION]!.weights, { blue: 100, green: 0 });
    assert.deepEqual(
      regions[REGION]!.routers.map(({ kind, id, route }) => [kind, id, route]),
      ["auth-service", "practice", "prediction", "web"].map((name) => [
        "http-route",
        `adaptive-learning-production/${name}`,
        name,
      ]),
    );
  });

  it("has only manifests that the published schemas allow, with the jobs of a database change and the page, too", () => {
    assert.deepEqual(badManifests(plan.steps), []);
    assert.deepEqual(badManifests(change.steps), []);
    assert.ok(ofType("kubernetes:batch/v1:Job", change.steps).length === 4);
  });

  it("closes every namespace to pods that are not restricted, and to everybody whom no rule lets in", () => {
    const spaces = ofType(NAMESPACE, change.steps).map((space) => metadata(space));
    assert.deepEqual(spaces.map(({ name }) => name).sort(), [
      "adaptive-learning-blue",
      "adaptive-learning-green",
      "adaptive-learning-production",
      "adaptive-learning-release",
      "cert-manager",
      "cnpg-system",
      "external-secrets",
      "infrastructure",
      "monitoring",
    ]);
    for (const { name, labels } of spaces) {
      assert.equal(labels["pod-security.kubernetes.io/enforce"], "restricted", name);
      assert.equal(labels["pod-security.kubernetes.io/audit"], "restricted", name);
      const closed = ofType("kubernetes:networking.k8s.io/v1:NetworkPolicy", change.steps).filter(
        (policy) =>
          metadata(policy).namespace === name &&
          Object.keys(spec(policy).podSelector).length === 0 &&
          spec(policy).policyTypes.length === 2,
      );
      assert.ok(closed.length > 0, name);
    }
  });

  it("lets requests to routed pods in from the gateway's proxies only, and keeps the pipeline to its color", () => {
    const entries = plan.steps.filter((step) => nameOf(step).startsWith(`color-${REGION}-blue-network-entry-`));
    assert.deepEqual(
      entries.map((policy) => nameOf(policy).split("-entry-")[1]),
      ["auth-service", "practice", "prediction", "web"],
    );
    for (const entry of entries) {
      assert.deepEqual(spec(entry).ingress[0].from, [
        { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "envoy-gateway-system" } } },
      ]);
    }
  });

  it("runs auth-service on port 3001, and asks it for /health", () => {
    const container = spec(one(`color-${REGION}-blue-auth-service-server-deployment`)).template.spec.containers[0];
    assert.equal(container.ports[0].containerPort, 3001);
    assert.equal(container.readinessProbe.httpGet.path, "/health");
  });

  it("says with one label which color is active, and moves it and what has no weight when a rollout completes", async () => {
    const active = (steps: readonly Step[]) =>
      ofType(NAMESPACE, steps)
        .filter((space) => metadata(space).labels.active === "true")
        .map((space) => metadata(space).name);
    assert.deepEqual(active(plan.steps), ["adaptive-learning-blue"]);
    const { steps } = await engine.preview(CLUSTER_STACK, { set: { active: "green", "capacity.green": "full" } });
    assert.deepEqual(active(steps), ["adaptive-learning-green"]);
    assert.deepEqual(outside(steps, ["active-label", "consumers", "pods:green"]), []);
    assert.equal(outside(steps, ["consumers", "pods:green"]).length, 2, "the labels");
  });

  it("shifts traffic by the weights of its routes alone", async () => {
    const { steps } = await engine.preview(CLUSTER_STACK, { set: { "traffic.green": 10 } });
    assert.deepEqual(
      changed(steps).map(({ type, diff }) => [type, diff.every((path) => path.endsWith(".weight"))]),
      Array.from({ length: 4 }, () => [ROUTE, true]),
    );
    assert.deepEqual(outside(steps, ["weights"]), []);
  });

  it("has the namespace of a color before it has a release, because the routes' grants stand in it", async () => {
    const { steps } = await clusterPlan({ releases: { blue: (rawCluster() as any).releases.blue } });
    const inGreen = steps.filter((step) => metadata(step)?.namespace === "adaptive-learning-green");
    assert.ok(ofType(NAMESPACE, steps).some((space) => metadata(space).name === "adaptive-learning-green"));
    assert.ok(inGreen.some(({ type }) => type.endsWith(":ReferenceGrant")));
    assert.deepEqual(ofType(DEPLOYMENT, inGreen), []);
  });

  it("connects to the database by certificate alone: services as who writes rows, migrations as who owns the schema", () => {
    const { pg_hba } = spec(ofType(POSTGRES)[0]!).postgresql;
    assert.deepEqual(pg_hba, [
      "hostssl adaptive_learning app all cert",
      "hostssl all owner all cert",
      "host all all all reject",
    ]);
    const certificates = ofType("kubernetes:cert-manager.io/v1:Certificate", change.steps);
    const names = (space: string) =>
      certificates
        .filter((certificate) => metadata(certificate).namespace === `adaptive-learning-${space}`)
        .map((certificate) => spec(certificate).commonName);
    assert.deepEqual(names("green"), ["app", "app", "app", "app"], "web has no business with it");
    assert.deepEqual(names("release"), ["owner", "owner", "owner", "owner"]);
    const pod = spec(one(`color-${REGION}-green-practice-server-deployment`)).template.spec;
    const volume = pod.volumes.find(({ name }: { name: string }) => name === "certificate");
    assert.deepEqual(volume.secret, { secretName: "practice-database", defaultMode: 0o440 });
  });

  it("gives the keys of backups to the phases that write or read one, and to no other", async () => {
    const mounting = ({ steps }: Plan) =>
      ofType("kubernetes:batch/v1:Job", steps)
        .filter((job) => spec(job).template.spec.volumes.some(({ name }: { name: string }) => name === "secrets"))
        .map((job) => metadata(job).name.split("-1-2-1")[0]);
    assert.deepEqual(mounting(change), ["backup", "restore-check"]);
    const back = await clusterPlan({ ...DATABASE, "databaseChange.phase": "revert" });
    assert.deepEqual(mounting(back), ["backup", "restore-check", "revert"]);
  });

  it("asks for the server's certificate by a name, which Vault's roles require", () => {
    const { commonName, dnsNames } = spec(one(`postgres-${REGION}-server-certificate`));
    assert.equal(commonName, "postgres-rw");
    assert.ok(dnsNames.includes("postgres-rw.infrastructure.svc.cluster.local"));
  });

  it("asks for names at the cluster's DNS and at the node's cache of it, from every namespace with pods of its own", () => {
    const asking = ofType("kubernetes:networking.k8s.io/v1:NetworkPolicy", change.steps).filter(
      (policy) => metadata(policy).name === "dns" || nameOf(policy) === `postgres-${REGION}-network-instances`,
    );
    assert.ok(asking.length >= 5);
    for (const policy of asking) {
      const rule = spec(policy).egress.find(({ ports }: any) => ports.some(({ port }: any) => port === 53));
      assert.deepEqual(rule.to.at(-1), { ipBlock: { cidr: "169.254.20.10/32" } }, nameOf(policy));
      assert.deepEqual(rule.ports.map(({ protocol }: any) => protocol).sort(), ["TCP", "UDP"]);
    }
  });

  it("keeps the definitions of secrets, and with them the secrets, when External Secrets is uninstalled", () => {
    const { inputs } = one(`controllers-${REGION}-external-secrets-release`);
    assert.deepEqual((inputs["values"] as any).crds.annotations, { "helm.sh/resource-policy": "keep" });
  });

  it("sends backups with the checksums that every store takes, encrypted as config says", async () => {
    const store = (steps: readonly Step[]) => spec(one(`postgres-${REGION}-store`, steps));
    const { configuration, instanceSidecarConfiguration } = store(plan.steps);
    assert.deepEqual(instanceSidecarConfiguration.env, [
      { name: "AWS_REQUEST_CHECKSUM_CALCULATION", value: "when_required" },
      { name: "AWS_RESPONSE_CHECKSUM_VALIDATION", value: "when_required" },
    ]);
    assert.deepEqual([configuration.wal.encryption, configuration.data.encryption], ["AES256", "AES256"]);
    const without = store((await clusterPlan({ "database.backups.encryption": "none" })).steps).configuration;
    assert.ok(!("encryption" in without.wal) && !("encryption" in without.data));
  });

  it("makes the database from an archive, and gives it another one, of which a base backup is made at once", async () => {
    const { steps } = await clusterPlan({
      "database.restore": { from: "postgres", until: "2026-11-21T10:30:00Z" },
      "database.backups.archive": "postgres-2",
    });
    assert.deepEqual(badManifests(steps), []);
    const { bootstrap, externalClusters, plugins } = spec(ofType(POSTGRES, steps)[0]!);
    assert.equal(bootstrap.initdb, undefined);
    assert.equal(bootstrap.recovery.source, externalClusters[0].name);
    assert.equal(externalClusters[0].plugin.parameters.serverName, "postgres");
    assert.deepEqual(plugins[0].parameters, { ...externalClusters[0].plugin.parameters, serverName: "postgres-2" });
    const scheduled = one(`postgres-${REGION}-backups`, steps);
    assert.deepEqual([metadata(scheduled).name, spec(scheduled).immediate], ["postgres-2", true]);
  });

  it("lets each service read its own secrets with its own account", () => {
    const store = spec(one(`color-${REGION}-blue-auth-service-secrets-store`));
    assert.deepEqual(store.provider.vault.auth.kubernetes, {
      mountPath: "kubernetes",
      role: "adaptive-learning-auth-service",
      serviceAccountRef: { name: "auth-service" },
    });
    const secret = spec(one(`color-${REGION}-blue-auth-service-secrets-secret`));
    assert.deepEqual(secret.data, [
      {
        secretKey: "session-signing",
        remoteRef: { key: "adaptive-learning/production/session-signing", property: "value" },
      },
      {
        secretKey: "login-providers",
        remoteRef: { key: "adaptive-learning/production/login-providers", property: "value" },
      },
    ]);
  });

  it("never deletes the database, nor the namespace that it would go with", async () => {
    for (const { urn, protect, retainOnDelete } of await resources(engine)) {
      if (/postgres-us-central-(cluster|space-namespace)$/.test(urn)) {
        assert.ok(protect === true && retainOnDelete === true, urn);
      }
    }
  });

  describe("without a gateway", () => {
    it("switches Services at once, and nothing else", async () => {
      const switched = await clusterStack(WITHOUT_GATEWAY);
      const { steps } = await switched.preview(CLUSTER_STACK, { set: { ...WITHOUT_GATEWAY, "traffic.green": 100 } });
      assert.deepEqual(
        changed(steps).map(({ type, diff }) => [type, diff]),
        Array.from({ length: 4 }, () => ["kubernetes:core/v1:Service", ["spec.externalName"]]),
      );
      assert.deepEqual(outside(steps, ["weights"]), []);
      await switched.up(CLUSTER_STACK, { set: { ...WITHOUT_GATEWAY, "traffic.green": 100, "capacity.green": "full" } });
      assert.deepEqual(greenWeights(switched.world), { [REGION]: 100 });
    });

    it("refuses everything between 0 and 100", async () => {
      await assert.rejects(
        clusterPlan({ ...WITHOUT_GATEWAY, "traffic.green": 50 }),
        /50 % cannot be routed: a Service names one color/,
      );
    });
  });

  it("serves a color's pods only where it has capacity, and keeps a retired color's namespace", () => {
    const green = ofType(DEPLOYMENT).filter((step) => metadata(step).namespace === "adaptive-learning-green");
    assert.ok(green.length > 0);
    assert.ok(green.every((step) => spec(step).replicas === 0));
  });
});

async function resources(engine: Rehearsal) {
  const { deployment } = (await engine.export(CLUSTER_STACK, "a passphrase")) as any;
  return deployment.resources as { urn: string; protect?: boolean; retainOnDelete?: boolean }[];
}
