import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { postgresSpec } from "../../../components/kubernetes/postgresSpec";
import { quotaSpec } from "../../../components/kubernetes/quota";
import { vaultSource } from "../../../components/kubernetes/vault";
import { gibibytes, quantityValue } from "../../../components/internal/quantity";
import { parseConfig } from "../../../stacks/config/parse";
import type { ApplicationConfig, PlatformConfig } from "../../../stacks/config/schema";
import { rawCluster } from "../../stacks/clusterStack";

const result = parseConfig(rawCluster());
assert.ok(result.ok);
const { workloads } = result.config.application as ApplicationConfig<"kubernetes">;
const { database } = result.config.platform as PlatformConfig<"kubernetes">;

describe("the quota of a color", () => {
  const hard = (ceiling: number) =>
    quotaSpec(workloads, Object.fromEntries(Object.keys(workloads).map((name) => [name, { ceiling }]))).hard as Record<
      string,
      string
    >;

  it("holds every workload at its most pods, with those that an update adds", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), (ceiling) => {
        const quota = hard(ceiling);
        const needed = (amount: (requests: { cpu: string; memory: string }) => number) =>
          Object.values(workloads).reduce(
            (sum, { resources }) => sum + amount(resources.requests) * Math.ceil(ceiling * 1.25),
            0,
          );
        assert.ok(quantityValue(quota["requests.cpu"]!) >= needed(({ cpu }) => quantityValue(cpu)) - 1e-9);
        assert.ok(gibibytes(quota["requests.memory"]!) >= needed(({ memory }) => gibibytes(memory)) - 1e-9);
        assert.ok(Number(quota["pods"]) >= Object.keys(workloads).length * Math.ceil(ceiling * 1.25));
      }),
    );
  });

  it("counts consumers and a run of each schedule, and leaves no way into the cluster", () => {
    const { pipeline } = workloads;
    const only = { pipeline: pipeline! };
    const { hard: quota } = quotaSpec(only, { pipeline: { ceiling: 4 } });
    assert.equal((quota as Record<string, string>)["pods"], String(5 + 3 + 1));
    assert.equal((quota as Record<string, string>)["services.loadbalancers"], "0");
  });
});

describe("the PostgreSQL of a cluster", () => {
  const certificates = { server: "server", replication: "replication" };
  const spec = postgresSpec({ config: database, storageClass: "encrypted-ssd", objectStore: "store", certificates });

  it("answers a transaction when a replica has it, and moves the primary before it updates it", () => {
    assert.deepEqual(spec.postgresql.synchronous, { method: "any", number: 1, dataDurability: "required" });
    assert.equal(spec.primaryUpdateMethod, "switchover");
    assert.equal(spec.instances, 3);
  });

  it("loses no more than five minutes with the whole cluster", () => {
    assert.equal(spec.postgresql.parameters.archive_timeout, "300s");
    assert.equal(spec.plugins[0]!.isWALArchiver, true);
  });

  it("lets nobody in with a password, and nobody without TLS 1.3", () => {
    assert.equal(spec.enableSuperuserAccess, false);
    assert.equal(spec.postgresql.pg_hba.at(-1), "host all all all reject");
    assert.ok(spec.postgresql.pg_hba.slice(0, -1).every((rule) => /^hostssl .* cert$/.test(rule)));
    assert.equal(spec.postgresql.parameters.ssl_min_protocol_version, "TLSv1.3");
  });

  it("is empty when it is made, or what an archive says it was at a time", () => {
    const made = (restore?: { from: string; until?: string }) =>
      postgresSpec({
        config: { ...database, ...(restore === undefined ? {} : { restore }) },
        storageClass: "encrypted-ssd",
        objectStore: "store",
        certificates,
      });
    assert.deepEqual(made().bootstrap, {
      initdb: { database: "adaptive_learning", owner: "owner", dataChecksums: true },
    });
    assert.ok(!("externalClusters" in made()));
    const recovery = { source: "archive", database: "adaptive_learning", owner: "owner" };
    assert.deepEqual(made({ from: "old" }).bootstrap, { recovery });
    const until = "2026-11-21T10:30:00Z";
    assert.deepEqual(made({ from: "old", until }).bootstrap, {
      recovery: { ...recovery, recoveryTarget: { targetTime: until } },
    });
  });

  it("takes what config says of a parameter", () => {
    assert.equal((spec.postgresql.parameters as Record<string, string>)["max_connections"], "400");
    assert.equal(spec.postgresql.parameters.shared_buffers, "2048MB");
  });
});

describe("secrets from Vault", () => {
  const vault = {
    address: "https://vault.example",
    auth: "kubernetes",
    mount: "secret",
    path: "app/production",
    pki: "pki",
  };
  const known = (value: unknown) => new Promise<unknown>((resolve) => pulumi.output<any>(value).apply(resolve));

  it("are a path each, because what reads a path reads all of it", async () => {
    const { refs } = vaultSource(vault, "auth", "app-auth", {
      one: { path: "one" },
      two: { path: "two", property: "key" },
    });
    assert.deepEqual(await known(refs), {
      one: { key: "app/production/one", property: "value" },
      two: { key: "app/production/two", property: "key" },
    });
  });

  it("come over a connection that is checked against the authority that config names", async () => {
    const { provider } = vaultSource({ ...vault, ca: "-----BEGIN CERTIFICATE-----" }, "auth", "app-auth", {});
    assert.equal(
      Buffer.from(((await known(provider)) as any).vault.caBundle, "base64").toString(),
      "-----BEGIN CERTIFICATE-----",
    );
  });
});
