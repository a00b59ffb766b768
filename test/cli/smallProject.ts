import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { STACKS, rawStack, type Raw } from "../stacks/config/stackFiles";
import { PROJECT } from "../stacks/production";

/**
 * A project with one stack, `small`, that holds all three layers: production's config with the United States only. It
 * runs the repository's program.
 *
 * @returns Its folder, which the caller removes.
 */
export function smallProject(): string {
  const directory = mkdtempSync(join(tmpdir(), "cutover-small-"));
  const config = Object.fromEntries(Object.entries(smallConfig()).map(([key, value]) => [`cutover:${key}`, value]));
  writeFileSync(join(directory, "Pulumi.small.yaml"), stringify({ config }));
  writeFileSync(
    join(directory, "Pulumi.yaml"),
    stringify({
      name: "cutover",
      runtime: "nodejs",
      main: join(PROJECT, "index.ts"),
      config: { "pulumi:disable-default-providers": { value: ["*"] } },
    }),
  );
  return directory;
}

/** The config of all layers together, with two regions of one jurisdiction and one step in the plan. */
export function smallConfig(): Raw {
  const stacks: any[] = STACKS.map(rawStack);
  const all: any = Object.assign({}, ...stacks);
  // Each stack has policies of its own; a stack with all layers has all of them, for its own resources.
  all.policies = Object.assign({}, ...stacks.map(({ policies }) => policies));
  for (const waiver of all.policies.waivers) {
    waiver.resource = waiver.resource.replace("production-platform", "small");
  }
  delete all.layers;
  delete all.stacks;
  all.jurisdictions = { US: { ...all.jurisdictions.US, share: 100 } };
  all.regions = {
    "us-east-1": { ...all.regions["us-east-1"], share: 60 },
    "us-west-2": { ...all.regions["us-west-2"], share: 40 },
  };
  all.database.replicas = { US: all.database.replicas.US };
  all.ai.jurisdictions = { US: all.ai.jurisdictions.US };
  all.edge.loadBalancer.checkRegions = { US: all.edge.loadBalancer.checkRegions.US };
  delete all.rollout.plans["recover-eu"];
  delete all.rollout.plans["recover-apac"];
  all.rollout.plans["blue-green"].steps = [{ share: 25, soak: "5m" }, { share: 100 }];
  return all as Raw;
}
