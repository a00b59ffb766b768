/**
 * The floor of a preview: the program under the SDK's own mocks, which answer each registration with its inputs. What it
 * takes is the program's and the SDK's; what a preview takes more is the rehearsal's.
 *
 *     node --require bin/sources.js scripts/bench/floor.ts STACK OUTPUTS
 *
 * OUTPUTS is a JSON file with the outputs of the stacks that this one reads, by the stack's name.
 */
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { runInPulumiStack } from "@pulumi/pulumi/runtime/stack";
import { ORGANIZATION } from "../../rehearsal/engine/program";
import { readConfig, readProject } from "../../pulumi/projectConfig";

const REFERENCE = "pulumi:pulumi:StackReference";

async function floor(stack: string, file: string): Promise<void> {
  const outputs = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  const project = readProject(process.cwd());
  const config = readConfig(project, stack);
  let resources = 0;
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        resources += 1;
        return type === REFERENCE
          ? { id: name, state: { name, outputs: outputs[name.split("/").at(-1)!], secretOutputNames: [] } }
          : { id: `${name}-id`, state: inputs as Record<string, unknown> };
      },
      call: ({ token }) => {
        throw new Error(`the program looks nothing up, it called ${token}`);
      },
    },
    project.name,
    stack,
    true,
    ORGANIZATION,
  );
  pulumi.runtime.setAllConfig(config.values, config.secretKeys);
  const program = require("../../index") as () => Promise<unknown>;
  await runInPulumiStack(program);
  await settings.disconnect();
  process.stdout.write(`${resources}\n`);
}

void floor(process.argv[2]!, process.argv[3]!);
