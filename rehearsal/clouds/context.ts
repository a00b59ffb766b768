import type { Json } from "../../rollout/engine";
import { CloudError, type Properties, type ResourceRequest, type World } from "../engine/cloud";
import { INVENTED_TIME, invent, inventAddress, inventUuid, isAlphabet } from "./invent";
import type { Scope, Template, Value } from "./model";

const PLACEHOLDER = /\{([^{}]+)\}/g;
const ONE_PATH = /^\{([^{}:]+)\}$/;

const INVENTIONS: Readonly<Record<string, (seed: string) => string>> = {
  uuid: inventUuid,
  ipv4: inventAddress,
  now: () => INVENTED_TIME,
};

/** What a provider's inputs say: region, account, subscription. */
export type ProviderFacts = Readonly<Record<string, string>>;

/** Follows a dotted path into plain values; undefined where it ends early. */
export function lookUp(values: Properties, path: string): Json | undefined {
  return path.split(".").reduce<Json | undefined>(
    (value, key) => {
      return typeof value === "object" && value !== null ? (value as Record<string, Json>)[key] : undefined;
    },
    values as Record<string, Json>,
  );
}

/** What a thing is called in the world, where the things of all regions and accounts stand side by side. */
export function worldKey(id: string, scope: Scope, provider: ProviderFacts): string {
  if (scope === "global" || id.startsWith("arn:")) {
    return id;
  }
  return `${provider[scope] ?? scope}/${id}`;
}

/** What is known beside the request: what was recorded, or nothing when the resource is made. */
interface Recorded {
  id?: string;
  outputs?: Properties;
  oldInputs?: Properties;
}

/** One request to a stand-in cloud, with what is known while it is answered. */
export class Context {
  /** The identifier, once there is one. */
  id: string | undefined;
  /** The physical name, for types that have one. */
  name: string | undefined;
  /** The outputs that were computed so far; for an update or a delete, those that were recorded. */
  readonly outputs: Record<string, Json>;
  /** What the program asked for before, when the resource changes. */
  readonly oldInputs: Properties | undefined;

  constructor(
    readonly request: ResourceRequest,
    readonly provider: ProviderFacts,
    readonly world: World,
    /** Where inventions come from. */
    private readonly seed: string,
    recorded: Recorded = {},
  ) {
    this.id = recorded.id;
    this.outputs = { ...recorded.outputs };
    this.oldInputs = recorded.oldInputs;
  }

  /** What the program asks for. */
  get inputs(): Properties {
    return this.request.inputs;
  }

  /** A value by its path: `id`, `name`, `logical`, of the provider, an input, or else an output. */
  get(path: string): Json | undefined {
    const own = { id: this.id, name: this.name, logical: this.request.name } as Record<string, string | undefined>;
    return own[path] ?? this.provider[path] ?? lookUp(this.inputs, path) ?? lookUp(this.outputs, path);
  }

  /** A value that is a text; empty where there is none. */
  text(path: string): string {
    const value = this.get(path);
    return typeof value === "string" ? value : "";
  }

  /** A value that is a list of texts; empty where there is none. */
  texts(path: string): string[] {
    return this.list(path).filter((item) => typeof item === "string");
  }

  /** A value that is a list; empty where there is none. */
  list(path: string): readonly Json[] {
    const value = this.get(path);
    return Array.isArray(value) ? value : [];
  }

  /**
   * Fills a template in.
   *
   * @param purpose What the text is for: two texts of one resource are invented apart.
   * @throws CloudError when a value is missing that the cloud could not do without.
   */
  fill(template: Template, purpose: string): string {
    let nth = 0;
    return template.replace(PLACEHOLDER, (_, word: string) => {
      const seed = `${this.seed}\0${purpose}\0${nth++}`;
      const [alphabet, length] = word.split(":") as [string, string?];
      if (length !== undefined && isAlphabet(alphabet)) {
        return invent(alphabet, Number(length), seed);
      }
      const invention = INVENTIONS[word];
      if (invention !== undefined) {
        return invention(seed);
      }
      const value = this.get(word);
      if (value === undefined || value === null || typeof value === "object") {
        throw new CloudError(`MissingParameter: ${this.request.type} "${this.request.name}" needs a value for ${word}`);
      }
      return String(value);
    });
  }

  /** Works a value out: its templates filled in, its functions called. */
  value(value: Value, purpose: string): Json | undefined {
    if (typeof value === "function") {
      return value(this);
    }
    if (typeof value === "string") {
      const path = ONE_PATH.exec(value)?.[1];
      return path === undefined || Object.hasOwn(INVENTIONS, path) ? this.fill(value, purpose) : this.get(path);
    }
    if (Array.isArray(value)) {
      return value.map((item, index) => this.value(item, `${purpose}.${index}`) ?? null);
    }
    if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value).map(([key, item]) => [key, this.value(item, `${purpose}.${key}`)] as const);
      return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
    }
    return value;
  }

  /** What was recorded at a path of the outputs, or the template filled in when there is nothing yet. */
  keep(path: string, template: Template): Json {
    return lookUp(this.outputs, path) ?? this.fill(template, path);
  }

  /** The properties of another thing of the same region, by its identifier. */
  neighbor(type: string, id: string): Properties | undefined {
    return this.world.get(type, worldKey(id, "region", this.provider))?.properties;
  }
}
