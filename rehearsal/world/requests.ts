import type { Entry, Rule } from "./entry";
import { fields, text, texts, type Fields } from "./json";

/** A request as it comes to a region's load balancer, after the edge. */
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
  /** HTTP status: 200 where a target answers, 503 where a target group has none. */
  status: number;
  /** The rule, or the listener whose default action it is. */
  rule: string;
  color?: string;
  workload?: string;
}

const UNREACHABLE = 0;

/**
 * How a region answers requests of a kind, one outcome for each target group that takes some: what an application load
 * balancer does. A target group without targets keeps its share, and answers 503: no other group steps in.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export function outcomes(entry: Entry, request: Request): Outcome[] {
  const listener = entry.listeners.find(({ port }) => port === (request.port ?? 443));
  const rule = listener?.rules.find((each) => matches(each, request));
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
    .map(({ group: { color, workload, ready }, weight }) => ({
      share: weight / total,
      status: ready > 0 ? 200 : 503,
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
    case "hostHeader":
      return host !== undefined && values.some((value) => pattern(value, "i").test(host));
    case "httpHeader": {
      const name = text(asked.httpHeaderName).toLowerCase();
      const header = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
      return header !== undefined && values.some((value) => pattern(value, "i").test(header));
    }
    case "httpRequestMethod":
      return values.includes(method);
    default:
      throw new Error(
        `the rehearsal does not model a listener rule's condition ${kind}: add it to rehearsal/world/requests.ts`,
      );
  }
}

/** In a pattern of a load balancer, `*` stands for any characters and `?` for one. */
function pattern(value: string, flags: string): RegExp {
  const source = value
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, flags);
}
