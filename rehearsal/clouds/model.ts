import type { Json } from "../../rollout/engine";
import type { Context } from "./context";

/**
 * A text in which the cloud's values are filled in. `{hex:16}`, `{digits:10}`, `{ALNUM:13}`, `{uuid}`, `{ipv4}` and `{now}` are invented;
 * any other `{path}` is a value of the provider (`{region}`, `{account}`), `{id}`, `{name}`, an output or an input.
 * A template that is one path only keeps the value's type, and is left out where there is no value.
 */
export type Template = string;

/** An output: JSON whose texts are templates, or a function where a template does not do. */
export type Value = Json | ((context: Context) => Json | undefined);

/** Where a name may be taken only once. */
export type Scope = "region" | "account" | "global";

/** How the cloud names the resources of a type. */
export interface NameRule {
  /** Input that holds the physical name. @default "name" */
  property?: string;
  /** Most characters. */
  max: number;
  /** What the name must match. @default - anything */
  pattern?: RegExp;
  /** Template of a name that the program leaves to Pulumi. @default - the logical name with the cloud's suffix */
  invented?: Template;
  /** The cloud keeps names in lower case: invented ones are lowered. @default false */
  lower?: boolean;
  /** What the cloud answers for a name that is taken: a template. @default - names may repeat */
  taken?: Template;
}

/** Looks at a request as the cloud does. @throws CloudError when the cloud would refuse. */
export type Check = (context: Context) => void;

/** What a stand-in cloud knows of one resource type. */
export interface Model {
  /** The identifier: a template, or a function where something that exists gives it. */
  id: Template | ((context: Context) => string);
  /** What the cloud gives once, when the resource is made. What the program asked for itself stays as it is. */
  outputs?: Record<string, Value>;
  /** What the cloud works out anew with each change; it replaces what the program asked for. */
  derived?: Record<string, Value>;
  /** @default - the type has no name of its own */
  name?: NameRule;
  /** Within what identifiers and names of the type are unique. @default "region" */
  scope?: Scope;
  /** Whether the type has tags, and so `tagsAll`. @default false */
  tagged?: boolean;
  /** Outputs that are secret: whoever asks is given them once, and the world does not keep them. @default - none */
  secret?: readonly string[];
  /** What the cloud looks at when the resource is made or changed. */
  checks?: readonly Check[];
  /** What the cloud looks at before the resource goes. */
  deletionChecks?: readonly Check[];
}

/** The models of types, by token. */
export type Models = Readonly<Record<string, Model>>;
