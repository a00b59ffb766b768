import { COLOR_HEADER } from "../components/internal/headers";
import { fields, items, text, type Fields } from "../pulumi/json";
import type { Color } from "../stacks/config/fields";
import { kubectl, placeOf, together, type InClusterRecord } from "./inCluster";
import { only, quoted, type Part, type RouterKind } from "./routerKind";

/** The type of the routers inside clusters with a gateway: routes whose backends have weights. */
export const HTTP_ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";

/** Namespaces of the colors are named `<deployment>-<color>`. */
const COLOR_SPACE = /-(?<color>blue|green)$/;

/** The color that a namespace is of, if it is one's. */
export function colorOfNamespace(namespace: string): Color | undefined {
  return COLOR_SPACE.exec(namespace)?.groups?.color as Color | undefined;
}

interface HttpRouteRecord extends InClusterRecord {
  /** Which of its rules splits the requests. */
  rule: number;
  /** Namespace of each color's backend, in the order of the rule. */
  backends: string[];
}

/** The rule of a route that splits requests between the colors: no request reaches it by a header. */
export function weightedRule(properties: Fields): { index: number; backends: Fields[] } | undefined {
  const found = items(fields(properties.spec).rules)
    .map((rule, index) => ({ index, rule, backends: items(rule.backendRefs) }))
    .filter(({ rule, backends }) => !asksHeader(rule) && backends.some((backend) => partOf(backend) !== undefined));
  // Of two, neither says what all requests meet.
  return found.length === 1 ? found[0] : undefined;
}

/** Routes of the Gateway API. */
export const httpRoute: RouterKind<HttpRouteRecord> = {
  type: HTTP_ROUTE,
  tools: "kubectl with the context of each cluster",

  splitOf: (properties) => {
    const parts = weightedRule(properties)?.backends.flatMap((backend) => partOf(backend) ?? []);
    return parts === undefined || parts.length === 0 ? undefined : parts;
  },

  regionOf: ({ properties }) => placeOf(properties).region,

  shifts: ({ op, diff }) => op === "update" && only(diff, /^spec\.rules\[\d+\]\.backendRefs\[\d+\]\.weight$/),

  // The page has a rule of its own in each route, which asks for a header while it is off.
  turnsPage: ({ op, diff }) => op === "update" && only(diff, /^spec\.rules\[\d+\]\.matches\[\d+\]\.headers(\W.*)?$/),

  probes: ({ properties }, color) =>
    items(fields(properties.spec).rules)
      .flatMap(({ matches }) => items(matches))
      .filter(({ headers }) =>
        items(headers).some(({ name, value }) => text(name).toLowerCase() === COLOR_HEADER && value === color),
      )
      .slice(0, 1)
      .map(({ path }) => text(fields(path).value ?? "/")),

  record: ({ urn, properties }) => {
    const rule = weightedRule(properties);
    const spaces = rule?.backends.map(({ namespace }) => text(namespace)) ?? [];
    return rule === undefined || !hasBoth(spaces)
      ? undefined
      : { ...placeOf(properties), urn, rule: rule.index, backends: spaces };
  },

  set: (router, to) => {
    const patch = router.backends.flatMap((namespace, index) => {
      const path = `/spec/rules/${router.rule}/backendRefs/${index}`;
      return [
        // Whoever changed the route since it was written down is told, and nothing is set.
        { op: "test", path: `${path}/namespace`, value: namespace },
        { op: "replace", path: `${path}/weight`, value: colorOfNamespace(namespace) === to ? 100 : 0 },
      ];
    });
    return `${kubectl(router)} patch httproute ${router.name} --type=json --patch ${quoted(patch)}`;
  },

  show: (routers) =>
    together(routers).map((own) => {
      const names = own.map(({ name }) => name).join(" ");
      // A single object is no list to kubectl, so the path that is asked for differs.
      const each = own.length === 1 ? "" : ".items[*]";
      return `${kubectl(own[0]!)} get httproute ${names} --output jsonpath='{${each}.spec.rules[${own[0]!.rule}].backendRefs}'`;
    }),
};

function asksHeader({ matches }: Fields): boolean {
  return items(matches).some(({ headers }) => items(headers).length > 0);
}

/** What a backend takes, if it is a color's; a backend without a weight has 1. */
function partOf({ namespace, name, weight }: Fields): Part | undefined {
  const color = colorOfNamespace(text(namespace));
  return color === undefined
    ? undefined
    : { target: `${text(namespace)}/${text(name)}`, color, workload: text(name), weight: Number(weight ?? 1) };
}

function hasBoth(spaces: readonly string[]): boolean {
  return (
    new Set(spaces.map(colorOfNamespace)).size === 2 && spaces.every((space) => colorOfNamespace(space) !== undefined)
  );
}
