import type { Json } from "../../../rollout/engine";
import type { Properties } from "../../engine/cloud";
import { fields, items, text, type Fields } from "../../../pulumi/json";

/** What the API would not take of an object. */
export interface Problem {
  field: string;
  value: Json | undefined;
  reason: string;
}

/** @see https://gateway-api.sigs.k8s.io/reference/spec/ */
const LIMITS = { rules: 16, matches: 64, matchesInAll: 128, backends: 16, weight: 1_000_000, parents: 32, hosts: 16 };

/** What the Gateway API's own schemas and rules refuse of an object; undefined where it is none of theirs. */
export function gatewayProblem(resource: string, object: Properties): Problem | undefined {
  const spec = fields(object.spec);
  switch (resource) {
    case "gateways.gateway.networking.k8s.io":
      return firstOf(gatewayProblems(spec));
    case "httproutes.gateway.networking.k8s.io":
      return firstOf(routeProblems(spec));
    case "referencegrants.gateway.networking.k8s.io":
      return firstOf(grantProblems(spec));
    default:
      return undefined;
  }
}

function* gatewayProblems(spec: Fields): Generator<Problem> {
  yield* required(spec, "gatewayClassName", "spec");
  const listeners = items(spec.listeners);
  yield* size(listeners, 1, 64, "spec.listeners");
  const names = listeners.map(({ name }) => name);
  for (const [index, listener] of listeners.entries()) {
    const at = `spec.listeners[${index}]`;
    yield* required(listener, "name", at);
    yield* required(listener, "port", at);
    yield* required(listener, "protocol", at);
    if (names.indexOf(listener.name) !== index) {
      yield { field: `${at}.name`, value: listener.name, reason: "Listener name must be unique within the Gateway" };
    }
    const tls = fields(listener.tls);
    if (
      listener.protocol === "HTTPS" &&
      (tls.mode ?? "Terminate") === "Terminate" &&
      !items(tls.certificateRefs).length
    ) {
      yield {
        field: `${at}.tls`,
        value: listener.tls,
        reason: "certificateRefs must be specified when TLSModeType is Terminate",
      };
    }
    if (listener.protocol === "HTTP" && listener.tls !== undefined) {
      yield { field: `${at}.tls`, value: listener.tls, reason: "tls must not be specified for protocol HTTP" };
    }
  }
}

function* routeProblems(spec: Fields): Generator<Problem> {
  yield* size(items(spec.parentRefs), 0, LIMITS.parents, "spec.parentRefs");
  yield* size(Array.isArray(spec.hostnames) ? spec.hostnames : [], 0, LIMITS.hosts, "spec.hostnames");
  for (const [index, parent] of items(spec.parentRefs).entries()) {
    yield* required(parent, "name", `spec.parentRefs[${index}]`);
  }
  const rules = items(spec.rules);
  yield* size(rules, 1, LIMITS.rules, "spec.rules");
  const matches = rules.reduce((sum, rule) => sum + items(rule.matches).length, 0);
  if (matches > LIMITS.matchesInAll) {
    yield { field: "spec.rules", value: matches, reason: `must have at most ${LIMITS.matchesInAll} matches in all` };
  }
  for (const [index, rule] of rules.entries()) {
    const at = `spec.rules[${index}]`;
    yield* size(items(rule.matches), 0, LIMITS.matches, `${at}.matches`);
    yield* size(items(rule.backendRefs), 0, LIMITS.backends, `${at}.backendRefs`);
    for (const [place, backend] of items(rule.backendRefs).entries()) {
      yield* backendProblems(backend, `${at}.backendRefs[${place}]`);
    }
    for (const [place, match] of items(rule.matches).entries()) {
      yield* matchProblems(match, `${at}.matches[${place}]`);
    }
    const redirects = items(rule.filters).some(({ type }) => type === "RequestRedirect");
    if (redirects && items(rule.backendRefs).length > 0) {
      yield {
        field: at,
        value: "RequestRedirect",
        reason: "RequestRedirect filter must not be used together with backendRefs",
      };
    }
  }
}

function* backendProblems(backend: Fields, at: string): Generator<Problem> {
  yield* required(backend, "name", at);
  const { weight, port, group = "", kind = "Service" } = backend;
  if (weight !== undefined && !(Number.isInteger(weight) && Number(weight) >= 0 && Number(weight) <= LIMITS.weight)) {
    yield { field: `${at}.weight`, value: weight, reason: `must be a whole number from 0 to ${LIMITS.weight}` };
  }
  if (group === "" && kind === "Service" && port === undefined) {
    yield { field: at, value: backend.name, reason: "Must have port for Service reference" };
  }
  if (port !== undefined && !(Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
    yield { field: `${at}.port`, value: port, reason: "must be between 1 and 65535" };
  }
}

function* matchProblems({ path, headers }: Fields, at: string): Generator<Problem> {
  const { type = "PathPrefix", value = "/" } = fields(path);
  if ((type === "Exact" || type === "PathPrefix") && (!text(value).startsWith("/") || text(value).includes("//"))) {
    yield { field: `${at}.path`, value, reason: "value must be an absolute path and must not contain '//'" };
  }
  const names = items(headers).map(({ name }) => text(name).toLowerCase());
  if (new Set(names).size < names.length) {
    yield {
      field: `${at}.headers`,
      value: names,
      reason: "names are compared without regard to case, and must differ",
    };
  }
}

function* grantProblems(spec: Fields): Generator<Problem> {
  yield* size(items(spec.from), 1, 16, "spec.from");
  yield* size(items(spec.to), 1, 16, "spec.to");
  for (const [index, from] of items(spec.from).entries()) {
    for (const key of ["group", "kind", "namespace"]) {
      yield* required(from, key, `spec.from[${index}]`);
    }
  }
  for (const [index, to] of items(spec.to).entries()) {
    for (const key of ["group", "kind"]) {
      yield* required(to, key, `spec.to[${index}]`);
    }
  }
}

function* required(object: Fields, key: string, at: string): Generator<Problem> {
  if (object[key] === undefined) {
    yield { field: `${at}.${key}`, value: undefined, reason: "Required value" };
  }
}

function* size(list: readonly unknown[], least: number, most: number, field: string): Generator<Problem> {
  if (list.length < least || list.length > most) {
    yield { field, value: list.length, reason: `must have ${least} to ${most} items` };
  }
}

function firstOf([first]: Iterable<Problem>): Problem | undefined {
  return first;
}
