import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { application } from "../../stacks/application/aws";
import { parseConfig } from "../../stacks/config/parse";
import type { ApplicationConfig } from "../../stacks/config/schema";
import type { Application } from "../../stacks/contract/application";
import type { AwsPlatformOutputs } from "../../stacks/contract/platform/aws";
import { platformFixture } from "./platformFixture";

/** A resource as the program registered it. */
export interface Registered {
  type: string;
  name: string;
  inputs: any;
  /** Reference of the provider; empty for components and providers. */
  provider: string;
}

export type Graph = Record<string, Registered>;

/** The `cutover:` values of the production's application stack, deeply changed by `changes`. */
export function rawApplication(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const file = readFileSync(join(__dirname, "../../Pulumi.production-application.yaml"), "utf8");
  const config = (parse(file) as { config: Record<string, unknown> }).config;
  const raw = Object.fromEntries(Object.entries(config).map(([key, value]) => [key.replace(/^cutover:/, ""), value]));
  return merge(raw, changes) as Record<string, unknown>;
}

/** The config of the production's application stack; fails with everything that is wrong with it. */
export function applicationConfig(changes: Record<string, unknown> = {}): ApplicationConfig<"aws"> {
  const result = parseConfig(rawApplication(changes));
  if (!result.ok) {
    throw new Error(result.issues.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  }
  return result.config.application as ApplicationConfig<"aws">;
}

/** Runs the application layer under the SDK's mocks: every resource that it registers, by type and name, and its outputs. */
export async function applicationGraph(
  config: ApplicationConfig<"aws">,
  platform: AwsPlatformOutputs = platformFixture(),
): Promise<{ graph: Graph; outputs: Application }> {
  const graph: Graph = {};
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider }) => {
        const key = `${type} ${name}`;
        if (graph[key] !== undefined) {
          throw new Error(`${key} is registered twice`);
        }
        graph[key] = { type, name, inputs, provider: provider ?? "" };
        return {
          id: `${name}-id`,
          state: {
            ...inputs,
            arn: `arn:${name}`,
            name: inputs.name ?? name,
            keyId: name,
            metadata: { name, ...inputs.metadata },
          },
        };
      },
      call: ({ token }) => {
        throw new Error(`${token} is called: the program looks nothing up`);
      },
    },
    "cutover",
    "production-application",
    false,
  );
  // The SDK takes a stack trace for each promise; mapping them to sources would take most of the time.
  process.setSourceMapsEnabled(false);
  try {
    const outputs = application(config, platform);
    await pulumi.runtime.disconnect();
    return { graph, outputs };
  } finally {
    process.setSourceMapsEnabled(true);
  }
}

/** Keys of resources that are in one graph only, or differ. */
export function changed(before: Graph, after: Graph): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .sort();
}

function merge(base: unknown, changes: unknown): unknown {
  if (!isObject(base) || !isObject(changes)) {
    return changes;
  }
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    merged[key] = merge(base[key], value);
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
