import type { CostInputs } from "../cost/inputs";
import { isMap, SECRET, SHOWN_SECRET, SIGNATURE, type Value } from "../pulumi/values";
import { type Graph, matches, type Resource } from "./graph";
import { Undetermined } from "./node";
import type { GraphContext, Rule } from "./rule";
import type { Settings } from "./settings";

/** What a rule says about a resource. */
export type Verdict =
  | { outcome: "passed" }
  | { outcome: "violated"; message: string }
  /** Nobody can say yet: the reason names the property that is not known. */
  | { outcome: "undetermined"; reason: string }
  | { outcome: "notApplicable" };

/** What all rules are given. */
export interface Circumstances {
  settings: Settings;
  /** The day for which versions and waivers are judged. */
  today: Date;
  /** What the cost of the resource's stack depends on; absent where its config does not say. */
  cost?: CostInputs;
  /** What there was before the change that is checked. */
  before?: Graph;
}

/** The resources that a rule looks at. */
export function subjects(rule: Rule, graph: Graph): Resource[] {
  return rule.types.flatMap((type) => graph.ofType(type)).filter((resource) => resource.record.external !== true);
}

/** Whether a rule looks at resources of a type. */
export function looksAt(rule: Rule, type: string): boolean {
  return rule.types.some((pattern) => matches(type, pattern));
}

/**
 * What a rule says about one resource. A value that is not known yet ends the look at what needs it: what was reported
 * before stands, and without a report the rule is undetermined.
 *
 * @param graph - What stands around the resource; rules on one resource do not see it.
 */
export function evaluate(rule: Rule, resource: Resource, graph: Graph, circumstances: Circumstances): Verdict {
  const reports: string[] = [];
  let unknown: Undetermined | undefined;
  const attempt = (look: () => void): boolean => {
    try {
      look();
      return true;
    } catch (error) {
      if (!(error instanceof Undetermined)) {
        throw error;
      }
      unknown ??= error;
      return false;
    }
  };
  const context: GraphContext = {
    ...circumstances,
    graph,
    report: (message) => reports.push(message),
    each: (items, look) => {
      let known = true;
      for (const item of items) {
        known = attempt(() => look(item)) && known;
      }
      return known;
    },
  };
  let applies = true;
  attempt(() => {
    applies = rule.applies === undefined || rule.applies(resource, context);
  });
  if (!applies) {
    return { outcome: "notApplicable" };
  }
  if (unknown === undefined) {
    attempt(() => rule.check(resource, context));
  }
  if (reports.length > 0) {
    return { outcome: "violated", message: withoutSecrets([...new Set(reports)].join("; "), resource) };
  }
  return unknown === undefined ? { outcome: "passed" } : { outcome: "undetermined", reason: unknown.message };
}

/** Rules do not quote what may be secret; should one do so all the same, nobody reads it. */
function withoutSecrets(message: string, { record }: Resource): string {
  const secrets = new Set([...secretTexts(record.inputs, false), ...secretTexts(record.outputs ?? {}, false)]);
  return [...secrets].reduce((text, secret) => text.replaceAll(secret, SHOWN_SECRET), message);
}

/** The texts inside of secrets. Very short ones are in every sentence, and give nothing away. */
function* secretTexts(value: Value, inside: boolean): Generator<string> {
  if (typeof value === "string" && inside && value.length >= 4) {
    yield value;
  } else if (typeof value === "object" && value !== null) {
    const isSecret = inside || (isMap(value) && value[SIGNATURE] === SECRET);
    for (const item of Object.values(value)) {
      yield* secretTexts(item, isSecret);
    }
  }
}
