import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createRehearsal, type Cloud } from "../../../rehearsal";
import { clouds } from "../../../rehearsal/clouds";

const PROJECT = join(__dirname, "../../..");

/** A cloud that says of every type that it models it, and notes the ones that it does not. */
function noting(cloud: Cloud, missing: Set<string>): Cloud {
  return {
    package: cloud.package,
    models: (type) => {
      if (!cloud.models(type)) {
        missing.add(type);
      }
      return true;
    },
    create: (request, world) =>
      cloud.models(request.type) ? cloud.create(request, world) : { id: request.name, outputs: {} },
    update: (request, world) => (cloud.models(request.type) ? cloud.update(request, world) : {}),
    delete: (request, world) => cloud.delete(request, world),
  };
}

describe("the stacks of the repository", function () {
  this.timeout(180_000);

  it("use no resource type that the stand-in clouds do not model", async () => {
    const missing = new Set<string>();
    const rehearsal = createRehearsal({ project: PROJECT, clouds: clouds.map((cloud) => noting(cloud, missing)) });
    const stacks = readdirSync(PROJECT).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
    assert.ok(stacks.includes("production"));
    for (const stack of stacks) {
      await rehearsal.bringUpReferences(stack);
      await rehearsal.preview(stack);
    }
    assert.deepEqual([...missing].sort(), [], "add a model of each to rehearsal/clouds/");
  });
});
