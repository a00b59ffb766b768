import type { Entry, Rule } from "./entry";
import { fields, text, texts, type Fields } from "../../pulumi/json";

/** A request as it comes to a region's load balancer or gateway, after the edge. */
export interface Request {
  path: string;
  /** @default - none: only rules that ask for no host take it */
  host?: string;
  /** By name, in any case. @default - none */
  headers?: Readonly<Record<string, string>>;
  /** @default "GET" */
  method?: string;
  /** @default 443 */
  port?: number;
}

/** One of the ways in which requests of a kind are answered. */
export interface Outcome {
  /** Part of the requests, 0 to 1; the parts of all outcomes add up to 1. */
  share: number;
  /** HTTP status: 200 where a target answers, 503 where there is none, 500 where a gateway may not forward. */
  status: number;
  /** The rule, or the listener whose default action it is. */
  rule: string;
  color?: string;
  workload?: string;
}

const UNREACHABLE = 0;

/**
 * How a region answers requests of a kind, one outcome for each target group that takes some: what an application load
 * balancer or a gateway does. What has no targets keeps its share, and answers 503: nobody else steps in.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export function outcomes(entry: Entry, request: Request): Outcome[] {
  const listeners = entry.listeners.filter(({ port }) => port === (request.port ?? 443));
  const rule = listeners.flatMap(({ rules }) => rules).find((each) => matches(each, request));
  if (rule === undefined) {
    return [{ share: 1, status: UNREACHABLE, rule: "" }];
  }
  const { action, arn } = rule;
  if (action.kind === "answer") {
    return [{ share: 1, status: action.status, rule: arn }];
  }
  const total = action.to.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) {
    return [{ share: 1, status: 503, rule: arn }];
  }
  return action.to
    .filter(({ weight }) => weight > 0)
    .map(({ group: { color, workload, ready, answers = 200, refused = 503 }, weight }) => ({
      share: weight / total,
      status: ready > 0 ? answers : refused,
      rule: arn,
      color,
      workload,
    }));
}

/** Whether a rule takes a request: every condition holds, each by one of its values. */
function matches({ conditions }: Rule, request: Request): boolean {
  return conditions.every((condition) =>
    Object.entries(condition).every(
      ([kind, asked]) => asked === undefined || asked === null || holds(kind, fields(asked), request),
    ),
  );
}

function holds(kind: string, asked: Fields, { path, host, headers = {}, method = "GET" }: Request): boolean {
  const values = texts(asked.values);
  switch (kind) {
    case "pathPattern":
      return values.some((value) => pattern(value, "").test(path.split("?")[0]!));
    case "pathExact":
      return values.includes(path.split("?")[0]!);
    case "pathPrefix":
      return values.some((value) => beginsWith(path.split("?")[0]!, value));
    case "hostHeader":
      return host !== undefined && values.some((value) => pattern(value, "i").test(host));
    case "httpHeader": {
      const name = text(asked.httpHeaderName).toLowerCase();
      const header = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
      return header !== undefined && values.some((value) => pattern(value, "i").test(header));
    }
    case "headerExact": {
      const name = text(asked.name).toLowerCase();
      return Object.entries(headers).some(([key, value]) => key.toLowerCase() === name && values.includes(value));
    }
    case "httpRequestMethod":
      return values.includes(method);
    default:
      throw new Error(
        `the rehearsal does not model a listener rule's condition ${kind}: add it to rehearsal/world/requests.ts`,
      );
  }
}

/** A prefix of a gateway is one of whole elements: `/abc` takes `/abc/d` and not `/abcd`. */
function beginsWith(path: string, prefix: string): boolean {
  const elements = prefix.replace(/\/$/, "");
  return path === elements || path.startsWith(`${elements}/`);
}

/** In a pattern of a load balancer, `*` stands for any characters and `?` for one. */
function pattern(value: string, flags: string): RegExp {
  const source = value
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, flags);
}
