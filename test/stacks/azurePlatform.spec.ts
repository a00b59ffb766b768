import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRehearsal, type RecordedResource } from "../../rehearsal";
import { clouds } from "../../rehearsal/clouds";
import { azurePlatformContract } from "../../stacks/contract/platform/azure";
import { platform } from "../../stacks/platform/azure";
import type { Plan } from "../../rollout/engine";
import { azureConfig } from "../support/azureConfig";

const STACK = "school";

/** Types that keep data, or without which data cannot be read or found. */
const STATEFUL = [
  "resources:ResourceGroup",
  "keyvault:Vault",
  "keyvault:Key",
  "compute:DiskEncryptionSet",
  "containerservice:ManagedCluster",
  "dbforpostgresql:Server",
  "dbforpostgresql:Database",
  "redisenterprise:RedisEnterprise",
  "storage:StorageAccount",
  "storage:BlobContainer",
  "operationalinsights:Workspace",
  "dns:Zone",
];

describe("the platform on Azure, as a whole", () => {
  let directory: string;
  let made: Plan;
  let again: Plan;
  let outputs: unknown;
  let recorded: readonly RecordedResource[];

  before(async function () {
    this.timeout(120_000);
    directory = mkdtempSync(join(tmpdir(), "cutover-azure-"));
    writeFileSync(join(directory, "Pulumi.yaml"), "name: cutover\nruntime: nodejs\n");
    writeFileSync(join(directory, `Pulumi.${STACK}.yaml`), "config: {}\n");
    const rehearsal = createRehearsal({
      project: directory,
      clouds,
      program: () => ({ platform: platform(azureConfig()) }),
    });
    made = await rehearsal.up(STACK);
    again = await rehearsal.preview(STACK);
    recorded = rehearsal.resources(STACK);
    outputs = (await rehearsal.outputs(STACK))["platform"];
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it("says what its contract asks for", () => {
    const { facts, regions, jurisdictions } = azurePlatformContract.parse(outputs);
    assert.equal(facts.cloud, "azure");
    assert.equal(regions["eastus2"]?.gateway.className, "envoy");
    assert.equal(jurisdictions["US"]?.database.poolPort, 6432);
    assert.match(regions["eastus2"].cluster.certificateAuthority, /^[A-Za-z0-9+/]+=*$/);
  });

  it("changes nothing when nothing has changed", () => {
    assert.deepEqual(
      again.steps.filter(({ op }) => op !== "same" && op !== "read").map(({ urn }) => urn),
      [],
    );
  });

  it("gives every resource a provider of its own: none is left to a default", () => {
    const providers = made.steps.filter(({ type }) => type.startsWith("pulumi:providers:")).map(({ urn }) => urn);
    assert.deepEqual(providers.map((urn) => urn.split("::").at(-1)).sort(), ["azure", "kubernetes-eastus2", "random"]);
  });

  it("keeps no password, key or token in its inputs", () => {
    const suspicious = /password|sharedkey|accesskey|connectionstring|secretvalue/i;
    const found = made.steps.flatMap(({ urn, inputs }) =>
      Object.keys(inputs ?? {})
        .filter((key) => suspicious.test(key))
        .map((key) => `${urn.split("::").at(-1)}.${key}`),
    );
    assert.deepEqual(
      found.filter((one) => !/allowSharedKeyAccess|accessKeysAuthentication/.test(one)),
      [],
    );
  });

  it("puts everything that holds data where the jurisdiction is", () => {
    const places = new Set(
      made.steps.map(({ inputs }) =>
        String((inputs as { location?: unknown } | undefined)?.location ?? "").toLowerCase(),
      ),
    );
    assert.deepEqual([...places].sort(), ["", "centralus", "eastus2", "global", "westus3"]);
  });

  for (const type of STATEFUL) {
    it(`protects what keeps data: ${type}`, () => {
      const kept = recorded.filter((resource) => resource.type === `azure-native:${type}`);
      assert.ok(kept.length > 0);
      assert.deepEqual(
        kept.filter(({ protect }) => protect !== true).map(({ urn }) => urn),
        [],
      );
    });
  }
});
