import assert from "node:assert/strict";
import { Controllers } from "../../../components/azure/controllers";
import { azureConfig } from "../../support/azureConfig";
import { answers } from "../../support/azurePlace";
import { all, find, misplaced, record } from "../../support/recorder";

const config = azureConfig().cluster;

const make = (pools = config.pools) =>
  record(
    () =>
      new Controllers("controllers", {
        config: { ...config, pools },
        nodeCidr: "10.64.0.0/20",
        diskEncryptionSetId: "disks",
      }).prometheusUrl,
    answers,
  );

describe("what the cluster runs for itself", () => {
  it("is installed by charts, each in a namespace of its own that denies what is not named", async () => {
    const { resources, value } = await make();
    const releases = all(resources, "kubernetes:helm.sh/v3:Release").map(({ inputs }) => inputs["namespace"]);
    assert.deepEqual(releases.sort(), ["external-secrets", "monitoring", "nvidia-device-plugin", "prometheus-adapter"]);
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
    assert.equal(all(without.resources, "kubernetes:helm.sh/v3:Release").length, 3);
  });
});
