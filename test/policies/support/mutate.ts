import { set, type Changes } from "./change";
import type { Draft } from "./draft";
import type { Mutation } from "./mutation";

/**
 * A mutation of one resource of a graph of its own.
 *
 * @param subject - The resource that is broken, one of the graph.
 * @param changes - Its properties by path; `undefined` takes one away. Without any the resource itself is taken away.
 */
export function mutate(
  rule: string,
  fixture: readonly Draft[],
  subject: Draft,
  changes?: Changes,
  also?: string[],
): Mutation {
  return {
    rule,
    fixture,
    type: subject.type,
    urn: `::${subject.name}`,
    ...(changes === undefined ? {} : { change: (inputs) => set(inputs, changes) }),
    ...(also === undefined ? {} : { also }),
  };
}
