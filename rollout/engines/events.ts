import type {
  DiagnosticEvent,
  EngineEvent,
  StepEventMetadata,
  StepEventStateMetadata,
} from "@pulumi/pulumi/automation";

import { diffInputs } from "../../pulumi/diff";
import { containsPath, parsePath, valuesAt } from "../../pulumi/propertyPath";
import { isProviderType, nameOf, STACK_TYPE } from "../../pulumi/urn";
import { shown, shownMap, type ValueMap } from "../../pulumi/values";
import type { DiffKind, Json, Op, Plan, PropertyDiff, Step } from "../engine";

/**
 * What the operations of Pulumi's engine are to a plan. A replacement is several of them, of which one is a step; those that
 * are not here are work that a plan does not speak of: the two halves of a replacement, and looks at what there is.
 */
const OP_OF: Readonly<Record<string, Op>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  discard: "delete",
  same: "same",
  read: "read",
  import: "create",
};

/** Collects the events of one run of Pulumi's engine into a plan. */
export class EventLog {
  /** By URN: a resource has one step in a plan. */
  private readonly steps = new Map<string, Step>();
  private readonly errors: string[] = [];
  private readonly warned = new Set<string>();
  private outputs: Record<string, Json> = {};

  /**
   * @param onStep - Called for each step when it begins.
   * @param onWarning - Called with each warning, once.
   */
  constructor(
    private readonly onStep: ((step: Step) => void) | undefined,
    private readonly onWarning: (text: string) => void,
  ) {}

  /** Takes in one event. */
  readonly take = (event: EngineEvent): void => {
    if (event.resourcePreEvent) {
      this.begin(event.resourcePreEvent.metadata);
    } else if (event.resOutputsEvent?.metadata.type === STACK_TYPE) {
      this.outputs = shownMap((event.resOutputsEvent.metadata.new?.outputs ?? {}) as ValueMap);
    } else if (event.diagnosticEvent) {
      this.diagnose(event.diagnosticEvent);
    }
  };

  /** What went wrong, in the engine's and the program's words; undefined when nothing did. */
  get problem(): string | undefined {
    return this.errors.length === 0 ? undefined : this.errors.join("\n");
  }

  /** Whether the program registered anything beside the stack, and what it reads and deploys with. */
  get hasResources(): boolean {
    return [...this.steps.values()].some(
      ({ type, op }) => type !== STACK_TYPE && !isProviderType(type) && op !== "read" && op !== "delete",
    );
  }

  /** The plan that the events make. */
  plan(stack: string): Plan {
    const steps = [...this.steps.values()];
    const summary: Plan["summary"] = {};
    for (const { op } of steps) {
      summary[op] = (summary[op] ?? 0) + 1;
    }
    return { stack, steps, summary, outputs: this.outputs };
  }

  private begin(metadata: StepEventMetadata): void {
    const op = OP_OF[metadata.op];
    const { urn, type } = metadata;
    // The engine makes default providers for itself; the CLI does not show what it does to them either.
    if (op === undefined || (isProviderType(type) && /^default(_|$)/.test(nameOf(urn)))) {
      return;
    }
    const step = stepOf(op, metadata);
    this.steps.set(urn, step);
    this.onStep?.(step);
  }

  private diagnose({ severity, message, prefix, ephemeral }: DiagnosticEvent): void {
    const text = `${prefix ?? ""}${message}`.replace(/<\{%[^%]*%\}>/g, "").trim();
    if (severity === "error") {
      this.errors.push(text.replace(/^error: /, ""));
    } else if (severity === "warning" && ephemeral !== true) {
      this.warn(text.replace(/^warning: /, ""));
    }
  }

  private warn(text: string): void {
    if (!this.warned.has(text)) {
      this.warned.add(text);
      this.onWarning(text);
    }
  }
}

function stepOf(op: Op, metadata: StepEventMetadata): Step {
  const { urn, type } = metadata;
  const state: StepEventStateMetadata | undefined = metadata.new ?? metadata.old;
  // Of a component Pulumi says only that it changes.
  const tells = (op === "update" || op === "replace") && state?.custom === true;
  const detailedDiff = tells ? detailed(metadata) : {};
  const step: Step = {
    op,
    urn,
    type,
    inputs: shownMap((state?.inputs ?? {}) as ValueMap),
    diff: Object.keys(detailedDiff),
    detailedDiff,
  };
  if (state?.parent && type !== STACK_TYPE) {
    step.parent = state.parent;
  }
  if (state?.provider && state.custom && !isProviderType(type)) {
    step.provider = state.provider;
  }
  return step;
}

/**
 * The paths that a provider says change, with what they change from and to.
 *
 * A provider may name an object or an element of a list where only a part of it changes: then the parts are named, because
 * what a stage may touch is a matter of parts. What it names and the inputs do not show stays as it is. One that names nothing
 * is not believed that nothing changes: the inputs tell.
 */
function detailed({ old, new: fresh, detailedDiff, diffs }: StepEventMetadata): Record<string, PropertyDiff> {
  const before = (old?.inputs ?? {}) as ValueMap;
  const after = (fresh?.inputs ?? {}) as ValueMap;
  const changes = [...diffInputs(before, after)];
  const told: [string, DiffKind][] = detailedDiff
    ? Object.entries(detailedDiff).map(([path, { diffKind }]) => [path, diffKind])
    : (diffs ?? changes.map(([path]) => path)).map((path) => [path, "update"]);
  const result: Record<string, PropertyDiff> = {};
  for (const [text, kind] of told) {
    const path = parsePath(text);
    const parts = changes.filter(([, change]) => containsPath(path, change.path));
    for (const [part, change] of parts) {
      const replaces = kind.endsWith("-replace") && !change.kind.endsWith("-replace");
      result[part] = {
        kind: replaces ? (`${change.kind}-replace` as DiffKind) : change.kind,
        ...valueOf("before", change.before),
        ...valueOf("after", change.after),
      };
    }
    if (parts.length === 0) {
      const from = valuesAt((old?.outputs ?? {}) as ValueMap, path)[0] ?? valuesAt(before, path)[0];
      result[text] = { kind, ...valueOf("before", from), ...valueOf("after", valuesAt(after, path)[0]) };
    }
  }
  return result;
}

function valueOf(name: "before" | "after", value: Json | undefined): Partial<PropertyDiff> {
  return value === undefined ? {} : { [name]: shown(value) };
}
