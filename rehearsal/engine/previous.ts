/** What a stack held before the run: found by URN or alias, and who depends on whom. */
import type { Resource } from "./deployment";
import { PlanError } from "./errors";
import type { Alias } from "./goal";
import { createUrn, nameOf, parseReference, qualifiedTypeOf, STACK_TYPE, typeOf } from "../../pulumi/urn";

/** The URNs that a resource needs: those that it depends on, and if asked its parent. */
export function needs(resource: Resource, withParent: boolean): Set<string> {
  const urns = new Set(resource.dependencies ?? []);
  for (const key in resource.propertyDependencies) {
    for (const urn of resource.propertyDependencies[key]!) {
      urns.add(urn);
    }
  }
  if (resource.provider) {
    urns.add(parseReference(resource.provider).urn);
  }
  if (resource.deletedWith) {
    urns.add(resource.deletedWith);
  }
  if (withParent && resource.parent) {
    urns.add(resource.parent);
  }
  return urns;
}

/** The resources of the last state, in its order: each after what it needs. */
export class Previous {
  private readonly byUrn = new Map<string, Resource>();
  /** The alias that a registered resource was found under. */
  private readonly usedAlias = new Map<string, string>();
  /** The resource that was found under an alias. */
  private readonly aliasedTo = new Map<string, string>();
  private dependents?: Map<string, Resource[]>;

  constructor(
    readonly resources: readonly Resource[],
    private readonly stack: string,
    private readonly project: string,
  ) {
    for (const resource of resources) {
      if (!resource.delete) {
        this.byUrn.set(resource.urn, resource);
      }
    }
  }

  /** The resource that has this URN now, if it is not one that is only left to be deleted. */
  get(urn: string): Resource | undefined {
    return this.byUrn.get(urn);
  }

  /** The URN that what had this URN is registered under now. */
  renamed(urn: string): string {
    return this.aliasedTo.get(urn) ?? urn;
  }

  /**
   * What a registered resource was before.
   * @param isRegistered whether this run has seen a URN.
   * @throws PlanError when two resources claim to have been the same one.
   */
  find(
    urn: string,
    name: string,
    type: string,
    parent: string | undefined,
    aliases: readonly Alias[],
    isRegistered: (urn: string) => boolean,
  ): Resource | undefined {
    const claimed = this.aliasedTo.get(urn);
    if (claimed !== undefined) {
      throw new PlanError(`Duplicate resource URN '${urn}' conflicting with alias on resource with URN '${claimed}'`);
    }
    const own = this.byUrn.get(urn);
    if (own || (aliases.length === 0 && (parent === undefined || !this.usedAlias.has(parent)))) {
      return own;
    }
    for (const alias of this.aliasUrns(name, type, parent, aliases)) {
      const old = this.byUrn.get(alias);
      if (!old || alias === urn) {
        continue;
      }
      const other = this.aliasedTo.get(alias) ?? (isRegistered(alias) ? urn : undefined);
      if (other !== undefined) {
        throw new PlanError(
          `Duplicate resource alias '${alias}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'`,
        );
      }
      this.aliasedTo.set(alias, urn);
      this.usedAlias.set(urn, alias);
      return old;
    }
    return undefined;
  }

  /** Resources that directly depend on a URN; children only if asked. */
  dependentsOf(urn: string, withChildren: boolean): Resource[] {
    const found = this.index().get(urn) ?? [];
    return withChildren ? found : found.filter((resource) => needs(resource, false).has(urn));
  }

  private index(): Map<string, Resource[]> {
    if (!this.dependents) {
      this.dependents = new Map();
      for (const resource of this.resources) {
        for (const urn of needs(resource, true)) {
          const list = this.dependents.get(urn);
          if (list) {
            list.push(resource);
          } else {
            this.dependents.set(urn, [resource]);
          }
        }
      }
    }
    return this.dependents;
  }

  private aliasUrns(name: string, type: string, parent: string | undefined, aliases: readonly Alias[]): Set<string> {
    const urns = new Set(aliases.map((alias) => this.aliasUrn(name, type, parent, alias)));
    const parentAlias = parent === undefined ? undefined : this.usedAlias.get(parent);
    if (parent !== undefined && parentAlias !== undefined) {
      const own = [...urns];
      urns.add(this.inherited(type, name, nameOf(parent), parentAlias));
      for (const urn of own) {
        urns.add(this.inherited(typeOf(urn), nameOf(urn), nameOf(parent), parentAlias));
      }
    }
    return urns;
  }

  private aliasUrn(name: string, type: string, parent: string | undefined, alias: Alias): string {
    if ("urn" in alias) {
      return alias.urn;
    }
    const named = alias.parent === undefined ? parent : (this.usedAlias.get(alias.parent) ?? alias.parent);
    const former = alias.noParent || (named !== undefined && qualifiedTypeOf(named) === STACK_TYPE) ? undefined : named;
    return createUrn(
      alias.stack ?? this.stack,
      alias.project ?? this.project,
      former,
      alias.type ?? type,
      alias.name ?? name,
    );
  }

  /** The name that a child had when its parent had another one: names that start with the parent's change with it. */
  private inherited(type: string, name: string, parentName: string, parentAlias: string): string {
    const former = name.startsWith(parentName) ? nameOf(parentAlias) + name.slice(parentName.length) : name;
    return createUrn(this.stack, this.project, parentAlias, type, former);
  }
}
