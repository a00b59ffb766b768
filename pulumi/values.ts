/**
 * Property values as they travel between the SDK and the engine: plain JSON, in which objects with a signature key stand for
 * what JSON has no word for (secrets, assets, references), and one string stands for a value that is not known yet. The engine
 * works on this form directly, so that nothing is converted twice.
 *
 * @see sdk/go/common/resource/properties.go in pulumi/pulumi
 */
import type { Json } from "../rollout/engine";

/** The key that makes an object special. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** Signature of a secret: `{ [SIGNATURE]: SECRET, value }`, or with `ciphertext` in a file. */
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";
/** Signature of a reference to a resource: `{ [SIGNATURE]: REFERENCE, urn, id? }`. */
export const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";
/** Signature of an output value: `{ [SIGNATURE]: OUTPUT, value?, secret?, dependencies? }`. */
export const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
/** Signature of an asset: text, file or address. */
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
/** Signature of an archive: files, directory or address. */
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
/** The string that stands for a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a person is shown instead of a secret. */
export const SHOWN_SECRET = "[secret]";
/** What a person is shown instead of a value that is not known yet. */
export const SHOWN_UNKNOWN = "[unknown]";

/** A property value. */
export type Value = Json;
/** Property values by name. */
export type ValueMap = Record<string, Value>;

/** Whether a value is an object or one of the special objects, and no array. */
export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is an object without special meaning. */
export function isPlainMap(value: Value | undefined): value is ValueMap {
  return isMap(value) && value[SIGNATURE] === undefined;
}

/** The signature of a special object; undefined for everything else. */
export function signatureOf(value: Value | undefined): string | undefined {
  return isMap(value) ? (value[SIGNATURE] as string | undefined) : undefined;
}

/** Whether a value is a secret. */
export function isSecret(value: Value | undefined): value is ValueMap {
  return signatureOf(value) === SECRET;
}

/** Makes a value secret; one that is, stays as it is. */
export function secret(value: Value): Value {
  return isSecret(value) ? value : { [SIGNATURE]: SECRET, value };
}

/** The value inside a secret, or the value itself. */
export function unwrap(value: Value): Value {
  return isSecret(value) ? unwrap(value.value ?? null) : value;
}

/** Whether a value is there at all: Pulumi treats a null property as one that is absent. */
export function hasValue(value: Value | undefined): value is Value {
  return value !== undefined && value !== null;
}

/** What was found in a value: what needs another look before it is shown, stored or compared. */
export interface Traits {
  secrets: boolean;
  unknowns: boolean;
  assets: boolean;
}

/** Looks for special values, at any depth. */
export function traitsOf(value: Value, traits: Traits = { secrets: false, unknowns: false, assets: false }): Traits {
  if (typeof value === "string") {
    traits.unknowns ||= value === UNKNOWN;
  } else if (Array.isArray(value)) {
    for (const item of value) {
      traitsOf(item, traits);
    }
  } else if (typeof value === "object" && value !== null) {
    const signature = value[SIGNATURE];
    if (signature !== undefined) {
      traits.secrets ||= signature === SECRET || (signature === OUTPUT && value.secret === true);
      traits.unknowns ||= signature === OUTPUT && value.value === undefined;
      traits.assets ||= signature === ASSET || signature === ARCHIVE;
    }
    for (const key in value) {
      traitsOf(value[key]!, traits);
    }
  }
  return traits;
}

/** Whether a value is or holds one that is not known yet. */
export function hasUnknowns(value: Value): boolean {
  return traitsOf(value).unknowns;
}

/** Whether a value is or holds a secret. */
export function hasSecrets(value: Value): boolean {
  return traitsOf(value).secrets;
}

/**
 * A value as a person may see it: secrets `"[secret]"`, unknown values `"[unknown]"`, references as what they refer to.
 * A value that has nothing to hide is returned itself, not a copy.
 */
export function shown(value: Value): Value {
  if (value === UNKNOWN) {
    return SHOWN_UNKNOWN;
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return mapped(value, shown);
  }
  switch (value[SIGNATURE]) {
    case undefined:
      return mappedValues(value, shown);
    case SECRET:
      return SHOWN_SECRET;
    case REFERENCE:
      return shown(value.id ?? value.urn ?? null);
    case OUTPUT:
      return value.secret === true ? SHOWN_SECRET : shown(value.value === undefined ? UNKNOWN : value.value);
    default:
      return mappedValues(value, shown);
  }
}

/**
 * The other way round: what was shown, with the marks of what it hides. A secret stays closed, as one in a file whose key
 * nobody has.
 */
export function unshown(value: Value): Value {
  if (value === SHOWN_UNKNOWN) {
    return UNKNOWN;
  }
  if (value === SHOWN_SECRET) {
    return { [SIGNATURE]: SECRET };
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Array.isArray(value) ? mapped(value, unshown) : mappedValues(value, unshown);
}

/** {@link unshown} for a map of values. */
export function unshownMap(values: ValueMap): ValueMap {
  return mappedValues(values, unshown);
}

/** {@link shown} for a map of values. */
export function shownMap(values: ValueMap): ValueMap {
  return mappedValues(values, shown);
}

/** `array.map` that returns the array itself when nothing changes. */
export function mapped(values: Value[], change: (value: Value) => Value): Value[] {
  let result: Value[] | undefined;
  for (let index = 0; index < values.length; index++) {
    const before = values[index]!;
    const after = change(before);
    if (after !== before) {
      result ??= values.slice();
      result[index] = after;
    }
  }
  return result ?? values;
}

/** Changes the values of a map; returns the map itself when nothing changes. */
export function mappedValues(values: ValueMap, change: (value: Value) => Value): ValueMap {
  let result: ValueMap | undefined;
  for (const key in values) {
    const before = values[key]!;
    const after = change(before);
    if (after !== before) {
      result ??= { ...values };
      result[key] = after;
    }
  }
  return result ?? values;
}

/** Output values without dependencies as what they hold: plain, secret or unknown. */
export function withoutOutputValues(value: Value): Value {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return mapped(value, withoutOutputValues);
  }
  if (value[SIGNATURE] === OUTPUT) {
    const inner = value.value === undefined ? UNKNOWN : withoutOutputValues(value.value);
    return value.secret === true ? secret(inner) : inner;
  }
  return mappedValues(value, withoutOutputValues);
}

/**
 * Whether two values are the same to Pulumi: a null property equals an absent one, assets and archives are compared by their
 * hash, references by the resource.
 */
export function equal(left: Value | undefined, right: Value | undefined): boolean {
  if (left === right) {
    return true;
  }
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) {
      return false;
    }
    for (let index = 0; index < left.length; index++) {
      if (!equal(left[index], right[index])) {
        return false;
      }
    }
    return true;
  }
  if (!isMap(left) || !isMap(right)) {
    return !hasValue(left) && !hasValue(right);
  }
  const signature = left[SIGNATURE];
  if (signature !== right[SIGNATURE]) {
    return false;
  }
  if (signature === SECRET) {
    return equal(left.value, right.value);
  }
  if ((signature === ASSET || signature === ARCHIVE) && left.hash !== undefined && right.hash !== undefined) {
    return left.hash === right.hash;
  }
  if (signature === REFERENCE) {
    return left.urn === right.urn && equal(left.id, right.id);
  }
  for (const key in left) {
    if (!equal(left[key], right[key])) {
      return false;
    }
  }
  for (const key in right) {
    if (left[key] === undefined && hasValue(right[key])) {
      return false;
    }
  }
  return true;
}
