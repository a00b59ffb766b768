import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import type { Json, Step } from "../../rollout/engine";

/**
 * Checks manifests against the published schemas of Kubernetes and of the makers of custom resources: see each file of `schemas`
 * for its version. A key that a schema does not know is an error, as it is to an API server that validates strictly. Rules that are
 * no schema (the API's CEL expressions, admission webhooks) are not checked.
 */

const FOLDER = join(__dirname, "schemas");
const METADATA = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

interface Schemas {
  kinds: Record<string, object>;
  definitions: Record<string, object>;
}

/** One that is wrong. */
export interface BadManifest {
  urn: string;
  problems: string[];
}

// Formats are those of OpenAPI, and patterns are of Go: both say more than a test of manifests needs.
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false });
const filling = new Ajv({ strict: false, useDefaults: true, validateFormats: false, unicodeRegExp: false });
const kinds = new Map<string, ValidateFunction | object>();
for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".json"))) {
  const name = file.replace(".json", "");
  const text = readFileSync(join(FOLDER, file), "utf8").replaceAll('"#/definitions/', `"${name}#/definitions/`);
  const schemas = JSON.parse(text) as Schemas;
  [ajv, filling].forEach((each) => each.addSchema({ $id: name, definitions: schemas.definitions }));
  Object.entries(schemas.kinds).forEach(([kind, schema]) => kinds.set(kind, schema));
}
const metadata = ajv.compile({ $ref: `kubernetes#/definitions/${METADATA}` });

/**
 * What is wrong with a manifest, one sentence for each mistake.
 *
 * @param object - Its keys; `apiVersion` and `kind` may be among them.
 */
export function validate(apiVersion: string, kind: string, object: Readonly<Record<string, unknown>>): string[] {
  const name = `${apiVersion}/${kind}`;
  const known = kinds.get(name);
  if (known === undefined) {
    return [`there is no schema of ${name}: add it to scripts/kubernetesSchemas.ts`];
  }
  const check = typeof known === "function" ? (known as ValidateFunction) : ajv.compile(known);
  kinds.set(name, check);
  check({ ...object, apiVersion, kind });
  const problems = (check.errors ?? []).map((error) => sentence("", error));
  metadata(object["metadata"] ?? {});
  return [...problems, ...(metadata.errors ?? []).map((error) => sentence("/metadata", error))];
}

/** A manifest of a custom resource with what the API server fills in where it says nothing. */
export function filledIn(apiVersion: string, kind: string, object: Readonly<Record<string, unknown>>): object {
  const known = kinds.get(`${apiVersion}/${kind}`)!;
  const filled = structuredClone(object);
  filling.validate(typeof known === "function" ? (known as ValidateFunction).schema : known, filled);
  return filled;
}

/** What is wrong with the Kubernetes objects that a plan makes or changes. Charts are not rendered here. */
export function badManifests(steps: readonly Step[]): BadManifest[] {
  return steps
    .filter(
      ({ type, op }) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/") && op !== "delete",
    )
    .flatMap(({ urn, type, inputs }) => {
      const [, group, kind] = type.split(":") as [string, string, string];
      const problems = validate(text(inputs["apiVersion"]) ?? group.replace(/^core\//, ""), kind, inputs);
      return problems.length === 0 ? [] : [{ urn, problems }];
    });
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function sentence(at: string, { instancePath, message = "is wrong", params }: ErrorObject): string {
  const more = Object.values(params as Record<string, unknown>).map((value) => JSON.stringify(value));
  return `${at}${instancePath}: ${message} (${more.join(", ")})`;
}
