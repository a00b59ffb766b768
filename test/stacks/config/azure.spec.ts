import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseDocument, visit } from "yaml";
import { azurePlatformSections } from "../../../stacks/config/azure";
import { checkAzure } from "../../../stacks/config/azure/checks";
import { poolCapacity } from "../../../stacks/config/azure/cluster";
import type { PlatformConfig } from "../../../stacks/config/schema";
import { azureConfig, rawAzure } from "../../support/azureConfig";

/** What is wrong when values of the config are changed. */
function issues(change: (config: PlatformConfig<"azure">) => void): string[] {
  const config = azureConfig();
  change(config);
  return checkAzure(config).map(({ path }) => path);
}

/** Whether a section is refused when values of it are changed. */
function refused(section: keyof typeof azurePlatformSections, change: (raw: any) => void): boolean {
  const raw = rawAzure()[section];
  change(raw);
  return !azurePlatformSections[section].safeParse(raw).success;
}

describe("the config of a platform on Azure", () => {
  it("is valid as it stands", () => {
    assert.deepEqual(checkAzure(azureConfig()), []);
  });

  it("refuses a zone that a region has twice", () => {
    const zones = (value: string[]) =>
      refused("regions", (raw) => {
        raw[Object.keys(raw)[0]!].zones = value;
      });
    assert.ok(zones(["1", "1"]));
    assert.ok(!zones(["1", "2"]));
  });

  it("refuses keys that nobody knows, in every section", () => {
    for (const section of Object.keys(azurePlatformSections) as (keyof typeof azurePlatformSections)[]) {
      const isMap = ["jurisdictions", "regions", "identities"].includes(section);
      const spoil = (raw: any) => (isMap ? (Object.values(raw)[0] as any) : raw);
      assert.ok(
        refused(section, (raw) => (spoil(raw).unheardOf = 1)),
        section,
      );
    }
  });

  it("fails with a second region, because names that are unique in the world are for one", () => {
    const paths = issues((config) => {
      config.regions["westus3"] = { ...config.regions["eastus2"]!, role: "recovery", cidr: "10.65.0.0/16" };
    });
    assert.deepEqual(paths, ["regions"]);
  });

  it("fails when something that holds data lies outside the jurisdiction", () => {
    assert.deepEqual(
      issues((config) => (config.ai.fallback.location = "swedencentral")),
      ["ai.fallback.location"],
    );
    assert.deepEqual(
      issues((config) => (config.database.backups.geo!.location = "canadacentral")),
      ["database.backups.geo.location"],
    );
  });

  it("fails when a host lies outside the zone, or the gateway has the app's name", () => {
    assert.deepEqual(
      issues((config) => (config.deployment.hosts.app = "app.other.example")),
      ["deployment.hosts.app"],
    );
    assert.deepEqual(
      issues((config) => (config.vault.certificate.host = "app.school.example")),
      ["vault.certificate.host"],
    );
  });

  it("fails when ranges overlap, or the network has no room for its subnets", () => {
    assert.deepEqual(
      issues((config) => (config.cluster.podCidr = "10.64.0.0/14")),
      ["cluster.podCidr"],
    );
    assert.deepEqual(
      issues((config) => (config.network.operatorRanges = ["10.64.1.0/24"])),
      ["network.operatorRanges[0]"],
    );
    assert.deepEqual(
      issues((config) => (config.regions["eastus2"]!.cidr = "10.64.0.0/19")),
      ["regions.eastus2.cidr"],
    );
    assert.deepEqual(
      issues((config) => (config.regions["eastus2"]!.cidr = "10.64.0.0/18")),
      [],
    );
  });

  it("fails when a workload reads a secret that there is not", () => {
    assert.deepEqual(
      issues((config) => (config.identities["api"]!.secrets = ["session-signing", "other"])),
      ["identities.api.secrets[1]"],
    );
  });

  it("fails when images lie in another subscription, where no role is given", () => {
    const registry = (subscription: string) =>
      `/subscriptions/${subscription}/resourceGroups/images/providers/Microsoft.ContainerRegistry/registries/school`;
    const own = azureConfig().deployment.subscriptionId;
    assert.deepEqual(
      issues((config) => (config.cluster.registryId = registry(own))),
      [],
    );
    assert.deepEqual(
      issues((config) => (config.cluster.registryId = registry("0"))),
      ["cluster.registryId"],
    );
    assert.ok(!refused("cluster", (raw) => (raw.registryId = registry(own))));
    assert.ok(refused("cluster", (raw) => (raw.registryId = "school.azurecr.io")));
  });

  it("fails when the database stands in a zone that the region does not have", () => {
    assert.deepEqual(
      issues((config) => (config.regions["eastus2"]!.zones = ["1", "2"])),
      ["database.replicas.reports.zone"],
    );
  });
});

describe("the files of stacks", () => {
  it("have dates in quotes: Pulumi's YAML makes a time of day of one that has none", () => {
    const root = path.join(__dirname, "../../..");
    const dates = readdirSync(root)
      .filter((file) => /^Pulumi\..+\.yaml$/.test(file))
      .filter((file) => {
        let found = false;
        const document = parseDocument(readFileSync(path.join(root, file), "utf8"), { version: "1.1" });
        visit(document, { Scalar: (_key, { value }) => void (found ||= value instanceof Date) });
        return found;
      });
    assert.deepEqual(dates, []);
  });
});

describe("sections of a platform on Azure", () => {
  it("fail without a cluster administrator, a system pool, or a pool for workloads", () => {
    assert.ok(refused("cluster", (raw) => (raw.access.deploy.role = "admin")));
    assert.ok(refused("cluster", (raw) => delete raw.pools.system));
    assert.ok(refused("cluster", (raw) => delete raw.pools.general));
    assert.ok(refused("cluster", (raw) => (raw.pools.system.min = 2)));
    assert.ok(refused("cluster", (raw) => (raw.pools.general.min = 31)));
  });

  it("fail with a server that has no standby or no administrator, or a standby in its own zone", () => {
    assert.ok(refused("database", (raw) => (raw.sku = "Standard_B2s")));
    assert.ok(refused("database", (raw) => (raw.administrators = {})));
    assert.ok(refused("database", (raw) => (raw.standbyZone = "1")));
    assert.ok(refused("database", (raw) => (raw.backups.days = 36)));
    assert.ok(refused("database", (raw) => (raw.backups.days = 6)));
  });

  it("fail when the gateway's certificate is asked of an authority that the zone's records forbid", () => {
    const asked = (server: string) => refused("vault", (raw) => (raw.certificate.server = server));
    assert.ok(asked("https://acme.other.example/directory"));
    assert.ok(asked("https://notletsencrypt.org/directory"));
    assert.ok(!asked("https://acme-staging-v02.api.letsencrypt.org/directory"));
    assert.ok(!asked("https://acme.digicert.com/v2/acme/directory/"));
  });

  it("fail when the fallback of the AI service would fail with it, or answers to other names", () => {
    assert.ok(refused("ai", (raw) => (raw.fallback.location = "eastus2")));
    assert.ok(refused("ai", (raw) => (raw.fallback.deployments = { other: raw.fallback.deployments.chat })));
  });

  it("take limits of Azure as they are, and nothing beyond", () => {
    assert.ok(!refused("edge", (raw) => (raw.responseSeconds = 16)));
    assert.ok(refused("edge", (raw) => (raw.responseSeconds = 15)));
    assert.ok(refused("edge", (raw) => (raw.firewall.rateLimits = [])));
    assert.ok(refused("vault", (raw) => (raw.name = "a".repeat(25))));
    assert.ok(refused("storage", (raw) => (raw.accountName = "school-records")));
    assert.ok(refused("observability", (raw) => (raw.budget.startDate = "2026-12-02")));
  });

  it("have the thresholds of the go-live plan, when nothing else is said", () => {
    const { cpuPercent, memoryPercent, diskPercent, webSeconds, aiSeconds, errorPercent } =
      azureConfig().observability.thresholds;
    assert.deepEqual(
      [cpuPercent, memoryPercent, diskPercent, webSeconds, aiSeconds, errorPercent],
      [80, 85, 90, 2, 5, 1],
    );
  });

  it("count what pools leave to workloads: CPU of those without taints, GPUs of all", () => {
    assert.deepEqual(poolCapacity(azureConfig().cluster), { cpu: 225, memoryGiB: 810, gpus: 6 });
  });
});
