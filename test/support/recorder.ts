import * as pulumi from "@pulumi/pulumi";
import * as settings from "@pulumi/pulumi/runtime/settings";

/** A resource as it was registered, with the options that the SDK's mocks hide. */
export interface Recorded {
  type: string;
  name: string;
  urn: string;
  parent: string;
  custom: boolean;
  /** Inputs; a secret is `{ secret: value }`. */
  inputs: Record<string, any>;
  protect: boolean;
  retainOnDelete: boolean;
  ignoreChanges: string[];
  deleteBeforeReplace: boolean;
  /** Provider of the resource: its URN and id. */
  provider: string;
  dependencies: string[];
  additionalSecretOutputs: string[];
}

/** Outputs that a stand-in cloud adds to a resource's inputs. */
export type Outputs = (type: string, name: string, inputs: Record<string, any>) => Record<string, unknown>;

const SECRET = "4dabf18193072939515e22adb298388d";

/**
 * Runs a program under the SDK's mocks, with a monitor that records the whole of each registration.
 *
 * @param program - Registers resources; what it returns is resolved when all of them are registered.
 * @param outputs - What the stand-in cloud adds; ids are `<name>-id` and ARNs `arn:<name>`.
 */
export async function record<T>(
  program: () => T,
  outputs: Outputs = () => ({}),
): Promise<{ resources: Recorded[]; value: pulumi.Unwrap<T> }> {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => ({
        id: `${name}-id`,
        state: { name, arn: `arn:${name}`, ...(inputs as object), ...outputs(type, name, inputs as object) },
      }),
      call: ({ token }) => {
        throw new Error(`components look nothing up, got ${token}`);
      },
    },
    "cutover",
    "test",
  );
  const monitor = settings.getMonitor() as any;
  const register = monitor.registerResource.bind(monitor);
  const resources: Recorded[] = [];
  monitor.registerResource = (request: any, callback: (error: unknown, response: any) => void) =>
    register(request, (error: unknown, response: any) => {
      resources.push({
        type: request.getType(),
        name: request.getName(),
        urn: response?.getUrn() ?? "",
        parent: request.getParent(),
        custom: request.getCustom(),
        inputs: plain(request.getObject()?.toJavaScript() ?? {}) as Record<string, any>,
        protect: request.getProtect() ?? false,
        retainOnDelete: request.getRetainondelete() ?? false,
        ignoreChanges: request.getIgnorechangesList(),
        deleteBeforeReplace: request.getDeletebeforereplace() ?? false,
        provider: request.getProvider(),
        dependencies: request.getDependenciesList(),
        additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      });
      callback(error, response);
    });
  const result = pulumi.output(program());
  const value = await new Promise<pulumi.Unwrap<T>>((resolve, reject) => {
    (result as unknown as { promise(): Promise<pulumi.Unwrap<T>> }).promise().then(resolve, reject);
  });
  await pulumi.runtime.disconnect();
  return { resources, value };
}

/** The one resource of a type whose name ends so. */
export function find(resources: readonly Recorded[], type: string, nameEnd = ""): Recorded {
  const found = resources.filter((resource) => resource.type === type && resource.name.endsWith(nameEnd));
  if (found.length !== 1) {
    const all = resources.map((resource) => `${resource.type} ${resource.name}`).join("\n");
    throw new Error(`one ${type} *${nameEnd} is expected, got ${found.length} of\n${all}`);
  }
  return found[0] as Recorded;
}

/** Every resource of a type. */
export function all(resources: readonly Recorded[], type: string): Recorded[] {
  return resources.filter((resource) => resource.type === type);
}

/**
 * What every component owes: children have a parent, begin with the component's name, and no two have one URN.
 * Returns what is wrong, as sentences.
 */
export function misplaced(resources: readonly Recorded[]): string[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const problems = resources.flatMap((resource) => {
    if (resource.type.startsWith("pulumi:")) {
      return [];
    }
    const parent = byUrn.get(resource.parent);
    if (parent === undefined || parent.type === "pulumi:pulumi:Stack") {
      return resource.custom ? [`${resource.name} has no component as its parent`] : [];
    }
    return resource.name.startsWith(`${parent.name}-`) ? [] : [`${resource.name} does not begin with ${parent.name}-`];
  });
  const twice = resources.filter((resource, index) => resources.findIndex(({ urn }) => urn === resource.urn) !== index);
  return [...problems, ...twice.map(({ urn }) => `${urn} is registered twice`)];
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (SECRET in value) {
    return { secret: plain((value as Record<string, unknown>)["value"]) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
