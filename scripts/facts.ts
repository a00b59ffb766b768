/**
 * Derives and checks the facts about cloud resource types in `rehearsal/clouds/facts/`.
 *
 *   node --import=tsx scripts/facts.ts derive <rules.json> <facts.json>
 *   node --import=tsx scripts/facts.ts check [<facts.json>...]
 *
 * `rules.json` is a schema: `{ source, types: { [token]: { replaceOn, secrets?, ... } } }`, read from a provider's source.
 * `derive` adds the outputs that the SDK declares and the secrets that it marks; `check` fails on any name that the SDK
 * does not know, and on outputs that differ from the SDK's.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..");
const SDKS = join(ROOT, "node_modules", "@pulumi");
const FACTS = join(ROOT, "rehearsal", "clouds", "facts");

export type OutputKind = "string" | "number" | "boolean" | "list" | "object";

export interface TypeFacts {
  replaceOn: string[];
  outputs: Record<string, OutputKind>;
  secrets: string[];
  [fact: string]: unknown;
}

export interface Facts {
  source: string;
  types: Record<string, TypeFacts>;
  [fact: string]: unknown;
}

/** What the SDK declares of one resource type. */
export interface SdkType {
  provider: string;
  outputs: Record<string, ts.TypeNode>;
  args: Record<string, ts.TypeNode>;
  secretOutputs: string[];
  /** True where the SDK accepts any property (a Kubernetes custom resource). */
  open: boolean;
}

type Members = Map<string, ts.TypeNode>;

const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, false);

/** The `.d.ts` file and class name of a token: `aws:lb/listener:Listener` is `aws/lb/listener.d.ts`, `Listener`. */
function locate(token: string): { provider: string; file: string; name: string } {
  const [provider = "", module = "", name = ""] = token.split(":");
  const path =
    module.includes("/") && provider !== "kubernetes"
      ? module.replace(/^index\//, "")
      : join(provider === "kubernetes" ? module.replace(/^([a-z0-9]+)\.[^/]*/, "$1") : module, name);
  const wanted = join(SDKS, provider, `${path}.d.ts`);
  // The SDKs write the first letters of some names small, and not of others: `r2bucket`, `listenerRule`.
  const folder = dirname(wanted);
  const file = readdirSync(folder).find((each) => each.toLowerCase() === basename(wanted).toLowerCase());
  return { provider, file: file === undefined ? wanted : join(folder, file), name };
}

const nameOf = (node: { name?: ts.Node }): string => {
  const n = node.name;
  return n && (ts.isIdentifier(n) || ts.isStringLiteral(n)) ? n.text : "";
};

const members = (nodes: ts.NodeArray<ts.TypeElement>): Members =>
  new Map(nodes.filter(ts.isPropertySignature).map((m) => [nameOf(m), m.type!]));

const indexes = new Map<string, Map<string, Members>>();

/** All interfaces of a provider's `types/input.d.ts`, by their dotted name. */
function inputTypes(provider: string): Map<string, Members> {
  let index = indexes.get(provider);
  if (index) return index;
  index = new Map();
  const visit = (node: ts.Node, path: string[]): void => {
    if (ts.isModuleDeclaration(node)) {
      node.body?.forEachChild((child) => visit(child, [...path, nameOf(node)]));
    } else if (ts.isModuleBlock(node)) {
      node.forEachChild((child) => visit(child, path));
    } else if (ts.isInterfaceDeclaration(node)) {
      index.set([...path, nameOf(node)].join("."), members(node.members));
    }
  };
  const source = parse(join(SDKS, provider, "types", "input.d.ts"));
  source.forEachChild((node) => visit(node, []));
  indexes.set(provider, index);
  return index;
}

/** Reads one resource class of the SDK. Throws where there is none. */
export function readSdkType(token: string): SdkType {
  const { provider, file, name } = locate(token);
  if (!existsSync(file)) throw new Error(`${token}: no file ${file}`);
  const outputs: Record<string, ts.TypeNode> = {};
  const args: Record<string, ts.TypeNode> = {};
  let found = false;
  let open = false;
  parse(file).forEachChild((node) => {
    if (ts.isClassDeclaration(node) && nameOf(node) === name) {
      found = true;
      for (const m of node.members) {
        const isStatic =
          ts.canHaveModifiers(m) && ts.getModifiers(m)?.some((x) => x.kind === ts.SyntaxKind.StaticKeyword);
        if (ts.isPropertyDeclaration(m) && !isStatic && m.type && !nameOf(m).startsWith("__"))
          outputs[nameOf(m)] = m.type;
      }
    } else if (ts.isInterfaceDeclaration(node) && nameOf(node) === `${name}Args`) {
      open = node.members.some(ts.isIndexSignatureDeclaration);
      for (const [k, v] of members(node.members)) args[k] = v;
    }
  });
  if (!found) throw new Error(`${token}: no class ${name} in ${file}`);
  const js = readFileSync(file.replace(/\.d\.ts$/, ".js"), "utf8");
  const type = /__pulumiType = '(.+?)'/.exec(js)?.[1];
  if (type && type !== token) throw new Error(`${token}: the SDK spells it ${type}`);
  const secret = /additionalSecretOutputs: \[(.*?)\]/.exec(js)?.[1] ?? "";
  return { provider, outputs, args, secretOutputs: [...secret.matchAll(/"(\w+)"/g)].map((m) => m[1]!), open };
}

/** Strips `pulumi.Input<...>`, `| undefined` and the like from a type. */
function unwrap(type: ts.TypeNode): ts.TypeNode {
  if (ts.isUnionTypeNode(type)) {
    const rest = type.types.filter((t) => t.kind !== ts.SyntaxKind.UndefinedKeyword);
    return unwrap(rest.find((t) => ts.isTypeReferenceNode(t) || ts.isArrayTypeNode(t)) ?? rest[0]!);
  }
  if (ts.isParenthesizedTypeNode(type)) return unwrap(type.type);
  if (
    ts.isTypeReferenceNode(type) &&
    type.typeArguments?.length &&
    /(^|\.)(Input|Output)$/.test(dotted(type.typeName))
  ) {
    return unwrap(type.typeArguments[0]!);
  }
  return type;
}

const dotted = (name: ts.EntityName): string =>
  ts.isIdentifier(name) ? name.text : `${dotted(name.left)}.${name.right.text}`;

/** What lies below a property: whether it is a list, and the members of its (element) type if that is an object. */
export function below(provider: string, type: ts.TypeNode): { list: boolean; members?: Members; map: boolean } {
  let t = unwrap(type);
  let list = false;
  while (ts.isArrayTypeNode(t)) {
    list = true;
    t = unwrap(t.elementType);
  }
  if (ts.isTypeReferenceNode(t)) {
    const name = dotted(t.typeName);
    if (name.startsWith("inputs.")) return { list, map: false, members: inputTypes(provider).get(name.slice(7)) };
  }
  return { list, map: ts.isTypeLiteralNode(t) };
}

/** Says why a path like `rules[].action.type` is not one of the type's inputs; undefined where it is one. */
export function wrongPath(sdk: SdkType, path: string): string | undefined {
  let at: Members | undefined = new Map(Object.entries(sdk.args));
  const parts = path.split(".");
  for (const [i, part] of parts.entries()) {
    const name = part.replace(/\[\]$/, "");
    const type: ts.TypeNode | undefined = at?.get(name);
    if (!type) return sdk.open ? undefined : `no property "${name}"`;
    const next = below(sdk.provider, type);
    const last = i === parts.length - 1;
    if (part.endsWith("[]") && !next.list) return `"${name}" is no list`;
    if (!last && next.list && !part.endsWith("[]")) return `"${name}" is a list`;
    at = next.members;
  }
  return undefined;
}

function outputKind(type: ts.TypeNode): OutputKind {
  const t = unwrap(type);
  if (ts.isArrayTypeNode(t)) return "list";
  if (t.kind === ts.SyntaxKind.NumberKeyword) return "number";
  if (t.kind === ts.SyntaxKind.BooleanKeyword) return "boolean";
  if (ts.isTypeLiteralNode(t) || t.kind === ts.SyntaxKind.AnyKeyword) return "object";
  if (ts.isTypeReferenceNode(t) && /^outputs\./.test(dotted(t.typeName))) return "object";
  return "string";
}

/** The properties that only the provider sets. */
export function outputsOf(sdk: SdkType): Record<string, OutputKind> {
  const only = Object.entries(sdk.outputs).filter(([name]) => !(name in sdk.args));
  return Object.fromEntries(only.map(([name, type]) => [name, outputKind(type)]));
}

function derive(rulesFile: string, factsFile: string): void {
  const rules = JSON.parse(readFileSync(rulesFile, "utf8")) as Facts;
  const types = Object.entries(rules.types).map(([token, rule]): [string, TypeFacts] => {
    const sdk = readSdkType(token);
    const secrets = [...new Set([...(rule.secrets ?? []), ...sdk.secretOutputs])].sort();
    return [token, { ...rule, replaceOn: [...new Set(rule.replaceOn)].sort(), outputs: outputsOf(sdk), secrets }];
  });
  types.sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(factsFile, JSON.stringify({ ...rules, types: Object.fromEntries(types) }, null, 1) + "\n");
}

/** All that is wrong with a facts file, one line each. */
export function problems(factsFile: string): string[] {
  const facts = JSON.parse(readFileSync(factsFile, "utf8")) as Facts;
  return Object.entries(facts.types).flatMap(([token, fact]) => {
    const sdk = readSdkType(token);
    const outputs =
      JSON.stringify(outputsOf(sdk)) === JSON.stringify(fact.outputs) ? [] : ["outputs differ from the SDK's"];
    const lists = Object.entries(fact).filter(([, v]) => Array.isArray(v)) as [string, string[]][];
    const wrong = lists.flatMap(([key, paths]) =>
      paths.flatMap((path) => {
        const why = key === "secrets" && path.split(/[.[]/)[0]! in sdk.outputs ? undefined : wrongPath(sdk, path);
        return why ? [`${key} "${path}": ${why}`] : [];
      }),
    );
    for (const key of ["replaceIf", "defaults"]) {
      for (const path of Object.keys((fact[key] as object | undefined) ?? {})) {
        const why = wrongPath(sdk, path);
        if (why) wrong.push(`${key} "${path}": ${why}`);
      }
    }
    for (const name of [fact["idProperty"], (fact["autoName"] as { property?: string } | undefined)?.property]) {
      if (typeof name === "string" && !(name in sdk.outputs)) wrong.push(`"${name}": no such property`);
    }
    return [...outputs, ...wrong].map((text) => `${basename(factsFile)}: ${token}: ${text}`);
  });
}

if (require.main === module) {
  const [command, ...files] = process.argv.slice(2);
  if (command === "derive" && files.length === 2) {
    derive(files[0]!, files[1]!);
  } else if (command === "check") {
    const all = files.length
      ? files
      : readdirSync(FACTS)
          .filter((f) => f.endsWith(".json"))
          .map((f) => join(FACTS, f));
    const wrong = all.flatMap(problems);
    for (const line of wrong) console.error(line);
    console.log(`${all.length} files, ${wrong.length} problems`);
    process.exitCode = wrong.length ? 1 : 0;
  } else {
    console.error("usage: facts.ts derive <rules.json> <facts.json> | check [<facts.json>...]");
    process.exitCode = 2;
  }
}
