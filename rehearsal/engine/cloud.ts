/**
 * What the engine asks of a stand-in cloud. A cloud stands where a Pulumi provider plugin stands: it gives a resource its
 * identifier and the outputs that only the cloud knows (ARNs, endpoints, generated names), and it keeps the *world*: what exists
 * and how it behaves. It decides neither diffs nor replacements: the engine does, from the facts of the type.
 *
 * The division of work, so that no secret can leak and no value is copied by hand:
 *
 * - A cloud never sees a secret. In everything it is given, secret values are the string `"[secret]"`, at any depth.
 * - A cloud returns *computed* outputs only. The engine lays them over the inputs: `outputs = { ...inputs, ...computed }`.
 *   A computed key that is also an input replaces the input (a policy that the cloud normalizes, for instance).
 * - Outputs that the type's facts call secret, that the program calls secret (`additionalSecretOutputs`), or that stand where a
 *   secret input stands, are made secret by the engine.
 * - A cloud is called by `up` and `destroy` only. In a preview the engine knows the inputs, and nothing computed: on a create
 *   everything else is unknown, on an update it is what was recorded.
 * - Everything is synchronous and deterministic: no clock, no randomness. What must look random comes from the request's `seed`.
 */
import type { Json } from "../../rollout/engine";

/** Plain values by property name. Never to be changed by who receives them. */
export type Properties = Readonly<Record<string, Json>>;

/** The resource that a request is about. */
export interface ResourceRequest {
  /** The stack that owns the resource. */
  stack: string;
  urn: string;
  /** Type token, e.g. `aws:lb/listenerRule:ListenerRule`. */
  type: string;
  /** The logical name: the last part of the URN. */
  name: string;
  /** Inputs of the provider resource that owns this one, e.g. `{ region: "eu-west-1" }`; empty where there is none. */
  provider: Properties;
  /** What the program asked for, without unknowns; for a delete, what was recorded. Assets and archives are objects with Pulumi's signature keys. */
  inputs: Properties;
}

/** A resource that is to be made. */
export interface CreateRequest extends ResourceRequest {
  /**
   * Where invented identifiers come from: equal for equal histories, different for a replacement, because the old and the new
   * resource exist side by side for a while. The URN, and for a replacement also the identifier that is replaced.
   */
  seed: string;
}

/** A resource that exists and changes. */
export interface UpdateRequest extends ResourceRequest {
  id: string;
  oldInputs: Properties;
  oldOutputs: Properties;
}

/** A resource that exists and goes. */
export interface DeleteRequest extends ResourceRequest {
  id: string;
  outputs: Properties;
}

/** A resource that the program reads by its identifier (`Type.get(name, id)`). */
export interface ReadRequest extends ResourceRequest {
  id: string;
}

/** An answer to a create or a read. */
export interface Created {
  /** The identifier, in the form that the cloud gives it. */
  id: string;
  /** Computed outputs: laid over the inputs. */
  outputs: Record<string, Json>;
}

/** A function that the program invokes on a provider (`aws.getRegion`, ...). */
export interface InvokeRequest {
  /** e.g. `aws:index/getRegion:getRegion`. */
  token: string;
  provider: Properties;
  args: Properties;
}

/** Something that a cloud would not do. The step fails with this message, as it does when a provider refuses. */
export class CloudError extends Error {
  override readonly name = "CloudError";
}

/** A stand-in cloud. */
export interface Cloud {
  /** The package of the types it knows: `aws`, `kubernetes`, `azure-native`, `cloudflare`. */
  readonly package: string;
  /** Whether it knows a type. One that it does not is refused by name, in a preview too. */
  models(type: string): boolean;
  /** Makes a resource, and tells the world. @throws CloudError when the cloud would refuse. */
  create(request: CreateRequest, world: World): Created;
  /**
   * Changes a resource, and tells the world. Returns the computed outputs that are different from the recorded ones; others stay.
   * @throws CloudError when the cloud would refuse.
   */
  update(request: UpdateRequest, world: World): Record<string, Json>;
  /** Removes a resource from the world. One that is already gone is no error. @throws CloudError when the cloud would refuse. */
  delete(request: DeleteRequest, world: World): void;
  /** Finds a resource by its identifier; undefined when there is none. Without this method, reads are refused by name. */
  read?(request: ReadRequest, world: World): Created | undefined;
  /** Answers an invoke; undefined when it does not know the function, which is then refused by name. */
  invoke?(request: InvokeRequest, world: World): Record<string, Json> | undefined;
}

/** One thing that exists in a stand-in cloud. */
export interface Thing {
  /** Type token of the resource that made it, or any name that a cloud gives to what has no resource of its own. */
  type: string;
  /** Identifier; unique together with the type. */
  id: string;
  /** The stack that owns it: its world file is the one that keeps the thing. */
  stack: string;
  /** URN of the resource that made it, if one did. */
  urn?: string;
  /** How it really behaves: e.g. the weights that a listener rule applies. Plain JSON; never a secret. */
  properties: Record<string, Json>;
}

/**
 * What exists in the clouds, of all stacks together. Separate from the stacks' state, so that the two can differ: a person who
 * changes a weight by hand changes the world and not the state. With a state directory it is kept in
 * `<DIR>/.world/<stack>.json`, one file for the things of each stack.
 *
 * Things are changed by {@link World.put} only: a change inside a thing that was got is not saved.
 */
export interface World {
  /** The thing of this type with this identifier. */
  get(type: string, id: string): Thing | undefined;
  /** Adds a thing, or puts it in the place of the one with its type and identifier. */
  put(thing: Thing): void;
  /** Takes a thing away; nothing happens when there is none. */
  remove(type: string, id: string): void;
  /** The things of a type (of all types when absent), in the order in which they came. */
  things(type?: string): Iterable<Thing>;
}
