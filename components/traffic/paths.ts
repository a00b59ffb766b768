/** How a route of the Gateway API names a path. */
export interface PathMatch {
  type: "Exact" | "PathPrefix";
  value: string;
}

/**
 * The path match of an HTTPRoute for a path pattern of config: `/api/*` is everything under `/api`, `/api` itself included; a
 * pattern without `*` is that path alone.
 *
 * @throws RangeError for a pattern that no gateway can be relied on to match.
 */
export function pathMatch(pattern: string): PathMatch {
  const problem = unmatchable(pattern);
  if (problem !== undefined) {
    throw new RangeError(problem);
  }
  return pattern.endsWith("/*")
    ? { type: "PathPrefix", value: pattern === "/*" ? "/" : pattern.slice(0, -2) }
    : { type: "Exact", value: pattern };
}

/**
 * Why an HTTPRoute cannot match a path pattern, as a sentence; undefined when it can. Regular expressions are left to each gateway
 * by the Gateway API, and their order among other rules too.
 */
export function unmatchable(pattern: string): string | undefined {
  return /^(\/[\w\-.~!$&'()+,;=:@%]+)*(\/\*?)?$/.test(pattern) && pattern !== ""
    ? undefined
    : `${JSON.stringify(pattern)} cannot be matched by an HTTPRoute: a path, or a path with /* at its end, is needed`;
}
