import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import { generated } from "../../stacks/config/document";
import type { Json } from "../../rollout/engine";
import { PROJECT, production, type Stack } from "./production";

const LAYERS: Record<string, Stack> = {
  platform: "production-platform",
  application: "production-application",
  traffic: "production",
};
const read = (path: string) => readFileSync(join(PROJECT, path), "utf8");

/** Platforms have a schema for each cloud. */
const schemaOf = (layer: string) => `schemas/${layer === "platform" ? "platform-aws" : layer}.json`;

function validator(layer: string): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
  return ajv.compile(JSON.parse(read(schemaOf(layer))) as object);
}

/** Places of all objects' keys inside a value. */
function places(value: unknown, keys: readonly string[] = []): string[][] {
  if (value === null || typeof value !== "object") {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => [[...keys, key], ...places(inner, [...keys, key])]);
}

/** A copy of outputs, with the last key of a place renamed; without it when there is no new name. */
function renamed(outputs: Json, keys: readonly string[], name?: string): Json {
  const copy = structuredClone(outputs) as any;
  const holder = keys.slice(0, -1).reduce((value, key) => value[key], copy);
  const last = keys.at(-1)!;
  if (name !== undefined) {
    holder[name] = holder[last];
  }
  delete holder[last];
  return copy as Json;
}

describe("the files that are generated from the schemas", () => {
  for (const [path, text] of Object.entries(generated())) {
    it(`are what is committed: ${path}`, () => {
      assert.equal(read(path), text, "write it with `npm run docs`");
    });
  }
});

for (const [layer, stack] of Object.entries(LAYERS)) {
  describe(`the outputs of the ${layer} layer`, function () {
    this.timeout(300_000);
    let all: Record<string, Json>;
    let outputs: Json;
    before(async () => {
      all = await (await production()).rehearsal.outputs(stack);
      outputs = all[layer]!;
    });

    it("keep their JSON Schema, and are all that the stack says", () => {
      const validate = validator(layer);
      assert.ok(validate(outputs), JSON.stringify(validate.errors, null, 2));
      assert.deepEqual(Object.keys(all), [layer]);
    });

    it("hold nothing secret and nothing unknown", () => {
      const text = JSON.stringify(all);
      assert.doesNotMatch(text, /\[secret\]|\[unknown\]|4dabf18193072939515e22adb298388d|ciphertext/);
    });

    it("fail the schema when a field is renamed or has another type", () => {
      const validate = validator(layer);
      // Keys of maps are names of the deployment's own: without one, or with another, the rest may still be valid.
      const fields = places(outputs).filter((keys) => !Number.isInteger(Number(keys.at(-1))));
      const known = new Set<string>();
      let refused = 0;
      for (const keys of fields) {
        const shape = keys.map((key) => (/^[a-z]{2}-[a-z]+-\d$/.test(key) ? "<region>" : key)).join(".");
        if (known.has(shape)) {
          continue;
        }
        known.add(shape);
        refused += validate(renamed(outputs, keys, `${keys.at(-1)}Renamed`)) ? 0 : 1;
        const wrong = structuredClone(outputs) as any;
        keys.slice(0, -1).reduce((value, key) => value[key], wrong)[keys.at(-1)!] = null;
        assert.equal(validate(wrong), false, `${keys.join(".")} may be null`);
      }
      assert.ok(refused > known.size / 2, `${refused} of ${known.size}`);
    });

    it("fail the schema when a field that others rely on is removed or renamed", () => {
      const validate = validator(layer);
      const fields: Record<string, string[]> = {
        platform: [
          "facts.account",
          "regions.us-east-1.entry.loadBalancerArn",
          "regions.eu-west-1.cluster.oidcIssuer",
          "jurisdictions.EU.database.endpoint",
          "assets.bucket",
        ],
        application: [
          "facts.active",
          "facts.targets.api.paths",
          "regions.us-east-1.blue",
          "regions.eu-west-1.green.targetGroupArns",
          "databaseJobs",
        ],
        traffic: [
          "facts.active",
          "regions.us-east-1.weights",
          "regions.us-east-1.weights.green",
          "regions.eu-west-1.routers.0.id",
          "regions.eu-west-1.endpoints.blue.url",
        ],
      };
      for (const field of fields[layer]!) {
        const keys = field.split(".");
        assert.equal(validate(renamed(outputs, keys)), false, `without ${field}`);
        assert.equal(validate(renamed(outputs, keys, "other")), false, `${field} renamed`);
      }
    });
  });
}
