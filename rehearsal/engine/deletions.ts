/**
 * What a run deletes: what the program no longer has, what was replaced, and before a replacement that deletes first, what
 * depends on it. Always in reverse order of dependencies.
 */
import type { Resource } from "./deployment";
import { isReplace } from "../../pulumi/diff";
import { UnknownTarget } from "./errors";
import type { Run } from "./run";
import { parseReference } from "../../pulumi/urn";
import { UNKNOWN, type ValueMap } from "../../pulumi/values";

/** The deletions of a run. */
export class Deletions {
  private doomed: Resource[] = [];

  constructor(
    private readonly run: Run,
    private readonly targets: ReadonlySet<string> | undefined,
  ) {}

  /** Decides what is deleted, and keeps what is not a target. Changes nothing yet. */
  plan(): void {
    const { previous, superseded, condemned, deletedEarly } = this.run;
    this.checkTargets();
    const allowed = this.targets && this.targetsAndDependents(this.targets);
    const doomed = new Set<Resource>();
    for (const old of previous.resources) {
      if (superseded.has(old) || deletedEarly.get(old.urn)?.old === old) {
        continue;
      }
      if (condemned.has(old) || ((allowed === undefined || allowed.has(old.urn)) && !this.run.excluded(old.urn))) {
        doomed.add(old);
      } else if (!old.delete) {
        this.run.keep(old);
      }
    }
    this.doomed = previous.resources.filter((old) => doomed.has(old)).reverse();
    this.checkAllowed();
  }

  /** Deletes what was planned. */
  perform(): void {
    const urns = new Set(this.doomed.map((old) => old.urn));
    for (const old of this.doomed) {
      if (!this.run.condemned.has(old)) {
        this.run.log.add("delete", old);
      }
      if (!old.pendingReplacement) {
        this.deleteOne(old, urns);
      }
      this.run.superseded.add(old);
    }
    for (const { old } of this.run.deletedEarly.values()) {
      this.run.log.add("delete", old);
      this.run.superseded.add(old);
    }
    this.run.deletedEarly.clear();
  }

  /** Deletes a resource before it is made anew, and before it what would be replaced because of it. */
  deleteForReplacement(root: Resource): void {
    const dependents = this.replacedWith(root);
    for (const { old } of dependents) {
      if (old.protect && !old.delete) {
        this.run.fail(
          `unable to replace resource "${old.urn}" as part of replacing "${root.urn}" as it is currently marked for protection. ` +
            "To unprotect the resource, remove the `protect` flag from the resource in your Pulumi program and run " +
            `\`pulumi up\`, or use the command:\n\`pulumi state unprotect '${old.urn}'\``,
        );
      }
    }
    const urns = new Set([root.urn, ...dependents.map(({ old }) => old.urn)]);
    for (const { old, keys } of dependents.reverse()) {
      this.deleteOne(old, urns);
      this.run.deletedEarly.set(old.urn, { old, keys });
    }
    if (!root.pendingReplacement) {
      this.deleteOne(root, urns);
      this.run.deletedEarly.set(root.urn, { old: root, keys: [] });
    }
  }

  private deleteOne(old: Resource, deleted: ReadonlySet<string>): void {
    const goesWith = old.deletedWith !== undefined && deleted.has(old.deletedWith);
    if (!this.run.setup.preview && !old.external && !old.retainOnDelete && !goesWith) {
      this.run.lifecycle.delete(old);
    }
  }

  /** Those that depend on a resource and would be replaced because it is: in order of dependency. */
  private replacedWith(root: Resource): { old: Resource; keys: string[] }[] {
    const { previous } = this.run;
    const reachable = new Set<Resource>();
    const open = [root];
    for (let next = open.pop(); next; next = open.pop()) {
      for (const old of previous.dependentsOf(next.urn, false)) {
        if (!reachable.has(old) && !this.isDecided(old)) {
          reachable.add(old);
          open.push(old);
        }
      }
    }
    const replaced = new Set([root.urn]);
    const result: { old: Resource; keys: string[] }[] = [];
    for (const old of previous.resources.filter((resource) => reachable.has(resource))) {
      const keys = this.replacingKeys(old, replaced);
      if (keys) {
        replaced.add(old.urn);
        result.push({ old, keys });
      }
    }
    return result;
  }

  private isDecided(old: Resource): boolean {
    return (
      this.run.superseded.has(old) || this.run.condemned.has(old) || this.run.deletedEarly.get(old.urn)?.old === old
    );
  }

  /** The inputs whose change would replace a resource, if what they come from is replaced; undefined if it would stay. */
  private replacingKeys(old: Resource, replaced: ReadonlySet<string>): string[] | undefined {
    if (!old.custom || old.external) {
      return undefined;
    }
    if (old.provider && replaced.has(parseReference(old.provider).urn)) {
      return [];
    }
    const inputs: ValueMap = { ...old.inputs };
    let depends = false;
    for (const key of Object.keys(inputs)) {
      if (old.propertyDependencies?.[key]?.some((urn) => replaced.has(urn))) {
        inputs[key] = UNKNOWN;
        depends = true;
      }
    }
    if (!depends) {
      return undefined;
    }
    const changes = this.run.diff(old, { ...old, inputs }, { replaceOnChanges: old.replaceOnChanges ?? [] });
    const keys = [...changes.values()]
      .filter((change) => isReplace(change.kind))
      .map((change) => String(change.path[0]));
    return keys.length > 0 ? keys : undefined;
  }

  private checkTargets(): void {
    const unknown = [...(this.targets ?? [])].filter((urn) => !this.run.find(urn));
    if (unknown.length > 0) {
      const problems = unknown.map((urn) => `Target '${urn}' could not be found in the stack.`);
      throw new UnknownTarget([...problems, "`cutover preview --json` lists the URNs that there are."].join("\n"));
    }
  }

  private targetsAndDependents(targets: ReadonlySet<string>): Set<string> {
    const found = new Set<string>();
    const open = [...targets];
    for (let urn = open.pop(); urn !== undefined; urn = open.pop()) {
      if (!found.has(urn)) {
        found.add(urn);
        open.push(...this.run.previous.dependentsOf(urn, true).map((old) => old.urn));
      }
    }
    return found;
  }

  /** All that stands against the deletions, before the first one is done. */
  private checkAllowed(): void {
    for (const old of this.doomed) {
      if (this.run.condemned.has(old) || old.delete) {
        continue;
      }
      if (old.protect) {
        this.run.failures.push(
          `resource "${old.urn}" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the ` +
            "`protect` flag from the resource in your Pulumi program and run `pulumi up`, or use the command:\n" +
            `\`pulumi state unprotect '${old.urn}'\``,
        );
      }
      if (this.targets && !this.targets.has(old.urn)) {
        this.run.failures.push(
          `Resource '${old.urn}' will be destroyed but was not specified in the targets: add it to them`,
        );
      }
    }
  }
}
