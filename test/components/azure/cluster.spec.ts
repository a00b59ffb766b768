import assert from "node:assert/strict";
import { Cluster } from "../../../components/azure/cluster";
import { ROLES } from "../../../components/azure/roleAssignment";
import { azureConfig } from "../../support/azureConfig";
import { alerts, answers, encryption, place, unprotected, watch } from "../../support/azurePlace";
import { all, find, misplaced, record, type Recorded } from "../../support/recorder";

const config = azureConfig();

const make = (more: Partial<typeof config.cluster> = {}) =>
  record(() => {
    const made = new Cluster("cluster", {
      ...place,
      ...watch,
      subscriptionId: "subscription",
      tenantId: "tenant",
      clusterName: "school",
      zones: ["1", "2", "3"],
      config: { ...config.cluster, ...more },
      thresholds: config.observability.thresholds,
      subnetIds: { nodes: "nodes-subnet", gateway: "gateway-subnet" },
      encryption,
    });
    return { endpoint: made.endpoint, oidcIssuer: made.oidcIssuer, nodeResourceGroup: made.nodeResourceGroup };
  }, answers);

const CLUSTER = "azure-native:containerservice:ManagedCluster";

describe("the AKS cluster", () => {
  it("has a private API that identities of Entra use, and nobody else", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, CLUSTER);
    assert.equal(inputs["apiServerAccessProfile"].enablePrivateCluster, true);
    assert.equal(inputs["apiServerAccessProfile"].disableRunCommand, true);
    assert.equal(inputs["disableLocalAccounts"], true);
    assert.deepEqual(inputs["aadProfile"], { managed: true, enableAzureRBAC: true, tenantID: "tenant" });
  });

  it("enforces network policies, trades tokens of service accounts, and encrypts disks with the own key", async () => {
    const { resources } = await make();
    const { inputs } = find(resources, CLUSTER);
    assert.deepEqual(
      [inputs["networkProfile"].networkPolicy, inputs["networkProfile"].outboundType],
      ["cilium", "userAssignedNATGateway"],
    );
    assert.equal(inputs["networkProfile"].dnsServiceIP, "10.245.0.10");
    assert.equal(inputs["oidcIssuerProfile"].enabled, true);
    assert.equal(inputs["securityProfile"].workloadIdentity.enabled, true);
    assert.equal(inputs["diskEncryptionSetID"], "cluster-disks-id");
    const disks = find(resources, "azure-native:compute:DiskEncryptionSet");
    assert.deepEqual(disks.inputs["activeKey"], { keyUrl: encryption.keyVersionUri });
    assert.equal(disks.inputs["rotationToLatestKeyVersionEnabled"], true);
    assert.deepEqual(disks.ignoreChanges, ["activeKey.keyUrl"], "Azure moves the version");
    assert.deepEqual(unprotected(resources, "azure-native:compute:DiskEncryptionSet"), []);
  });

  it("has a system pool for itself, and user and GPU pools for workloads, each over three zones", async () => {
    const { resources } = await make();
    const [system] = find(resources, CLUSTER).inputs["agentPoolProfiles"];
    const pools = all(resources, "azure-native:containerservice:AgentPool");
    assert.deepEqual(system.nodeTaints, ["CriticalAddonsOnly=true:NoSchedule"]);
    assert.deepEqual(
      pools.map(({ inputs }) => [inputs["agentPoolName"], inputs["mode"], inputs["nodeTaints"]]),
      [
        ["general", "User", []],
        ["gpu", "User", ["gpu=true:NoSchedule"]],
      ],
    );
    for (const pool of [system, ...pools.map(({ inputs }) => inputs)]) {
      assert.deepEqual(pool.availabilityZones, ["1", "2", "3"]);
      assert.deepEqual([pool.enableAutoScaling, pool.enableNodePublicIP], [true, false]);
      assert.equal(pool.osDiskType, "Managed", "its key is rotated while nodes run");
    }
  });

  it("may change its two subnets and use its disks, and nothing else", async () => {
    const { resources } = await make();
    const roles = all(resources, "azure-native:authorization:RoleAssignment")
      .filter(({ inputs }) => inputs["principalId"] === "cluster-identity-principal")
      .map(({ inputs }) => [inputs["scope"], inputs["roleDefinitionId"].split("/").at(-1)]);
    assert.deepEqual(roles.sort(), [
      ["cluster-disks-id", ROLES.read],
      ["gateway-subnet", ROLES.manageNetwork],
      ["nodes-subnet", ROLES.manageNetwork],
    ]);
    const cluster = find(resources, CLUSTER);
    assert.equal(cluster.protect, true);
    assert.ok(
      all(resources, "azure-native:authorization:RoleAssignment")
        .filter(({ inputs }) => inputs["principalId"] === "cluster-identity-principal")
        .every(({ urn }) => cluster.dependencies.includes(urn)),
    );
  });

  it("pulls images of the registry that config names, if it names one", async () => {
    const registryId = "/registry";
    const roles = (resources: readonly Recorded[]) =>
      all(resources, "azure-native:authorization:RoleAssignment")
        .filter(({ inputs }) => inputs["principalId"] === "kubelets")
        .map(({ inputs }) => [inputs["scope"], inputs["roleDefinitionId"].split("/").at(-1)]);
    assert.deepEqual(roles((await make({ registryId })).resources), [[registryId, ROLES.pullImages]]);
    assert.deepEqual(roles((await make()).resources), []);
  });

  it("gives people the role that config names, on this cluster", async () => {
    const { resources } = await make();
    const given = (who: string) =>
      all(resources, "azure-native:authorization:RoleAssignment")
        .filter(({ name }) => name.startsWith(`cluster-${who}-`))
        .map(({ inputs }) => [inputs["roleDefinitionId"].split("/").at(-1), inputs["principalType"], inputs["scope"]]);
    assert.deepEqual(given("deploy"), [
      [ROLES.clusterAdmin, "ServicePrincipal", "cluster-cluster-id"],
      [ROLES.findCluster, "ServicePrincipal", "cluster-cluster-id"],
    ]);
    assert.deepEqual(given("support")[0], [ROLES.namespaceReader, "Group", "cluster-cluster-id"]);
  });

  it("alerts at the go-live plan's thresholds: CPU 80, memory 85, disk 90 %", async () => {
    const { resources } = await make();
    const found = alerts(resources);
    assert.deepEqual(
      ["cpu", "memory", "disk"].map((key) => found[`cluster-${key}`]?.fires),
      ["GreaterThan 80 over PT5M", "GreaterThan 85 over PT5M", "GreaterThan 90 over PT5M"],
    );
    assert.ok(Object.values(found).every(({ to }) => to === "warning-people"));
  });

  it("is upgraded in the window only, and writes down who changed what", async () => {
    const { resources } = await make();
    const windows = all(resources, "azure-native:containerservice:MaintenanceConfiguration");
    assert.deepEqual(windows.map(({ inputs }) => inputs["configName"]).sort(), [
      "aksManagedAutoUpgradeSchedule",
      "aksManagedNodeOSUpgradeSchedule",
    ]);
    assert.deepEqual(windows[0]?.inputs["maintenanceWindow"].schedule, {
      weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 },
    });
    const categories = find(resources, "azure-native:monitor:DiagnosticSetting").inputs["logs"];
    assert.ok(categories.some(({ category }: { category: string }) => category === "kube-audit-admin"));
  });

  it("says where its API is and who issues its tokens, the slash at the end included", async () => {
    const { resources, value } = await make();
    assert.deepEqual(value, {
      endpoint: "https://school.hcp.eastus2.azmk8s.io:443",
      oidcIssuer: "eastus2.oic.prod-aks.azure.com/tenant/issuer/",
      nodeResourceGroup: "MC_school",
    });
    assert.deepEqual(misplaced(resources), []);
  });
});
