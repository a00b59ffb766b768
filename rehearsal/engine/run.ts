/**
 * One run: decides what happens to each resource that the program registers, does it (or, in a preview, says what it would do),
 * and in the end deletes what the program no longer has. Registrations come one after the other; each is decided and done
 * before the next, so a run is the same every time.
 *
 * @see pkg/resource/deploy/step_generator.go in pulumi/pulumi
 */
import type { Json, Op, RunOptions } from "../../rollout/engine";
import type { Cloud } from "./cloud";
import { Deletions } from "./deletions";
import { manifest, type Deployment, type Resource } from "./deployment";
import { diffInputs, isReplace, markForcesNew, markReplaceOnChanges, type Change } from "../../pulumi/diff";
import { PlanError, StepError } from "./errors";
import { matcher } from "./exclusion";
import type { Facts } from "./facts";
import type { Goal } from "./goal";
import { Lifecycle } from "./lifecycle";
import { Previous, needs } from "./previous";
import type { Project, RunConfig } from "../../pulumi/projectConfig";
import { parsePath, resetPath } from "../../pulumi/propertyPath";
import { Providers } from "./providers";
import { blamed, draft, optional, triggers, withNewNames, withoutMarkers, withoutSecrets } from "./records";
import { StepLog } from "./stepLog";
import { createUrn, isProviderType, parseReference, STACK_REFERENCE_TYPE, STACK_TYPE } from "../../pulumi/urn";
import { equal, hasUnknowns, shownMap, UNKNOWN, unwrap, withoutOutputValues, type ValueMap } from "../../pulumi/values";
import type { StandInWorld } from "./world";

/** Pulumi says of components, and of resources whose provider is not known yet, only that they change. */
const NOT_TOLD: ReadonlyMap<string, Change> = new Map();

/** What a run works with. */
export interface RunSetup {
  project: Project;
  stack: string;
  config: RunConfig;
  preview: boolean;
  old: Deployment | undefined;
  clouds: ReadonlyMap<string, Cloud>;
  facts: Facts;
  world: () => StandInWorld;
  now: () => Date;
  /** Outputs of another stack, as its state has them. @throws EngineError when it is not there. */
  readStack: (name: string) => ValueMap;
  options: Omit<RunOptions, "set">;
  onMessage: (severity: "info" | "warning", text: string) => void;
}

/** The answer to a registration. */
export interface Registered {
  urn: string;
  /** Empty when it is not known yet, and for components. */
  id: string;
  outputs: ValueMap;
  /** Whether the resource was left out because it is no target of the run. */
  skipped?: boolean;
}

/** One run of a stack. */
export class Run {
  readonly log: StepLog;
  readonly previous: Previous;
  /** What exists after the run, in order of registration. */
  readonly current = new Map<string, Resource>();
  /** Old resources whose place was taken, or that are gone. */
  readonly superseded = new Set<Resource>();
  /** Old resources that were replaced, and are deleted at the end. */
  readonly condemned = new Set<Resource>();
  /** Old resources that were deleted because what they depend on is deleted before it is replaced; with the inputs to blame. */
  readonly deletedEarly = new Map<string, { old: Resource; keys: string[] }>();
  readonly lifecycle: Lifecycle;
  private readonly registered = new Set<string>();
  private readonly goals = new Map<string, Pick<Goal, "protect" | "retainOnDelete" | "deletedWith" | "provider">>();
  private readonly skipped = new Set<string>();
  private readonly targets: ReadonlySet<string> | undefined;
  /** Whether the run leaves a resource as it is recorded. */
  readonly excluded: (urn: string) => boolean;
  /** What makes a preview fail at its end, so that all of it is said. */
  readonly failures: string[] = [];
  private readonly providers: Providers;
  private stackUrn: string | undefined;

  constructor(readonly setup: RunSetup) {
    this.log = new StepLog(setup.options.onStep);
    this.previous = new Previous(setup.old?.resources ?? [], setup.stack, setup.project.name);
    this.targets =
      setup.options.targets && setup.options.targets.length > 0 ? new Set(setup.options.targets) : undefined;
    this.excluded = matcher(setup.options.exclude ?? []);
    this.lifecycle = new Lifecycle({
      ...setup,
      providerInputs: (resource) =>
        resource.provider ? (this.find(parseReference(resource.provider).urn)?.inputs ?? {}) : {},
    });
    this.providers = new Providers(
      {
        current: (urn) => this.current.get(urn),
        previous: (urn) => this.previous.get(urn),
        renamed: (urn) => this.previous.renamed(urn),
        register: (goal) => this.register(goal),
      },
      setup.facts,
      setup.config,
    );
  }

  /** The resource with this URN as the run knows it by now. */
  find(urn: string): Resource | undefined {
    return this.current.get(urn) ?? this.previous.get(urn);
  }

  /** How many resources the program registered, besides the stack itself; what it only reads, and what reads it, are none. */
  get registrations(): number {
    return [...this.registered].filter((urn) => {
      const found = this.current.get(urn);
      return urn !== this.stackUrn && found?.external !== true && found?.type !== "pulumi:providers:pulumi";
    }).length;
  }

  /** Decides and does what a registration asks for. @throws PlanError, StepError. */
  register(goal: Goal): Registered {
    this.inherit(goal);
    const urn = this.claim(goal);
    const old = this.previous.find(urn, goal.name, goal.type, goal.parent, goal.aliases, (other) =>
      this.registered.has(other),
    );
    const fresh = draft(goal, urn, old, this.setup.project.directory);
    if (!this.isTarget(fresh)) {
      return this.leave(fresh, old);
    }
    this.checkSkipped(fresh);
    const early = this.deletedEarly.get(urn);
    if (early) {
      return this.make("replace", fresh, early.old, blamed(early.keys, early.old, fresh));
    }
    if (!old) {
      return this.make("create", fresh);
    }
    if (old.external) {
      this.superseded.add(old);
      return this.make("replace", fresh, old);
    }
    return this.change(goal, fresh, old);
  }

  /** Reads what the program refers to and does not own. @throws PlanError, StepError. */
  read(goal: Goal, id: string): Registered {
    const urn = this.claim(goal);
    const old = this.previous.find(urn, goal.name, goal.type, goal.parent, [], () => false);
    const fresh: Resource = { ...draft(goal, urn, undefined, this.setup.project.directory), id, external: true };
    if (old && !old.external && old.id !== id) {
      this.condemned.add(old);
    } else if (old) {
      this.superseded.add(old);
    }
    this.log.add("read", fresh);
    if (id === UNKNOWN || hasUnknowns(fresh.inputs ?? {})) {
      fresh.outputs = {};
    } else if (goal.type === STACK_REFERENCE_TYPE) {
      fresh.outputs = this.readReference(fresh);
    } else {
      fresh.outputs = this.lifecycle.read(fresh);
    }
    this.current.set(urn, fresh);
    return { urn, id, outputs: fresh.outputs };
  }

  /** Records the outputs of a component or of the stack. */
  registerOutputs(urn: string, outputs: ValueMap): void {
    const resource = this.current.get(urn);
    if (resource && this.previous.get(urn) !== resource) {
      this.current.set(urn, { ...resource, outputs: withoutOutputValues(outputs) as ValueMap });
    }
  }

  /** Deletes what the program no longer has. @throws PlanError when something of it is protected. */
  finish(): void {
    const deletions = new Deletions(this, this.targets);
    deletions.plan();
    if (this.failures.length > 0) {
      throw new PlanError([...new Set(this.failures)].join("\n"));
    }
    deletions.perform();
  }

  /** The stack's outputs, as a person may see them. */
  outputs(): Record<string, Json> {
    const stack = this.stackUrn === undefined ? undefined : this.current.get(this.stackUrn);
    return shownMap(withoutMarkers(stack?.outputs ?? {}));
  }

  /**
   * The state after the run.
   * @param failed whether only some of it was done: then outputs of the stack that were not set again stay.
   */
  deployment(failed: boolean): Deployment {
    const stack = failed && this.stackUrn !== undefined ? this.current.get(this.stackUrn) : undefined;
    if (stack) {
      const outputs = { ...this.previous.get(stack.urn)?.outputs, ...stack.outputs };
      this.current.set(stack.urn, { ...stack, outputs });
    }
    const renamed = (urn: string) => this.previous.renamed(urn);
    const left = this.previous.resources.filter((old) => !this.superseded.has(old));
    return {
      ...this.setup.old,
      manifest: manifest(this.setup.now()),
      resources: [...this.current.values(), ...left.map((old) => withNewNames(this.marked(old), renamed))],
    };
  }

  /** A failure that ends an `up` at once; a preview goes on, to tell all of them. */
  fail(message: string): void {
    if (!this.setup.preview) {
      throw new PlanError(message);
    }
    this.failures.push(message);
  }

  private marked(old: Resource): Resource {
    if (this.condemned.has(old)) {
      return { ...old, delete: true };
    }
    return this.deletedEarly.get(old.urn)?.old === old ? { ...old, pendingReplacement: true } : old;
  }

  /** What a resource gets from its parent when it does not say otherwise. */
  private inherit(goal: Goal): void {
    const parent = goal.parent === undefined ? undefined : this.goals.get(goal.parent);
    if (parent) {
      goal.protect ??= parent.protect;
      goal.retainOnDelete ??= parent.retainOnDelete;
      goal.deletedWith ??= parent.deletedWith;
    }
  }

  private claim(goal: Goal): string {
    if (this.setup.options.signal?.aborted) {
      throw new StepError("the run was stopped");
    }
    const { stack, project } = this.setup;
    if (goal.parent !== undefined && !this.registered.has(goal.parent)) {
      throw new PlanError(`could not find parent resource ${goal.parent}`);
    }
    const urn = createUrn(stack, project.name, goal.parent, goal.type, goal.name);
    if (this.registered.has(urn)) {
      throw new PlanError(`Duplicate resource URN '${urn}'; try giving it a unique name`);
    }
    const isStandIn = goal.custom && !isProviderType(goal.type) && goal.type !== STACK_REFERENCE_TYPE;
    if (isStandIn) {
      this.lifecycle.checkModelled(goal.type, urn);
    }
    if (goal.custom && !isProviderType(goal.type)) {
      goal.provider = this.providers.resolve(goal, urn);
    } else if (!goal.custom) {
      this.providers.addComponent(urn, goal);
    }
    this.registered.add(urn);
    this.goals.set(urn, goal);
    if (goal.type === STACK_TYPE) {
      this.stackUrn = urn;
    }
    return urn;
  }

  /** Decides between same, update and replace. */
  private change(goal: Goal, fresh: Resource, old: Resource): Registered {
    const kept = this.withIgnored(fresh, old, goal);
    if (this.providers.forcesNew(old.provider ?? "", fresh.provider ?? "")) {
      const path = ["provider"];
      const change: Change = { path, kind: "update-replace", before: old.provider ?? "", after: fresh.provider ?? "" };
      return this.replace(goal, fresh, old, new Map([["provider", change]]));
    }
    if (triggers(fresh.replacementTrigger, old.replacementTrigger)) {
      const change: Change = {
        path: ["replacementTrigger"],
        kind: "update-replace",
        before: old.replacementTrigger,
        after: fresh.replacementTrigger,
      };
      return this.replace(goal, fresh, old, new Map([["replacementTrigger", change]]));
    }
    if (this.providers.isUnknown(fresh.provider ?? "")) {
      this.setup.onMessage(
        "warning",
        `${fresh.urn}: its provider's config is not known yet; the plan may not tell all that changes`,
      );
      return this.update(kept, old, NOT_TOLD);
    }
    const changes = this.diff(old, kept, goal);
    if (old.pendingReplacement || [...changes.values()].some((change) => isReplace(change.kind))) {
      return this.replace(goal, fresh, old, changes);
    }
    if (changes.size === 0) {
      return this.same(kept, old);
    }
    return this.update(kept, old, fresh.custom ? changes : NOT_TOLD);
  }

  /** The resource with ignored changes taken back. */
  private withIgnored(fresh: Resource, old: Resource, goal: Goal): Resource {
    if (goal.ignoreChanges.length === 0) {
      return fresh;
    }
    const inputs = structuredClone(fresh.inputs ?? {});
    const impossible = goal.ignoreChanges.filter((path) => !resetPath(parsePath(path), old.inputs ?? {}, inputs));
    if (impossible.length > 0) {
      const paths = impossible.map((path) => JSON.stringify(path)).join(", ");
      this.setup.onMessage(
        "info",
        `${fresh.urn}: cannot ignore changes in added or removed elements of the path: ${paths}`,
      );
    }
    return { ...fresh, inputs };
  }

  /** What changes, and which of it forces a replacement. */
  diff(old: Resource, fresh: Resource, rules: Pick<Goal, "replaceOnChanges">): Map<string, Change> {
    const changes = diffInputs(old.inputs ?? {}, fresh.inputs ?? {});
    if (changes.size > 0 && fresh.custom) {
      markForcesNew(changes, this.setup.facts.of(fresh.type));
      markReplaceOnChanges(changes, rules.replaceOnChanges.map(parsePath));
    }
    return changes;
  }

  private same(fresh: Resource, old: Resource): Registered {
    const outputs = this.lifecycle.same(fresh, old);
    this.log.add("same", fresh);
    return this.record({ ...fresh, inputs: old.inputs, ...optional("id", old.id), outputs }, old);
  }

  private update(fresh: Resource, old: Resource, changes: ReadonlyMap<string, Change>): Registered {
    this.log.add("update", fresh, changes);
    const base = { ...fresh, ...optional("id", old.id), modified: this.timestamp() };
    if (!fresh.custom) {
      return this.record({ ...base, outputs: old.outputs ?? {} }, old);
    }
    if (!this.setup.preview) {
      return this.record({ ...base, outputs: this.lifecycle.update(fresh, old) }, old);
    }
    const outputs = this.providers.isUnknown(fresh.provider ?? "") ? {} : this.lifecycle.previewUpdate(fresh, old);
    return this.record({ ...base, outputs }, old);
  }

  private replace(goal: Goal, fresh: Resource, old: Resource, changes: Map<string, Change>): Registered {
    if (fresh.protect && old.protect) {
      this.fail(
        `unable to replace resource "${fresh.urn}"\nas it is currently marked for protection. To unprotect the resource, ` +
          "remove the `protect` flag from the resource in your Pulumi program and run `pulumi up`",
      );
    }
    if (goal.deleteBeforeReplace ?? this.setup.facts.of(fresh.type).deleteBeforeReplace) {
      new Deletions(this, this.targets).deleteForReplacement(old);
    } else if (!old.pendingReplacement) {
      this.condemned.add(old);
    } else {
      this.superseded.add(old);
    }
    return this.make("replace", fresh, old, changes);
  }

  private make(
    op: Op & ("create" | "replace"),
    fresh: Resource,
    old?: Resource,
    changes?: Map<string, Change>,
  ): Registered {
    this.log.add(op, fresh, changes);
    const now = this.timestamp();
    const base: Resource = { ...fresh, created: now, modified: now };
    if (!fresh.custom) {
      return this.record({ ...base, outputs: {} }, old);
    }
    if (!this.setup.preview) {
      return this.record({ ...base, ...this.lifecycle.create(fresh, old?.id) }, old);
    }
    const outputs = this.providers.isUnknown(fresh.provider ?? "") ? {} : this.lifecycle.previewCreate(fresh);
    return this.record({ ...base, outputs }, old);
  }

  private record(resource: Resource, old?: Resource): Registered {
    if (old && !this.condemned.has(old)) {
      this.superseded.add(old);
      this.deletedEarly.delete(old.urn);
    }
    this.current.set(resource.urn, resource);
    return { urn: resource.urn, id: resource.id ?? "", outputs: resource.custom ? (resource.outputs ?? {}) : {} };
  }

  private timestamp(): string {
    return this.setup.now().toISOString();
  }

  private isTarget(resource: Resource): boolean {
    return (
      isProviderType(resource.type) ||
      resource.type === STACK_TYPE ||
      ((this.targets === undefined || this.targets.has(resource.urn)) && !this.excluded(resource.urn))
    );
  }

  /** A resource that is no target stays what it was; one that was not there is not made. */
  private leave(fresh: Resource, old: Resource | undefined): Registered {
    if (!old) {
      this.skipped.add(fresh.urn);
      this.log.add("same", fresh);
      return { urn: fresh.urn, id: "", outputs: {}, skipped: true };
    }
    this.keep(old);
    return { urn: fresh.urn, id: old.id ?? "", outputs: old.custom ? (old.outputs ?? {}) : {} };
  }

  /** Keeps an old resource as it was, after all that it needs. */
  keep(old: Resource): void {
    if (this.superseded.has(old) || this.condemned.has(old)) {
      return;
    }
    this.superseded.add(old);
    for (const urn of needs(old, true)) {
      const needed = this.previous.get(urn);
      if (needed && !this.current.has(urn)) {
        this.keep(needed);
      }
    }
    this.log.add("same", old);
    this.current.set(old.urn, old);
  }

  private checkSkipped(fresh: Resource): void {
    if (this.skipped.size === 0) {
      return;
    }
    for (const urn of needs(fresh, true)) {
      if (this.skipped.has(urn)) {
        this.fail(`Resource '${fresh.urn}' depends on '${urn}' which was not specified in the targets: add it to them`);
        this.skipped.delete(urn);
      }
    }
  }

  private readReference(reference: Resource): ValueMap {
    const name = unwrap(reference.inputs?.name ?? null);
    const outputs = this.setup.readStack(typeof name === "string" ? name : (reference.id ?? ""));
    const secretNames = Object.keys(outputs).filter((key) => !equal(outputs[key], withoutSecrets(outputs[key]!)));
    return { name, outputs, secretOutputNames: secretNames.sort() };
  }
}
