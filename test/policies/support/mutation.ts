import type { ValueMap } from "../../../pulumi/values";
import type { Draft } from "./draft";

/** One way to break one property of one resource, and what the pack has to say about it. */
export interface Mutation {
  /** The rule that fires. */
  rule: string;
  /** Type of the resource that is broken. */
  type: string;
  /** Part of the URN of the resource, where the first one of the type is not the one. */
  urn?: string;
  /**
   * Breaks one property, in place. Absent: the resource is taken away.
   *
   * @param idOf - The identifier of the first resource whose URN has a text in it.
   */
  change?: (inputs: ValueMap, idOf: (urn: string) => string) => void;
  /** Other rules that fire with it, on the same or other resources. */
  also?: readonly string[];
  /** A graph of its own, where production has no such resource; all rules pass on it before the change. */
  fixture?: readonly Draft[];
}
