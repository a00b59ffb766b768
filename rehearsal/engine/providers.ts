/** Which provider a resource belongs to, and whether that forces it to be replaced. */
import type { Resource } from "./deployment";
import { diffInputs, isReplace, markForcesNew } from "../../pulumi/diff";
import { PlanError } from "./errors";
import type { Facts } from "./facts";
import type { Goal } from "./goal";
import type { RunConfig } from "../../pulumi/projectConfig";
import { isProviderType, packageOf, parseReference, providerType } from "../../pulumi/urn";
import { hasUnknowns, secret, UNKNOWN, type ValueMap } from "../../pulumi/values";

/** What is asked of the run. */
interface Registry {
  /** The provider resource as it is now. */
  current(urn: string): Resource | undefined;
  /** The provider resource as it was before. */
  previous(urn: string): Resource | undefined;
  /** The URN that what had this URN is registered under now. */
  renamed(urn: string): string;
  /** Registers a provider that the program does not name. */
  register(goal: Goal): { urn: string; id: string };
}

/** The providers of a run. */
export class Providers {
  private readonly ofComponents = new Map<string, Map<string, string>>();
  private readonly defaults = new Map<string, string>();
  private readonly verdicts = new Map<string, boolean>();
  private readonly unknown = new Map<string, boolean>();
  private readonly denied: readonly string[];

  constructor(
    private readonly registry: Registry,
    private readonly facts: Facts,
    private readonly config: RunConfig,
  ) {
    const list = config.values["pulumi:disable-default-providers"];
    this.denied = list === undefined || list === "" ? [] : (JSON.parse(list) as string[]);
  }

  /** Remembers the providers that a component gives to its children, with those that it got itself. */
  addComponent(urn: string, goal: Goal): void {
    const inherited = goal.parent === undefined ? undefined : this.ofComponents.get(goal.parent);
    this.ofComponents.set(urn, new Map([...(inherited ?? []), ...goal.providers]));
  }

  /**
   * The reference to the provider of a resource: its own, its parents', or the default one of its package.
   * @throws PlanError when it has none and the default one is disabled.
   */
  resolve(goal: Goal, urn: string): string {
    const name = packageOf(goal.type);
    const inherited = goal.parent === undefined ? undefined : this.ofComponents.get(goal.parent)?.get(name);
    // A reference that was not given is an empty text on the wire.
    const explicit = [goal.provider, goal.providers.get(name), inherited].find(
      (reference) => reference !== undefined && reference !== "",
    );
    if (explicit !== undefined) {
      return explicit;
    }
    if (name !== "pulumi" && (this.denied.includes("*") || this.denied.includes(name))) {
      throw new PlanError(
        `Default provider for '${name}' disabled. '${urn}' must use an explicit provider: ` +
          "give it, or the component that it belongs to, the option `provider`",
      );
    }
    return this.default(name, goal.version);
  }

  /** Whether the new reference means that the resource cannot stay where it is. */
  forcesNew(before: string, after: string): boolean {
    if (before === after) {
      return false;
    }
    if (before === "" || after === "") {
      return true;
    }
    const key = `${before}\n${after}`;
    let verdict = this.verdicts.get(key);
    if (verdict === undefined) {
      verdict = this.differ(parseReference(before).urn, parseReference(after).urn);
      this.verdicts.set(key, verdict);
    }
    return verdict;
  }

  /** Whether a provider's config is not known yet: then nothing is known of its resources. */
  isUnknown(reference: string): boolean {
    if (reference === "") {
      return false;
    }
    const { urn } = parseReference(reference);
    let unknown = this.unknown.get(urn);
    if (unknown === undefined) {
      unknown = hasUnknowns(this.registry.current(urn)?.inputs ?? {});
      this.unknown.set(urn, unknown);
    }
    return unknown;
  }

  /** Whether a changed provider config replaces the provider's resources. */
  private differ(before: string, after: string): boolean {
    if (before !== after && this.registry.renamed(before) === after) {
      return false;
    }
    const old = this.registry.previous(before);
    const fresh = this.registry.current(after);
    if (!old || !fresh || old.type !== fresh.type) {
      return true;
    }
    const changes = diffInputs(old.inputs ?? {}, fresh.inputs ?? {});
    markForcesNew(changes, this.facts.of(fresh.type));
    return [...changes.values()].some((change) => isReplace(change.kind));
  }

  private default(name: string, version: string): string {
    const key = `${name}@${version}`;
    let reference = this.defaults.get(key);
    if (reference === undefined) {
      const suffix = version === "" ? "" : `_${version.replace(/[.+-]/g, "_")}`;
      const { urn, id } = this.registry.register(defaultGoal(name, `default${suffix}`, version, this.config));
      reference = `${urn}::${id || UNKNOWN}`;
      this.defaults.set(key, reference);
    }
    return reference;
  }
}

/** Inputs that the engine itself adds to a provider: the version of its plugin, and where it comes from. */
export function providerInputs(goal: Goal): ValueMap {
  if (!isProviderType(goal.type) || (goal.version === "" && goal.pluginDownloadUrl === "")) {
    return goal.inputs;
  }
  const internal: ValueMap = goal.pluginDownloadUrl === "" ? {} : { pluginDownloadURL: goal.pluginDownloadUrl };
  return { ...goal.inputs, ...(goal.version === "" ? {} : { version: goal.version }), __internal: internal };
}

function defaultGoal(name: string, resourceName: string, version: string, config: RunConfig): Goal {
  const inputs: ValueMap = {};
  for (const [key, value] of Object.entries(config.values)) {
    if (key.startsWith(`${name}:`) && name !== "pulumi") {
      inputs[key.slice(name.length + 1)] = config.secretKeys.includes(key) ? secret(value) : value;
    }
  }
  return {
    type: providerType(name),
    name: resourceName,
    custom: true,
    inputs,
    provider: "",
    providers: new Map(),
    dependencies: [],
    propertyDependencies: {},
    ignoreChanges: [],
    replaceOnChanges: [],
    hideDiff: [],
    additionalSecretOutputs: [],
    aliases: [],
    version,
    pluginDownloadUrl: "",
  };
}
