import { clouds } from "../../../rehearsal/clouds";
import type { Cloud, Created, Properties } from "../../../rehearsal/engine/cloud";
import { StandInWorld } from "../../../rehearsal/engine/world";
import type { Json } from "../../../rollout/engine";

export const REGION = "eu-west-1";
export const ACCOUNT = "210987654321";
export const CLUSTER = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/pathfinity`;
export const SUBSCRIPTION = "11111111-2222-4333-8444-555555555555";

/** The inputs of each cloud's provider, as the SDKs send them. */
const PROVIDERS: Readonly<Record<string, Properties>> = {
  aws: {
    region: REGION,
    allowedAccountIds: JSON.stringify([ACCOUNT]),
    defaultTags: JSON.stringify({ tags: { deployment: "pathfinity" } }),
  },
  "azure-native": { subscriptionId: SUBSCRIPTION },
  cloudflare: {},
  kubernetes: { clusterIdentifier: CLUSTER },
};

/** Asks the stand-in clouds as the engine does, and remembers what it needs to ask again. */
export class Asker {
  constructor(
    readonly world = new StandInWorld(),
    private readonly providers: Readonly<Record<string, Properties>> = PROVIDERS,
  ) {}

  create(type: string, name: string, inputs: Record<string, Json>, seed?: string): Created {
    const request = this.request(type, name, inputs);
    return cloudOf(type).create({ ...request, seed: seed ?? request.urn }, this.world);
  }

  update(type: string, name: string, made: Created, before: Record<string, Json>, after: Record<string, Json>) {
    const oldOutputs = { ...before, ...made.outputs };
    return cloudOf(type).update(
      { ...this.request(type, name, after), id: made.id, oldInputs: before, oldOutputs },
      this.world,
    );
  }

  delete(type: string, name: string, made: Created, inputs: Record<string, Json>): void {
    const outputs = { ...inputs, ...made.outputs };
    cloudOf(type).delete({ ...this.request(type, name, inputs), id: made.id, outputs }, this.world);
  }

  private request(type: string, name: string, inputs: Record<string, Json>) {
    const urn = `urn:pulumi:test::cutover::${type}::${name}`;
    return { stack: "test", urn, type, name, provider: this.providers[type.split(":")[0]!]!, inputs };
  }
}

export function cloudOf(type: string): Cloud {
  return clouds.find((cloud) => cloud.package === type.split(":")[0])!;
}
