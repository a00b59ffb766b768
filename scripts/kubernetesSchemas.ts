/**
 * Writes test/support/schemas: what the tests check every rendered manifest against. From the schemas that Kubernetes and the
 * makers of custom resources publish, in their Go modules, without what a test has no use for: descriptions, the status, and
 * providers of secrets that the program does not know.
 *
 *   go mod download <module>@<version>      for each of SOURCES
 *   node --import=tsx scripts/kubernetesSchemas.ts "$(go env GOMODCACHE)"
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { fields, items, text, type Fields } from "../pulumi/json";
import type { Json } from "../rollout/engine";

type Schema = Record<string, Json>;

interface Schemas {
  kinds: Schema;
  definitions: Schema;
}

interface Source {
  module: string;
  version: string;
  /** Files with definitions of custom resources; absent for Kubernetes itself. */
  files?: string[];
  /** Properties that stay, of objects by their path; of the whole object where it is empty. */
  keep?: Record<string, string[]>;
}

const SOURCES: Readonly<Record<string, Source>> = {
  kubernetes: { module: "k8s.io/kubernetes", version: "v1.35.4" },
  "gateway-api": {
    module: "sigs.k8s.io/gateway-api",
    version: "v1.5.1",
    files: ["gatewayclasses", "gateways", "httproutes", "referencegrants"].map(
      (kind) => `config/crd/standard/gateway.networking.k8s.io_${kind}.yaml`,
    ),
  },
  "envoy-gateway": {
    module: "github.com/envoyproxy/gateway",
    version: "v1.9.1",
    files: ["charts/gateway-helm/charts/crds/crds/generated/gateway.envoyproxy.io_envoyproxies.yaml"],
  },
  "external-secrets": {
    module: "github.com/external-secrets/external-secrets",
    version: "v1.3.2",
    files: ["secretstores", "externalsecrets"].map((kind) => `config/crds/bases/external-secrets.io_${kind}.yaml`),
    keep: { "spec.provider": ["aws", "azurekv", "kubernetes", "vault"] },
  },
  "cert-manager": {
    module: "github.com/cert-manager/cert-manager",
    version: "v1.21.2",
    files: ["certificates", "issuers", "clusterissuers"].map((kind) => `deploy/crds/cert-manager.io_${kind}.yaml`),
  },
  cilium: {
    module: "github.com/cilium/cilium",
    version: "v1.18.4",
    files: ["pkg/k8s/apis/cilium.io/client/crds/v2/ciliumnetworkpolicies.yaml"],
    keep: { "": ["apiVersion", "kind", "metadata", "spec"], spec: ["description", "egress", "endpointSelector"] },
  },
  "cloudnative-pg": {
    module: "github.com/cloudnative-pg/cloudnative-pg",
    version: "v1.27.0",
    files: ["clusters", "scheduledbackups", "backups", "poolers"].map(
      (kind) => `config/crd/bases/postgresql.cnpg.io_${kind}.yaml`,
    ),
  },
  "cloudnative-pg-barman": {
    module: "github.com/cloudnative-pg/plugin-barman-cloud",
    version: "v0.15.0",
    files: ["config/crd/bases/barmancloud.cnpg.io_objectstores.yaml"],
  },
};

/** Kinds of Kubernetes itself, by API version. */
const CORE: Readonly<Record<string, string[]>> = {
  v1: [
    "ConfigMap",
    "LimitRange",
    "Namespace",
    "PersistentVolumeClaim",
    "ResourceQuota",
    "Secret",
    "Service",
    "ServiceAccount",
  ],
  "apps/v1": ["DaemonSet", "Deployment", "StatefulSet"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
  "batch/v1": ["CronJob", "Job"],
  "networking.k8s.io/v1": ["Ingress", "NetworkPolicy"],
  "policy/v1": ["PodDisruptionBudget"],
  "rbac.authorization.k8s.io/v1": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
  "scheduling.k8s.io/v1": ["PriorityClass"],
  "storage.k8s.io/v1": ["StorageClass"],
};

/** What a schema of JSON and one of OpenAPI have in common. */
const COMMON = new Set(
  "$ref type default required enum pattern maxLength minLength maxItems minItems minimum maximum maxProperties minProperties".split(
    " ",
  ),
);

const [modules] = process.argv.slice(2);
if (modules === undefined) {
  throw new Error("the folder of downloaded Go modules is needed: go env GOMODCACHE");
}
for (const [name, source] of Object.entries(SOURCES)) {
  const folder = join(modules, `${source.module}@${source.version}`);
  const schemas = source.files === undefined ? ofKubernetes(folder) : ofCustom(folder, source);
  const head = { source: `${source.module}@${source.version}, Apache-2.0; written by scripts/kubernetesSchemas.ts` };
  write(name, head, schemas);
}

/** One line for each schema, so that a difference is one of a kind. */
function write(name: string, head: object, { kinds, definitions }: Schemas): void {
  const lines = (schemas: Schema) =>
    Object.keys(schemas)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${JSON.stringify(schemas[key])}`)
      .join(",\n");
  const content = `{${JSON.stringify(head).slice(1, -1)},\n"kinds":{\n${lines(kinds)}},\n"definitions":{\n${lines(definitions)}}}\n`;
  writeFileSync(join(__dirname, "..", "test", "support", "schemas", `${name}.json`), content);
}

function ofKubernetes(folder: string): Schemas {
  const document = JSON.parse(readFileSync(join(folder, "api/openapi-spec/swagger.json"), "utf8")) as Schema;
  const all = fields(document.definitions);
  const named = new Map<string, string>();
  for (const [name, schema] of Object.entries(all)) {
    for (const { group, version, kind } of items(fields(schema)["x-kubernetes-group-version-kind"])) {
      named.set(`${group === "" ? "" : `${text(group)}/`}${text(version)}/${text(kind)}`, name);
    }
  }
  const kinds: Schema = {};
  const definitions: Schema = {};
  for (const [version, names] of Object.entries(CORE)) {
    for (const kind of names) {
      kinds[`${version}/${kind}`] = withoutStatus(clean(all[named.get(`${version}/${kind}`)!]));
    }
  }
  const visit = (schema: Json): void => {
    for (const [, name] of JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g)) {
      if (definitions[name!] === undefined) {
        definitions[name!] = clean(all[name!]);
        visit(definitions[name!]!);
      }
    }
  };
  visit(kinds);
  return { kinds, definitions };
}

function ofCustom(folder: string, { files = [], keep = {} }: Source): Schemas {
  const kinds: Schema = {};
  for (const file of files) {
    const spec = fields((parse(readFileSync(join(folder, file), "utf8")) as Schema).spec);
    for (const { name, served, schema } of items(spec.versions)) {
      if (served === true) {
        const whole = withoutStatus(clean(fields(schema).openAPIV3Schema));
        const kept = Object.entries(keep).reduce(
          (left, [path, keys]) => pruned(left, path.split(".").filter(Boolean), keys),
          whole,
        );
        kinds[`${text(spec.group)}/${text(name)}/${text(fields(spec.names).kind)}`] = kept;
      }
    }
  }
  return { kinds, definitions: {} };
}

/** A schema in which the object at a path has some keys only. */
function pruned(schema: Fields, [first, ...rest]: readonly string[], keys: readonly string[]): Schema {
  const properties = Object.entries(fields(schema.properties));
  const left =
    first === undefined
      ? properties.filter(([key]) => keys.includes(key))
      : properties.map(([key, value]) => [key, key === first ? pruned(fields(value), rest, keys) : value]);
  return { ...schema, properties: Object.fromEntries(left) as Schema };
}

/** A manifest asks for what is to be, so it has no status. */
function withoutStatus(schema: Schema): Schema {
  const { status: _, ...properties } = fields(schema.properties);
  return { ...schema, properties };
}

/** What JSON Schema makes of a schema of OpenAPI, as a strict API server reads it: an object has no other keys than it names. */
function clean(given: Json | undefined): Schema {
  const schema = fields(given);
  if (schema["x-kubernetes-int-or-string"] === true || schema.format === "int-or-string") {
    return { type: ["integer", "string"] };
  }
  const isOpen = schema.additionalProperties !== undefined || schema["x-kubernetes-preserve-unknown-fields"] === true;
  const result: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (COMMON.has(key)) {
      result[key] = value;
    } else if (key === "properties") {
      const cleaned = Object.entries(fields(value)).map(([name, property]) => [name, clean(property)]);
      result.properties = Object.fromEntries(cleaned) as Schema;
    } else if (["items", "additionalProperties", "not"].includes(key) && typeof value === "object") {
      result[key] = clean(value);
    } else if (["allOf", "anyOf", "oneOf"].includes(key)) {
      result[key] = items(value).map(clean);
    }
  }
  // Inside anyOf and the like an object has no type, and names only what matters there.
  if (schema.properties !== undefined && schema.type === "object" && !isOpen) {
    result.additionalProperties = false;
  }
  if (schema.nullable === true && typeof schema.type === "string") {
    result.type = [schema.type, "null"];
  }
  return result;
}
