import { HTTP_ROUTE } from "../../rollout/httpRoute";
import type { Thing, World } from "../engine/cloud";
import type { Action, Entry, Listener, Rule } from "./entry";
import { fields, items, text, texts, type Fields } from "../../pulumi/json";
import { clusterOf, inRegion, spaceOf } from "./region";
import { Services } from "./services";

const GATEWAY = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
const GRANT = "kubernetes:gateway.networking.k8s.io/v1beta1:ReferenceGrant";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const GROUP = "gateway.networking.k8s.io";

/** A rule, and what decides whether it comes before another: bigger first, entry by entry. */
interface Ranked {
  rule: Rule;
  rank: number[];
}

/** What a gateway may not forward to, or does not find. */
const NOT_FORWARDED = 500;

/**
 * How the gateways of a region's clusters answer, by the rules of the Gateway API.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
export function gatewaysOf(world: World, region: string): Omit<Entry, "region"> {
  const services = new Services(world, region);
  const grants = inRegion(world, GRANT, region);
  const gateways = new Map(inRegion(world, GATEWAY, region).map((gateway) => [gateway.id, gateway]));
  const found = new Map<string, { port: number; ranked: Ranked[] }>();
  for (const [age, route] of inRegion(world, HTTP_ROUTE, region).entries()) {
    const ranked = rulesOf(route, age, (backend) => forward(route, backend, services, grants));
    for (const { arn, port } of listenersOf(route, gateways, world)) {
      const listener = found.get(arn) ?? { port, ranked: [] };
      listener.ranked.push(...ranked);
      found.set(arn, listener);
    }
  }
  const listeners = [...found].map(([arn, { port, ranked }]): Listener => {
    const sorted = ranked.sort((a, b) => compare(a.rank, b.rank)).map(({ rule }) => rule);
    return {
      arn,
      port,
      rules: [...sorted, { arn, conditions: [], aside: false, action: { kind: "answer", status: 404 } }],
    };
  });
  return { listeners, groups: services.asked };
}

/** The listeners that a route is attached to: it asks for them, and they let routes of its namespace in. */
function listenersOf(
  route: Thing,
  gateways: ReadonlyMap<string, Thing>,
  world: World,
): { arn: string; port: number }[] {
  return items(fields(route.properties.spec).parentRefs).flatMap(({ name, namespace, sectionName }) => {
    const own = spaceOf(route);
    const space = namespace === undefined ? own : `${clusterOf(route)}/${text(namespace)}`;
    const id = `${space}/${text(name)}`;
    const gateway = gateways.get(id);
    if (gateway === undefined) {
      // Somebody else's gateway: what is known of it is that routes are meant for it.
      return [{ arn: `${id}#${text(sectionName)}`, port: 443 }];
    }
    return items(fields(gateway.properties.spec).listeners)
      .filter((listener) => sectionName === undefined || listener.name === sectionName)
      .filter((listener) => letsIn(listener, space, own, world))
      .map((listener) => {
        if (listener.hostname !== undefined) {
          throw notModeled("a listener's hostname");
        }
        return { arn: `${id}#${text(listener.name)}`, port: Number(listener.port) };
      });
  });
}

function letsIn({ allowedRoutes }: Fields, gatewaySpace: string, space: string, world: World): boolean {
  const { from = "Same", selector } = fields(fields(allowedRoutes).namespaces);
  switch (from) {
    case "All":
      return true;
    case "Same":
      return gatewaySpace === space;
    case "Selector": {
      const labels = fields(fields(world.get(NAMESPACE, space)?.properties.metadata).labels);
      return Object.entries(fields(fields(selector).matchLabels)).every(([key, value]) => labels[key] === value);
    }
    default:
      throw notModeled(`allowed routes from ${text(from)}`);
  }
}

/** The rules of a route, one for each host and match. */
function rulesOf(route: Thing, age: number, forwarded: (backends: Fields[]) => Action): Ranked[] {
  const { hostnames, rules } = fields(route.properties.spec);
  const hosts = texts(hostnames);
  return items(rules).flatMap((rule, index) => {
    const arn = `${route.id}#${index}`;
    const action = actionOf(rule, forwarded);
    const matches = items(rule.matches);
    return (matches.length === 0 ? [{}] : matches).flatMap((match) =>
      (hosts.length === 0 ? [undefined] : hosts).map((host): Ranked => {
        const headers = items(match.headers);
        const { path, exact } = pathOf(match);
        const conditions: Fields[] = [
          { [exact ? "pathExact" : "pathPrefix"]: { values: [path] } },
          ...headers.map(headerOf),
          ...(match.method === undefined ? [] : [{ httpRequestMethod: { values: [match.method] } }]),
          ...(host === undefined ? [] : [{ hostHeader: { values: [host] } }]),
        ];
        if (items(match.queryParams).length > 0) {
          throw notModeled("a match of query parameters");
        }
        const rank = [
          host?.startsWith("*") === false ? host.length : 0,
          host?.length ?? 0,
          exact ? 1 : 0,
          path.length,
          match.method === undefined ? 0 : 1,
          headers.length,
          -age,
          -index,
        ];
        return { rule: { arn, conditions, aside: headers.length > 0, action }, rank };
      }),
    );
  });
}

function pathOf({ path }: Fields): { path: string; exact: boolean } {
  const { type = "PathPrefix", value = "/" } = fields(path);
  if (type !== "Exact" && type !== "PathPrefix") {
    throw notModeled(`a path match of type ${text(type)}`);
  }
  return { path: text(value), exact: type === "Exact" };
}

function headerOf({ type = "Exact", name, value }: Fields): Fields {
  if (type !== "Exact") {
    throw notModeled(`a header match of type ${text(type)}`);
  }
  return { headerExact: { name: name!, values: [value!] } };
}

function actionOf({ filters, backendRefs }: Fields, forwarded: (backends: Fields[]) => Action): Action {
  for (const { type, requestRedirect } of items(filters)) {
    switch (type) {
      case "RequestRedirect":
        return { kind: "answer", status: Number(fields(requestRedirect).statusCode ?? 302) };
      case "RequestHeaderModifier":
      case "ResponseHeaderModifier":
      case "URLRewrite":
        break;
      default:
        throw notModeled(`a filter of type ${text(type)}`);
    }
  }
  const backends = items(backendRefs);
  return backends.length === 0 ? { kind: "answer", status: NOT_FORWARDED } : forwarded(backends);
}

/** A backend in another namespace needs that namespace's permission; without it, its part of the requests is refused. */
function forward(route: Thing, backends: readonly Fields[], services: Services, grants: readonly Thing[]): Action {
  const to = backends.map(({ kind = "Service", name, namespace, weight }) => {
    const own = spaceOf(route);
    const space = namespace === undefined ? own : `${clusterOf(route)}/${text(namespace)}`;
    const valid =
      kind === "Service" &&
      services.has(space, text(name)) &&
      (space === own || grants.some((grant) => permits(grant, own, space, text(name))));
    return {
      group: services.group(space, text(name), valid ? undefined : NOT_FORWARDED),
      weight: Number(weight ?? 1),
    };
  });
  return { kind: "forward", to };
}

function permits(grant: Thing, from: string, to: string, service: string): boolean {
  const { from: who, to: what } = fields(grant.properties.spec);
  const namespace = from.slice(from.lastIndexOf("/") + 1);
  return (
    spaceOf(grant) === to &&
    items(who).some((each) => each.group === GROUP && each.kind === "HTTPRoute" && each.namespace === namespace) &&
    items(what).some(
      ({ group, kind, name }) => group === "" && kind === "Service" && (name === undefined || name === service),
    )
  );
}

/** Negative when the first comes first. */
function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, place) => value !== b[place]);
  return index < 0 ? 0 : b[index]! - a[index]!;
}

function notModeled(what: string): Error {
  return new Error(`the rehearsal does not model ${what} of a gateway: add it to rehearsal/world/gateways.ts`);
}
