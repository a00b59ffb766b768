import assert from "node:assert/strict";
import { Controllers } from "../../../components/azure/controllers";
import { azureConfig } from "../../support/azureConfig";
import { answers } from "../../support/azurePlace";
import { validate } from "../../support/manifests";
import { all, find, misplaced, record, type Recorded } from "../../support/recorder";

const config = azureConfig().cluster;

const make = (pools = config.pools) =>
  record(
    () =>
      new Controllers("controllers", {
        config: { ...config, pools },
        diskEncryptionSetId: "disks",
      }).prometheusUrl,
    answers,
  );

/** The network policy of a namespace. */
function policyOf(resources: readonly Recorded[], namespace: string): any {
  return all(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy").find(
    ({ inputs }) => inputs["metadata"].namespace === namespace,
  )!.inputs;
}

describe("what the cluster runs for itself", () => {
  it("is installed by charts, each in a namespace of its own that denies what is not named", async () => {
    const { resources, value } = await make();
    const releases = all(resources, "kubernetes:helm.sh/v3:Release").map(({ inputs }) => inputs["namespace"]);
    assert.deepEqual(releases.sort(), [
      "cert-manager",
      "external-secrets",
      "monitoring",
      "nvidia-device-plugin",
      "prometheus-adapter",
    ]);
    assert.equal(all(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy").length, releases.length);
    assert.equal(value, "http://prometheus.monitoring.svc:9090");
    assert.deepEqual(misplaced(resources), []);
  });

  it("keeps samples on volumes that are encrypted with the own key", async () => {
    const { resources } = await make();
    const { metadata, parameters } = find(resources, "kubernetes:storage.k8s.io/v1:StorageClass").inputs as any;
    assert.equal(parameters.diskEncryptionSetID, "disks");
    const prometheus = find(resources, "kubernetes:helm.sh/v3:Release", "prometheus-release").inputs as any;
    assert.equal(prometheus.values.server.persistentVolume.storageClass, metadata.name);
  });

  it("lets the device plugin onto tainted nodes with GPUs, and leaves it out where there are none", async () => {
    const { resources } = await make();
    const plugin = find(resources, "kubernetes:helm.sh/v3:Release", "device-plugin-release").inputs as any;
    assert.deepEqual(plugin.values.tolerations, [
      { key: "gpu", operator: "Equal", value: "true", effect: "NoSchedule" },
    ]);
    const { gpu: _, ...pools } = config.pools;
    const without = await make(pools);
    assert.equal(all(without.resources, "kubernetes:helm.sh/v3:Release").length, 4);
  });

  it("lets the Kubernetes API in through the agents of Konnectivity, as Cilium matches no address of a node", async () => {
    const { resources } = await make();
    const webhooks = { "cert-manager": 10_250, "external-secrets": 10_250, "prometheus-adapter": 6_443 };
    for (const [namespace, port] of Object.entries(webhooks)) {
      const { spec } = policyOf(resources, namespace);
      const rule = spec.ingress.find(({ ports }: any) => ports?.[0].port === port);
      const agents = (label: string) => ({
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
        podSelector: { matchLabels: { [label]: "konnectivity-agent" } },
      });
      assert.deepEqual(rule.from, ["app", "k8s-app"].map(agents));
    }
  });

  it("lets Prometheus reach the kubelets of all nodes, and nothing else on nodes", async () => {
    const { resources } = await make();
    const { metadata, spec } = find(resources, "kubernetes:cilium.io/v2:CiliumNetworkPolicy").inputs as any;
    assert.equal(metadata.namespace, "monitoring");
    assert.deepEqual(spec.egress, [
      { toEntities: ["host", "remote-node"], toPorts: [{ ports: [{ port: "10250", protocol: "TCP" }] }] },
    ]);
    assert.deepEqual(validate("cilium.io/v2", "CiliumNetworkPolicy", { metadata, spec }), []);
  });

  it("lets cert-manager sign in to Azure, and asks no name server but the cluster's", async () => {
    const { resources } = await make();
    const { values } = find(resources, "kubernetes:helm.sh/v3:Release", "certificates-release").inputs as any;
    assert.deepEqual(values.podLabels, { "azure.workload.identity/use": "true" });
    assert.equal(values.dns01RecursiveNameserversOnly, true);
    const { spec } = policyOf(resources, "cert-manager");
    const anywhere = spec.egress.filter(({ to }: any) => to[0].ipBlock !== undefined);
    assert.deepEqual(
      anywhere.flatMap(({ ports }: any) => ports.map(({ port }: any) => port)),
      [443],
    );
  });
});
