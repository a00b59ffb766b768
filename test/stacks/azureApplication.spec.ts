import assert from "node:assert/strict";
import { createRehearsal, type Rehearsal } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";
import type { Json, Plan, Step } from "../../rollout/engine";
import { changed, outside } from "../../rollout/touch";
import { applicationContract } from "../../stacks/contract/application";
import { azurePlatformContract, type AzurePlatformOutputs } from "../../stacks/contract/platform/azure";
import { trafficContract } from "../../stacks/contract/traffic";
import { badManifests } from "../support/manifests";
import { nameOf } from "./clusterStack";
import { PROJECT } from "./production";

const STACK = "pathfinity-azure";
const REGION = "eastus2";
const WORKLOADS = ["ai-characters", "web"];
const CHANGE = { "databaseChange.release": "2.0.3", "databaseChange.phase": "validate" };

const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const SETTINGS = "kubernetes:core/v1:ConfigMap";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const STORE = "kubernetes:external-secrets.io/v1:SecretStore";
const ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const CREDENTIAL = "azure-native:managedidentity:FederatedIdentityCredential";

const metadata = ({ inputs }: Step) => inputs["metadata"] as any;
const spec = ({ inputs }: Step) => inputs["spec"] as any;

describe("the application and the routers on Azure", function () {
  this.timeout(120_000);
  let engine: Rehearsal;
  let plan: Plan;
  let change: Plan;
  let platform: AzurePlatformOutputs;
  const up = (set: Record<string, Json> = {}) => createRehearsal({ project: PROJECT, clouds }).up(STACK, { set });
  const ofType = (type: string, { steps }: Plan = plan) => steps.filter((step) => step.type === type);
  const inColor = (type: string, from: Plan = plan) =>
    ofType(type, from).filter((step) => /^pathfinity-(blue|green)$/.test(metadata(step).namespace));

  before(async () => {
    engine = createRehearsal({ project: PROJECT, clouds });
    plan = await engine.up(STACK);
    change = await up(CHANGE);
    const outputs = await engine.outputs(STACK);
    platform = azurePlatformContract.parse(outputs["platform"]);
    applicationContract.parse(outputs["application"]);
  });

  it("has an account for each workload of each color, which stands for the workload's own identity", () => {
    const accounts = inColor(ACCOUNT);
    assert.deepEqual(
      accounts.map((account) => `${metadata(account).namespace}/${metadata(account).name}`).sort(),
      ["blue", "green"].flatMap((color) => WORKLOADS.map((workload) => `pathfinity-${color}/${workload}`)),
    );
    for (const account of accounts) {
      const { name, annotations } = metadata(account);
      assert.deepEqual(annotations, {
        "azure.workload.identity/client-id": platform.regions[REGION]!.identities[name]!.clientId,
        "azure.workload.identity/tenant-id": platform.facts.tenantId,
      });
    }
    const identities = new Set(WORKLOADS.map((name) => platform.regions[REGION]!.identities[name]!.clientId));
    assert.equal(identities.size, WORKLOADS.length);
  });

  it("is trusted by Azure under exactly the accounts that there are, those of a database change among them", () => {
    const accounts = ofType(ACCOUNT, change)
      .filter((account) => metadata(account).annotations?.["azure.workload.identity/client-id"] !== undefined)
      .map((account) => `system:serviceaccount:${metadata(account).namespace}:${metadata(account).name}`);
    const trusted = ofType(CREDENTIAL).map(({ inputs }) => inputs["subject"]);
    assert.deepEqual(
      accounts.filter((account) => !trusted.includes(account)),
      [],
    );
    const later = ["contract", "revert"].map((phase) => `system:serviceaccount:pathfinity-release:${phase}`);
    // Its chart makes the account of what proves the gateway's name.
    const charts = ["system:serviceaccount:cert-manager:cert-manager"];
    assert.deepEqual(
      trusted.filter((subject) => !accounts.includes(String(subject))),
      [...charts, ...later],
    );
  });

  it("labels every pod that Azure is to sign in, and mounts no token itself", () => {
    const pods = [
      ...inColor(DEPLOYMENT),
      ...ofType("kubernetes:batch/v1:Job", change),
      ...ofType("kubernetes:batch/v1:CronJob").map((cron) => ({
        ...cron,
        inputs: { spec: spec(cron).jobTemplate.spec as Json },
      })),
    ].map((step) => spec(step).template);
    assert.equal(pods.length, 4 + 4 + 2);
    for (const pod of pods) {
      assert.equal(pod.metadata.labels["azure.workload.identity/use"], "true");
      assert.equal(pod.spec.automountServiceAccountToken, false);
      assert.ok(pod.spec.volumes.every((volume: object) => !("projected" in volume)));
    }
  });

  it("says where everything is, who the workload is there, and both accounts of Azure OpenAI; nothing secret", () => {
    const settings = (workload: string) =>
      ofType(SETTINGS).find((step) => nameOf(step) === `color-${REGION}-blue-${workload}-settings`)!.inputs[
        "data"
      ] as Record<string, string>;
    const { identities, ai, cache } = platform.regions[REGION]!;
    const { database } = platform.jurisdictions["US"]!;
    const characters = settings("ai-characters");
    assert.equal(characters["AZURE_OPENAI_ENDPOINT"], ai.endpoint);
    assert.equal(characters["AZURE_OPENAI_FALLBACK_ENDPOINT"], ai.fallbackEndpoint);
    assert.notEqual(ai.endpoint, ai.fallbackEndpoint);
    assert.equal(characters["AZURE_OPENAI_DEPLOYMENTS"], "characters,embedding");
    assert.deepEqual(
      [characters["DATABASE_HOST"], characters["DATABASE_PORT"], characters["DATABASE_USER"]],
      [database.endpoint, "6432", "pathfinity-ai-characters"],
    );
    assert.equal(characters["DATABASE_READ_HOSTS"], database.replicas["reports"]);
    assert.deepEqual(
      [characters["CACHE_HOST"], characters["CACHE_USER"], characters["CACHE_TLS"]],
      [cache.endpoint, identities["ai-characters"]!.principalId, "true"],
    );
    assert.deepEqual([characters["AUDIT_CONTAINER"], characters["RECORDS_CONTAINER"]], ["audit", undefined]);
    const web = settings("web");
    assert.deepEqual([web["AUDIT_CONTAINER"], web["RECORDS_CONTAINER"]], ["audit", "records"]);
    assert.equal(web["AZURE_OPENAI_ENDPOINT"], undefined);
  });

  it("keeps no password or key anywhere: not in settings, not in pods, not in secrets of Kubernetes", () => {
    const suspicious = /password|passwd|api_?key|access_?key|connection_?string|client_?secret/i;
    const found = [...ofType(SETTINGS), ...inColor(DEPLOYMENT), ...ofType("kubernetes:batch/v1:Job", change)].filter(
      ({ inputs }) => suspicious.test(JSON.stringify(inputs)),
    );
    assert.deepEqual(found.map(nameOf), []);
    assert.deepEqual(ofType("kubernetes:core/v1:Secret").map(nameOf), []);
  });

  it("reads secrets from the key vault as the workload whose they are", () => {
    const stores = inColor(STORE);
    assert.equal(stores.length, 4);
    for (const store of stores) {
      const { azurekv } = spec(store).provider;
      assert.deepEqual(azurekv, {
        authType: "WorkloadIdentity",
        vaultUrl: platform.regions[REGION]!.vault.uri,
        serviceAccountRef: { name: metadata(store).name },
      });
    }
  });

  it("lets requests in from the gateway alone, and out to the database and the cache where they are", () => {
    const policies = inColor(POLICY);
    const named = (role: string) => policies.filter((policy) => metadata(policy).name === role).map(spec);
    for (const workload of WORKLOADS) {
      for (const { ingress } of named(`entry-${workload}`)) {
        assert.deepEqual(ingress[0].from, [
          { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "gateway" } } },
        ]);
      }
    }
    const { databaseCidr, endpointCidr } = platform.regions[REGION]!.network;
    const out = (role: string) =>
      named(role).map(({ egress }) => [egress[0].to[0].ipBlock.cidr, egress[0].ports[0].port]);
    assert.deepEqual(out("database"), [
      [databaseCidr, 6432],
      [databaseCidr, 6432],
    ]);
    assert.deepEqual(out("cache"), [
      [endpointCidr, 10_000],
      [endpointCidr, 10_000],
    ]);
    assert.equal(named("default-deny").length, 2);
    const jobs = ofType(POLICY, change).filter((policy) => metadata(policy).namespace === "pathfinity-release");
    assert.deepEqual(
      jobs.filter((policy) => metadata(policy).name === "database").map((policy) => spec(policy).egress[0].ports[0]),
      [{ port: 5432, protocol: "TCP" }],
    );
  });

  it("routes at the platform's gateway, from the namespace that it lets in", async () => {
    const space = ofType("kubernetes:core/v1:Namespace").find(
      (each) => metadata(each).name === "pathfinity-production",
    );
    assert.equal(metadata(space!).labels["cutover/routes"], "true");
    const routes = ofType(ROUTE);
    assert.deepEqual(routes.map((route) => metadata(route).name).sort(), WORKLOADS);
    for (const route of routes) {
      assert.equal(metadata(route).namespace, "pathfinity-production");
      assert.deepEqual(spec(route).parentRefs, [
        {
          group: "gateway.networking.k8s.io",
          kind: "Gateway",
          name: "entry",
          namespace: "gateway",
          sectionName: "https",
        },
      ]);
      assert.deepEqual(spec(route).hostnames, ["app.pathfinity.ai"]);
    }
    const { regions } = trafficContract.parse((await engine.outputs(STACK))["traffic"]);
    assert.deepEqual(regions[REGION]!.weights, { blue: 100, green: 0 });
  });

  it("shifts by the weights of the routes alone", async () => {
    const { steps } = await engine.preview(STACK, { set: { "traffic.green": 50 } });
    assert.deepEqual(new Set(changed(steps).map(({ type }) => type)), new Set([ROUTE]));
    assert.deepEqual(outside(steps, ["weights"]), []);
  });

  it("has only manifests that the published schemas allow, with the jobs of a database change, too", () => {
    assert.deepEqual(badManifests(plan.steps), []);
    assert.deepEqual(badManifests(change.steps), []);
  });

  it("is refused where a workload wants what its identity may not", async () => {
    await assert.rejects(
      up({ "workloads.web.access.ai": true }),
      /workloads\.web\.access\.ai\s+what the workload's identity may do.*which has no ai; got true/s,
    );
    await assert.rejects(up({ "workloads.ai-characters.access.secrets": ["session-signing"] }), /no secret session/);
    await assert.rejects(up({ "identities.migrations.release": false, ...CHANGE }), /no identity of the platform/);
  });
});
