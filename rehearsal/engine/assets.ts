/**
 * Assets and archives are compared by a hash of what they hold, and recorded with it.
 *
 * @see sdk/go/common/resource/asset and archive in pulumi/pulumi
 */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

import { PlanError } from "./errors";
import { ARCHIVE, ASSET, isMap, mapped, mappedValues, SIGNATURE, type Value, type ValueMap } from "../../pulumi/values";

const ARCHIVE_FILE = /\.(tar|tgz|tar\.gz|zip|jar)$/;
const TAR_BLOCK = 512;

/**
 * The same value with the hash of each asset and archive in it.
 * @param directory what relative paths are relative to: the program's.
 * @throws PlanError when a file is not there, or an asset is to be fetched from the network.
 */
export function withHashes(value: Value, directory: string): Value {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return mapped(value, (item) => withHashes(item, directory));
  }
  switch (value[SIGNATURE]) {
    case ASSET:
      return recorded(value, sha256(contentOf(value, directory)));
    case ARCHIVE: {
      const assets: ValueMap = isMap(value.assets) ? { assets: withHashes(value.assets, directory) } : {};
      return recorded({ ...value, ...assets }, hashOfArchive(value, directory));
    }
    default:
      return mappedValues(value, (item) => withHashes(item, directory));
  }
}

/** What Pulumi records of an asset or archive: the SDK sends marks of its own besides. */
function recorded(value: ValueMap, hash: string): ValueMap {
  const result: ValueMap = { [SIGNATURE]: value[SIGNATURE]!, hash };
  for (const key of ["text", "path", "uri", "assets"]) {
    if (value[key] !== undefined) {
      result[key] = value[key];
    }
  }
  return result;
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function contentOf(asset: ValueMap, directory: string): Buffer {
  if (typeof asset.text === "string") {
    return Buffer.from(asset.text);
  }
  return read(place(asset, directory, "asset"));
}

/** Where the file of an asset or archive is. */
function place(value: ValueMap, directory: string, what: string): string {
  if (typeof value.path !== "string") {
    throw new PlanError(
      `the rehearsal does not fetch: it does not model the remote ${what} ${JSON.stringify(value.uri)}`,
    );
  }
  return path.resolve(directory, value.path);
}

function read(file: string): Buffer {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    throw new PlanError(`cannot read the asset ${file}: ${(error as Error).message}`, { cause: error });
  }
}

function hashOfArchive(archive: ValueMap, directory: string): string {
  if (!isMap(archive.assets) && typeof archive.path === "string" && ARCHIVE_FILE.test(archive.path)) {
    return sha256(read(place(archive, directory, "archive")));
  }
  const hash = createHash("sha256");
  const seen = new Set<string>();
  for (const [name, content] of entriesOf(archive, directory)) {
    if (!seen.has(name)) {
      seen.add(name);
      hash
        .update(tarHeader(name, content.length))
        .update(content)
        .update(Buffer.alloc(-content.length & (TAR_BLOCK - 1)));
    }
  }
  return hash.update(Buffer.alloc(2 * TAR_BLOCK)).digest("hex");
}

/** The files of an archive, in the order in which Pulumi packs them. */
function* entriesOf(archive: ValueMap, directory: string): Generator<[string, Buffer]> {
  if (!isMap(archive.assets)) {
    yield* filesIn(place(archive, directory, "archive"), "");
    return;
  }
  for (const name of Object.keys(archive.assets).sort()) {
    const member = archive.assets[name] as ValueMap;
    if (member[SIGNATURE] === ASSET) {
      yield [name, contentOf(member, directory)];
    } else {
      for (const [inner, content] of entriesOf(member, directory)) {
        yield [path.posix.join(name, inner), content];
      }
    }
  }
}

function* filesIn(directory: string, prefix: string): Generator<[string, Buffer]> {
  let names: string[];
  try {
    names = fs.readdirSync(directory).sort();
  } catch (error) {
    throw new PlanError(`cannot read the archive ${directory}: ${(error as Error).message}`, { cause: error });
  }
  for (const name of names) {
    const file = path.join(directory, name);
    if (fs.lstatSync(file).isDirectory()) {
      if (name !== ".pulumi") {
        yield* filesIn(file, `${prefix}${name}/`);
      }
    } else if (fs.statSync(file).isFile()) {
      yield [`${prefix}${name}`, read(file)];
    }
  }
}

/** A USTAR header as Go's archive/tar writes it, for a file of mode 0600 from 1970. */
function tarHeader(name: string, size: number): Buffer {
  const block = Buffer.alloc(TAR_BLOCK);
  const octal = (value: number, at: number, length: number) =>
    block.write(value.toString(8).padStart(length - 1, "0"), at, "latin1");
  const split = name.length > 100 ? name.lastIndexOf("/", 155) : -1;
  block.write(name.slice(split + 1), 0, 100);
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  block.fill(" ", 148, 156);
  block.write("0", 156);
  block.write("ustar\0" + "00", 257, "latin1");
  octal(0, 329, 8);
  octal(0, 337, 8);
  block.write(name.slice(0, Math.max(split, 0)), 345, 155);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}
