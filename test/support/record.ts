import * as pulumi from "@pulumi/pulumi";
import { disconnect, getMonitor } from "@pulumi/pulumi/runtime/settings";

/** A resource as the program registered it, with the options that the SDK's mocks do not show. */
export interface Recorded {
  type: string;
  name: string;
  /** Name of the parent resource; empty for the stack. */
  parent: string;
  /** Inputs; secrets are shown as their values. */
  inputs: Record<string, any>;
  protect: boolean;
  retainOnDelete: boolean;
  ignoreChanges: string[];
  additionalSecretOutputs: string[];
  /** Names of the resources that it waits for. */
  dependencies: string[];
}

/** What a run of a piece of program registered. */
export interface Recording<T> {
  result: T;
  resources: Recorded[];
  /** The one resource of a name that is not a component. */
  custom(name: string): Recorded;
  /** All resources of a type. */
  ofType(type: string): Recorded[];
}

/** What a cloud would add to the inputs of a resource. */
export type Computed = (type: string, name: string, inputs: any) => Record<string, unknown>;

/**
 * Runs a piece of program under the SDK's mocks, waits until everything is registered, and says what was.
 *
 * @param computed Outputs that the cloud computes, besides `arn` and `id`, which every resource gets.
 */
export async function record<T>(program: () => T, computed: Computed = () => ({})): Promise<Recording<T>> {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => ({
        id: `${name}-id`,
        state: { name: `${name}-name`, ...inputs, arn: `arn:${name}`, ...computed(type, name, inputs) },
      }),
      call: ({ token }) => {
        throw new Error(`components look nothing up, ${token} was called`);
      },
    },
    "cutover",
    "test",
  );
  const resources: Recorded[] = [];
  const monitor = getMonitor() as any;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: any, callback: any) => {
    resources.push({
      type: request.getType(),
      name: request.getName(),
      parent: nameOf(request.getParent()),
      inputs: plain(request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
      ignoreChanges: request.getIgnorechangesList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      dependencies: request.getDependenciesList().map(nameOf),
    });
    return register(request, callback);
  };
  const result = program();
  await disconnect();
  return {
    result,
    resources,
    custom: (name) => {
      const found = resources.filter((resource) => resource.name === name && !resource.type.startsWith("cutover:"));
      if (found.length !== 1) {
        throw new Error(`one resource ${name} is expected, ${found.length} were registered`);
      }
      return found[0] as Recorded;
    },
    ofType: (type) => resources.filter((resource) => resource.type === type),
  };
}

/** The value of an output. */
export function value<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** Secrets and outputs on the wire are objects that hold their value. */
function plain(wire: unknown): unknown {
  if (Array.isArray(wire)) {
    return wire.map(plain);
  }
  if (wire !== null && typeof wire === "object") {
    const object = wire as Record<string, unknown>;
    return "4dabf18193072939515e22adb298388d" in object
      ? plain(object["value"])
      : Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, plain(inner)]));
  }
  return wire;
}
