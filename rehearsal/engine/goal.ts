/** What the program asks for, read from the SDK's requests. */
import { PlanError, unmodelled } from "./errors";
import { withoutOutputValues, type Value, type ValueMap } from "../../pulumi/values";

/** A protobuf struct. */
export interface Struct {
  toJavaScript(): ValueMap;
}

/** A protobuf map. */
interface ProtoMap<T> {
  entries(): Iterable<[string, T]>;
  getLength(): number;
}

/** The getters of `RegisterResourceRequest` that are read here. */
export interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getRemote(): boolean;
  getObject(): Struct;
  hasProtect(): boolean;
  getProtect(): boolean;
  getProvider(): string;
  getProvidersMap(): ProtoMap<string>;
  getDependenciesList(): string[];
  getPropertydependenciesMap(): ProtoMap<{ getUrnsList(): string[] }>;
  getDeletebeforereplace(): boolean;
  getDeletebeforereplacedefined(): boolean;
  getIgnorechangesList(): string[];
  getReplaceonchangesList(): string[];
  getHidediffsList(): string[];
  getReplacementTrigger(): { toJavaScript(): Value } | undefined;
  getReplaceWithList(): string[];
  getVersion(): string;
  getPlugindownloadurl(): string;
  getAdditionalsecretoutputsList(): string[];
  getAliasurnsList(): string[];
  getAliasesList(): AliasMessage[];
  getImportid(): string;
  hasRetainondelete(): boolean;
  getRetainondelete(): boolean;
  getDeletedwith(): string;
  getCustomtimeouts(): { getCreate(): string; getUpdate(): string; getDelete(): string; getRead(): string } | undefined;
  getTransformsList(): unknown[];
  getHooks(): unknown;
  getPackageref(): string;
  getEnvvarmappingsMap(): ProtoMap<string>;
}

interface AliasMessage {
  hasUrn(): boolean;
  getUrn(): string;
  getSpec():
    | {
        getName(): string;
        getType(): string;
        getStack(): string;
        getProject(): string;
        getParenturn(): string;
        getNoparent(): boolean;
      }
    | undefined;
}

/** A name that a resource had before: a URN, or what of it was different. */
export type Alias =
  | { urn: string }
  | { name?: string; type?: string; stack?: string; project?: string; parent?: string; noParent: boolean };

/** What the program wants a resource to be. */
export interface Goal {
  type: string;
  name: string;
  custom: boolean;
  inputs: ValueMap;
  parent?: string;
  /** Undefined: as the parent. */
  protect?: boolean;
  retainOnDelete?: boolean;
  deletedWith?: string;
  /** Reference to the provider, `<URN>::<id>`; empty when the program names none. */
  provider: string;
  /** References to providers for the children of a component, by package. */
  providers: Map<string, string>;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  deleteBeforeReplace?: boolean;
  ignoreChanges: string[];
  replaceOnChanges: string[];
  replacementTrigger?: Value;
  hideDiff: string[];
  additionalSecretOutputs: string[];
  aliases: Alias[];
  customTimeouts?: { create?: number; update?: number; delete?: number; read?: number };
  /** Version of the provider plugin that the SDK was made for. */
  version: string;
  pluginDownloadUrl: string;
}

/**
 * Reads a registration.
 * @throws PlanError for options that the rehearsal does not model.
 */
export function readGoal(request: RegisterRequest): Goal {
  const label = `${request.getType()} ${JSON.stringify(request.getName())}`;
  refuseUnmodelled(request, label);
  const inputs = withoutOutputValues(request.getObject().toJavaScript()) as ValueMap;
  const dependencies = request.getDependenciesList();
  const trigger = request.getReplacementTrigger();
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    inputs,
    parent: request.getParent() || undefined,
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deletedWith: request.getDeletedwith() || undefined,
    provider: request.getProvider(),
    providers: new Map(request.getProvidersMap().entries()),
    dependencies,
    propertyDependencies: readPropertyDependencies(request, inputs, dependencies),
    deleteBeforeReplace:
      request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()
        ? request.getDeletebeforereplace()
        : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    replacementTrigger: trigger === undefined ? undefined : withoutOutputValues(trigger.toJavaScript()),
    hideDiff: request.getHidediffsList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [...request.getAliasurnsList().map((urn) => ({ urn })), ...request.getAliasesList().map(readAlias)],
    customTimeouts: readTimeouts(request, label),
    version: request.getVersion(),
    pluginDownloadUrl: request.getPlugindownloadurl(),
  };
}

function refuseUnmodelled(request: RegisterRequest, label: string): void {
  const found: [unknown, string][] = [
    [request.getRemote(), "components that another program provides"],
    [request.getImportid(), "the option `import`"],
    [request.getReplaceWithList().length, "the option `replaceWith`"],
    [request.getTransformsList().length, "the option `transforms`"],
    [request.getHooks(), "the option `hooks`"],
    [request.getPackageref(), "parameterized packages"],
    [request.getEnvvarmappingsMap().getLength(), "the option `envVarMappings`"],
  ];
  for (const [used, what] of found) {
    if (used) {
      throw unmodelled(what, label);
    }
  }
}

function readPropertyDependencies(
  request: RegisterRequest,
  inputs: ValueMap,
  dependencies: string[],
): Record<string, string[]> {
  const map = request.getPropertydependenciesMap();
  const result: Record<string, string[]> = {};
  if (map.getLength() === 0) {
    if (dependencies.length > 0) {
      for (const key of Object.keys(inputs)) {
        result[key] = dependencies;
      }
    }
    return result;
  }
  for (const [key, urns] of map.entries()) {
    result[key] = urns.getUrnsList();
  }
  return result;
}

function readAlias(alias: AliasMessage): Alias {
  const spec = alias.getSpec();
  return spec === undefined
    ? { urn: alias.getUrn() }
    : {
        name: spec.getName() || undefined,
        type: spec.getType() || undefined,
        stack: spec.getStack() || undefined,
        project: spec.getProject() || undefined,
        parent: spec.getParenturn() || undefined,
        noParent: spec.getNoparent(),
      };
}

function readTimeouts(request: RegisterRequest, label: string): Goal["customTimeouts"] {
  const timeouts = request.getCustomtimeouts();
  if (!timeouts) {
    return undefined;
  }
  const result: NonNullable<Goal["customTimeouts"]> = {};
  const add = (key: keyof typeof result, text: string) => {
    if (text !== "") {
      result[key] = seconds(text, label);
    }
  };
  add("create", timeouts.getCreate());
  add("update", timeouts.getUpdate());
  add("delete", timeouts.getDelete());
  add("read", timeouts.getRead());
  return Object.keys(result).length > 0 ? result : undefined;
}

const UNITS: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** A duration of Go, e.g. `1h30m`, in seconds. */
function seconds(text: string, label: string): number {
  if (!/^(\d+(\.\d+)?(h|ms|m|s|us|µs|ns))+$/.test(text)) {
    throw new PlanError(
      `${label}: the custom timeout ${JSON.stringify(text)} is no duration; write e.g. "30m" or "1h30m"`,
    );
  }
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)) {
    total += Number(amount) * UNITS[unit!]!;
  }
  return total;
}
