import { unmatchable } from "../../components/traffic/paths";
import type { Issue } from "./issue";
import type { WorkloadConfig, Workloads } from "./workloads";

/** An ALB rule has five values; the color header is one of them, and a host another. */
const PATHS_BESIDE_HOST = 3;

interface Config {
  workloads?: Workloads;
}

type Target = NonNullable<WorkloadConfig["target"]>;

/** One workload takes the requests that no path names: of all hosts, or of each. */
export function checkTargets({ workloads }: Config): Issue[] {
  const routed = Object.entries(workloads ?? {}).flatMap(([name, { target }]) =>
    target === undefined ? [] : [{ name, target }],
  );
  // Where a workload takes requests of every host, it takes the rest of all; otherwise each host has one that takes its rest.
  const hosts = new Set(routed.map(({ target }) => target.host));
  const groups = hosts.has(undefined) || hosts.size === 0 ? [undefined] : [...hosts];
  return workloads === undefined ? [] : groups.flatMap((host) => checkRest(routed, host));
}

/** Rules of a load balancer have an order, in which the one that takes the rest is the last. */
export function checkPriorities({ workloads }: Config): Issue[] {
  const issues: Issue[] = [];
  const routed = Object.entries(workloads ?? {}).flatMap(([name, { target }]) =>
    target === undefined ? [] : [{ name, target }],
  );
  for (const [index, { name, target }] of routed.entries()) {
    const path = `workloads.${name}.target.priority`;
    const { priority } = target;
    if (priority === undefined) {
      issues.push({ path, message: "is required: a whole number from 1 to 400, lower first" });
      continue;
    }
    const before = routed.slice(0, index).find((other) => other.target.priority === priority);
    if (before !== undefined) {
      issues.push({ path, message: `${before.name} has it already; each priority once`, value: priority });
    }
    const taken = (other: Target) => target.host === undefined || other.host === target.host;
    if (
      target.paths.length === 0 &&
      routed.some((other) => taken(other.target) && (other.target.priority ?? 0) > priority)
    ) {
      issues.push({
        path,
        message: "the highest of all, because this workload takes what no path before it named",
        value: priority,
      });
    }
    if (target.host !== undefined && target.paths.length > PATHS_BESIDE_HOST) {
      issues.push({
        path: `workloads.${name}.target.paths`,
        message: `${PATHS_BESIDE_HOST} at most beside a host: a rule of a load balancer has five values, and the color header is one`,
        value: target.paths,
      });
    }
  }
  return issues;
}

/** Paths that a gateway of the Gateway API matches, each once: of two routes with the same, the older one wins. */
export function checkPaths({ workloads }: Config): Issue[] {
  const taken = new Map<string, string>();
  return Object.entries(workloads ?? {}).flatMap(([name, { target }]) =>
    (target?.paths ?? []).flatMap((value, index): Issue[] => {
      const before = taken.get(value);
      taken.set(value, name);
      const message = before === undefined ? unmatchable(value) : `${before} has it already; each path once`;
      return message === undefined ? [] : [{ path: `workloads.${name}.target.paths[${index}]`, message, value }];
    }),
  );
}

function checkRest(routed: readonly { name: string; target: Target }[], host: string | undefined): Issue[] {
  const rest = routed.filter(({ target }) => target.host === host && target.paths.length === 0);
  const which = host === undefined ? "" : ` at ${host}`;
  return rest.length === 1
    ? []
    : [
        {
          path: "workloads",
          message: `exactly one workload takes the requests${which} that no path names (target.paths empty)`,
          value: rest.map(({ name }) => name),
        },
      ];
}
