/** A clause of a law or standard, as a rule cites it. */
export interface Clause {
  /** The framework's name, e.g. `GDPR`. */
  name: string;
  version: string;
  /** The clause in the framework's own numbering, e.g. `32(1)(a)`. */
  clause: string;
}

/** A demand that infrastructure code cannot show: it is listed as such, and never as passed. */
export interface NotEvaluable {
  /** Stands where a rule's id stands, in reports. */
  id: string;
  clause: string;
  title: string;
  /** Where the evidence is instead. */
  evidence: string;
}

/** A law or standard: its clauses that infrastructure touches, and those that it cannot show. */
export interface Framework<C extends string = string> {
  name: string;
  version: string;
  /** What it is in full, for Pulumi's metadata. */
  specification: string;
  /** Where it is published. */
  source: string;
  /** What each clause that rules cite demands, in a few words. */
  clauses: Readonly<Record<C, string>>;
  notEvaluable: readonly NotEvaluable[];
}

/** Makes a framework, so that its clauses are known to the compiler: a rule that cites another one does not compile. */
export function framework<const C extends string>(definition: Framework<C>): Framework<C> {
  return definition;
}

/** How rules cite a framework. */
export function citing<C extends string>({ name, version }: Framework<C>): (clause: C) => Clause {
  return (clause) => ({ name, version, clause });
}
