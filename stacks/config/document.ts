import { z } from "zod";
import { applicationContract } from "../contract/application";
import { PLATFORM_CONTRACTS } from "../contract/platform";
import { trafficContract } from "../contract/traffic";
import { unwrap } from "./introspect";
import { NAMESPACE } from "./namespace";
import { CLOUDS } from "./clouds";
import { LAYERS } from "./layers";
import { cloudsWith, sectionsOf } from "./schema";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The text of every file that is generated from the schemas, by its path in the repository. Pure. */
export function generated(): Record<string, string> {
  return {
    "docs/configuration.md": configurationPage(),
    ...Object.fromEntries(
      CLOUDS.map((cloud) => [
        `schemas/platform-${cloud}.json`,
        contractSchema(`platform (${cloud})`, PLATFORM_CONTRACTS[cloud]),
      ]),
    ),
    "schemas/application.json": contractSchema("application", applicationContract),
    "schemas/traffic.json": contractSchema("traffic", trafficContract),
  };
}

function contractSchema(layer: string, contract: z.ZodType): string {
  const schema = z.toJSONSchema(contract, { target: "draft-2020-12" });
  return `${JSON.stringify({ title: `cutover ${layer} outputs`, ...schema }, null, 2)}\n`;
}

const INTRODUCTION = `# Configuration

Generated from the schemas in \`stacks/config\` by \`npm run docs\`: do not edit.

Every key is in the namespace \`${NAMESPACE}:\` of \`Pulumi.<stack>.yaml\`. A stack has the keys of the layers that it deploys
(\`${NAMESPACE}:layers\`), and no others. All errors are reported at once, each with its path, before any resource is registered.
A path is set with \`pulumi config set --path '${NAMESPACE}:traffic.green' 10\`, or for one rehearsal with
\`cutover preview --stack NAME --set traffic.green=10\`.
`;

const TITLES = {
  common: "Every stack",
  platform: "Platform layer",
  application: "Application layer",
  traffic: "Traffic layer",
} as const;

function configurationPage(): string {
  const parts = (["common", ...LAYERS] as const).map((owner) => `## ${TITLES[owner]}\n\n${keysOf(owner).join("\n")}`);
  return `${INTRODUCTION}\n${parts.join("\n")}`;
}

/** The text of each key of a layer; a key that clouds have in different shapes has a text for each of them. */
function keysOf(owner: keyof typeof TITLES): string[] {
  const keys = new Set(CLOUDS.flatMap((cloud) => Object.keys(sectionsOf(owner, cloud))));
  return [...keys].flatMap((key) => {
    const shapes = new Map<z.ZodType, string[]>();
    for (const cloud of cloudsWith(owner, key)) {
      const schema = sectionsOf(owner, cloud)[key]!;
      shapes.set(schema, [...(shapes.get(schema) ?? []), cloud]);
    }
    return [...shapes].map(([schema, clouds]) =>
      sectionText(key, schema, clouds.length === CLOUDS.length ? "" : ` (on ${clouds.join(" and ")})`),
    );
  });
}

/** @param where - The clouds that have it so; empty for all. */
function sectionText(key: string, schema: z.ZodType, where: string): string {
  const json = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    target: "draft-2020-12",
    override: ({ zodSchema: { _zod }, jsonSchema }) => {
      // Zod leaves the default out where a text is read as a number on the way.
      if (_zod.def.type === "default") {
        jsonSchema.default = _zod.def.defaultValue;
      }
      const { clouds, why } = jsonSchema as { clouds?: readonly string[]; why?: string };
      if (clouds !== undefined && why !== undefined) {
        jsonSchema.description = `${jsonSchema.description ?? ""} On ${clouds.join(" and ")} only: ${why}.`.trim();
      }
    },
  });
  const rows = [...fieldRows("", json, !schema.safeParse(undefined).success)].filter(({ path }) => path !== "");
  const facts =
    rows.length > 0
      ? []
      : [`Allowed: ${allowed(json)}.`, json.default === undefined ? "" : `Default: ${code(json.default)}.`];
  const table = rows.map(({ path, type, required, fallback, description }) => {
    const [meaning = "", otherwise = ""] = description.split(" @default - ");
    const without = fallback === undefined ? otherwise : code(fallback);
    return `| \`${path}\` | ${type} | ${required ? "required" : without} | ${meaning} |`;
  });
  return [
    `### \`${NAMESPACE}:${key}\`${where}`,
    "",
    [unwrapDescription(schema), ...facts].filter((text) => text !== "").join(" "),
    "",
    ...(table.length > 0 ? ["| field | allowed | default | meaning |", "| --- | --- | --- | --- |", ...table, ""] : []),
  ].join("\n");
}

interface Row {
  path: string;
  type: string;
  required: boolean;
  fallback: unknown;
  description: string;
}

function* fieldRows(path: string, schema: JsonSchema, required: boolean): Generator<Row> {
  const properties = schema.properties as Record<string, JsonSchema> | undefined;
  const extra = schema.additionalProperties;
  const isMap = typeof extra === "object";
  yield {
    path,
    type: properties !== undefined || isMap ? (isMap ? "map" : "object") : allowed(schema),
    required,
    fallback: schema.default,
    description: escape(schema.description ?? ""),
  };
  for (const [key, child] of Object.entries(properties ?? {})) {
    yield* fieldRows(
      path === "" ? key : `${path}.${key}`,
      child,
      schema.required?.includes(key) === true && child.default === undefined,
    );
  }
  if (isMap) {
    yield* fieldRows(path === "" ? "<name>" : `${path}.<name>`, extra, false);
  }
  const items = schema.items as JsonSchema | undefined;
  if (items !== undefined && hasFields(items)) {
    yield* fieldRows(`${path}[]`, items, false);
  }
  // What several alternatives have alike stands once.
  const rows = alternatives(schema).flatMap((one) =>
    [...fieldRows(path, one, false)].filter((row) => row.path !== path),
  );
  yield* new Map(rows.map((row) => [JSON.stringify(row), row])).values();
}

function hasFields(schema: JsonSchema): boolean {
  return schema.properties !== undefined || alternatives(schema).some(hasFields);
}

function alternatives({ anyOf, oneOf }: JsonSchema): JsonSchema[] {
  return anyOf ?? oneOf ?? [];
}

function allowed(schema: JsonSchema): string {
  if (schema.enum !== undefined) {
    return schema.enum.map((value) => code(value)).join(", ");
  }
  const several = alternatives(schema);
  if (several.length > 0) {
    return [...new Set(several.map((one) => allowed(one)))].join(" or ");
  }
  if (schema.type === "array") {
    return `list of ${schema.items === undefined ? "anything" : allowed(schema.items as JsonSchema)}`;
  }
  const bounds = [
    schema.minimum === undefined || schema.minimum < -1e15 ? "" : `≥ ${schema.minimum}`,
    schema.maximum === undefined || schema.maximum > 1e15 ? "" : `≤ ${schema.maximum}`,
  ].filter((text) => text !== "");
  return [schema.const === undefined ? (schema.type ?? "any") : code(schema.const), ...bounds].join(" ");
}

function unwrapDescription(schema: z.ZodType): string {
  return schema.description ?? unwrap(schema).description ?? "";
}

function code(value: unknown): string {
  return `\`${escape(JSON.stringify(value))}\``;
}

function escape(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
