import { graphOf, type Graph, type ResourceRecord } from "../../../policies/graph";
import { SECRET, SIGNATURE, UNKNOWN, type Value, type ValueMap } from "../../../pulumi/values";

/** A value that is not known yet. */
export const unknown: string = UNKNOWN;

/** A secret value. */
export function secret(value: Value): ValueMap {
  return { [SIGNATURE]: SECRET, value };
}

/** A secret of which only the ciphertext is there, as in an exported state. */
export function encrypted(): ValueMap {
  return { [SIGNATURE]: SECRET, ciphertext: "v1:AAAA" };
}

/** A resource of a graph that a test makes up. */
export interface Draft {
  type: string;
  name: string;
  inputs: ValueMap;
  outputs?: ValueMap;
  id?: string;
  /** The provider's properties. @default - none */
  provider?: ValueMap;
  protect?: boolean;
  /** Of a stack: what keeps the secrets of its state. */
  secretsProvider?: string;
  /** Names of the resources that a property depends on, by property. @default - none */
  refers?: Record<string, string[]>;
}

/** Makes a draft. The name is what other drafts refer to. */
export function draft(type: string, inputs: ValueMap, more: Partial<Omit<Draft, "type" | "inputs">> = {}): Draft {
  return { type, name: "subject", ...more, inputs };
}

export function urnOf({ type, name }: Pick<Draft, "type" | "name">): string {
  return `urn:pulumi:test::project::${type}::${name}`;
}

/** The graph of drafts, with the stack itself. */
export function graphOfDrafts(drafts: readonly Draft[], view: "inputs" | "all"): Graph {
  return graphOf(recordsOfDrafts(drafts), view);
}

/** The records of drafts, with that of the stack itself. */
export function recordsOfDrafts(drafts: readonly Draft[]): ResourceRecord[] {
  const urns = new Map(drafts.map((one) => [one.name, urnOf(one)]));
  const urn = (name: string) => {
    const found = urns.get(name);
    if (found === undefined) {
      throw new Error(`no draft is named ${name}`);
    }
    return found;
  };
  const records: ResourceRecord[] = [
    { urn: "urn:pulumi:test::project::pulumi:pulumi:Stack::project-test", type: "pulumi:pulumi:Stack", inputs: {} },
  ];
  for (const one of drafts) {
    const provider =
      one.provider && `urn:pulumi:test::project::pulumi:providers:${one.type.split(":")[0]}::of-${one.name}`;
    if (provider !== undefined) {
      records.push({ urn: provider, type: `pulumi:providers:${one.type.split(":")[0]}`, inputs: one.provider! });
    }
    const refers = Object.entries(one.refers ?? {});
    records.push({
      urn: urnOf(one),
      type: one.type,
      ...(one.id === undefined ? {} : { id: one.id }),
      inputs: one.inputs,
      ...(one.outputs === undefined ? {} : { outputs: one.outputs }),
      ...(provider === undefined ? {} : { provider }),
      ...(one.protect === true ? { protect: true } : {}),
      ...(one.secretsProvider === undefined ? {} : { secretsProvider: one.secretsProvider }),
      dependencies: refers.flatMap(([, names]) => names.map(urn)),
      propertyDependencies: Object.fromEntries(refers.map(([property, names]) => [property, names.map(urn)])),
    });
  }
  return records;
}
