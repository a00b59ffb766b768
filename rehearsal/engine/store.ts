/** Where states and worlds are kept between runs: in memory, or in a directory. */
import * as fs from "node:fs";
import * as path from "node:path";

import { EngineError } from "../../rollout/engine";
import { writeAtomically } from "../../files/atomicFile";
import { makeFolder } from "../../files/folder";
import type { Thing } from "./cloud";
import { DamagedState, decodeDeployment, encodeDeployment, type Deployment } from "./deployment";
import {
  keyCrypter,
  newKey,
  PASSPHRASE,
  passphraseCrypter,
  REHEARSAL_KEY,
  type Crypter,
  type SecretsProvider,
} from "./secrets";
import { withLock } from "../../files/lock";
import { StandInWorld, type WorldFile } from "./world";

/** Keeps the states of stacks, and the world. */
export interface Store {
  /** Whether what is kept ends with the process: then stacks that are read are brought up when they are missing. */
  readonly inMemory: boolean;
  /** The state of a stack; undefined when it was never brought up. @throws EngineError when it cannot be read. */
  read(stack: string): Deployment | undefined;
  /** Keeps the state of a stack. @throws EngineError when it cannot be written; the old one is then still there. */
  write(stack: string, deployment: Deployment): void;
  /** The world as it is now. */
  world(): StandInWorld;
  /** Keeps what changed in the world. */
  writeWorld(world: StandInWorld): void;
  /** Says that world and state of a stack are about to be written, or that both are. */
  pending(stack: string, is: boolean): void;
  /** Whether a run ended between the two: the world may then hold what no state records. */
  wasInterrupted(stack: string): boolean;
  /** Does something while no other process changes the stack. @throws EngineError when one does. */
  locked<T>(stack: string, action: () => Promise<T>): Promise<T>;
  /** The command that brings up a stack, for messages. */
  command(stack: string): string;
}

/** Keeps everything in memory. */
export class MemoryStore implements Store {
  readonly inMemory = true;
  private readonly deployments = new Map<string, Deployment>();
  private readonly standIn = new StandInWorld();

  read(stack: string): Deployment | undefined {
    return this.deployments.get(stack);
  }

  write(stack: string, deployment: Deployment): void {
    this.deployments.set(stack, deployment);
  }

  world(): StandInWorld {
    return this.standIn;
  }

  writeWorld(world: StandInWorld): void {
    world.settle();
  }

  pending(): void {
    // Nothing comes between two writes to memory.
  }

  wasInterrupted(): boolean {
    return false;
  }

  locked<T>(_stack: string, action: () => Promise<T>): Promise<T> {
    return action();
  }

  command(stack: string): string {
    return `cutover up --stack ${stack} --state DIR`;
  }
}

/** Name of the key file in a state directory. */
export const KEY_FILE = ".secrets.key";
/** Name of the directory of the world files in a state directory. */
export const WORLD_DIRECTORY = ".world";

/** Keeps the state of each stack in `<DIR>/<stack>.json`, and its part of the world in `<DIR>/.world/<stack>.json`. */
export class DirectoryStore implements Store {
  readonly inMemory = false;
  private crypters = new Map<string, Crypter>();

  /**
   * @param directory Made when something is written.
   * @param passphrase Encrypts secrets as Pulumi does; without one they are encrypted under a key of the directory.
   */
  constructor(
    private readonly directory: string,
    private readonly passphrase: string | undefined,
  ) {}

  read(stack: string): Deployment | undefined {
    const file = this.file(stack);
    const text = readIfThere(file);
    if (text === undefined) {
      return undefined;
    }
    try {
      return decodeDeployment(parse(text), (provider) => this.reader(provider));
    } catch (error) {
      if (error instanceof DamagedState) {
        throw new EngineError(
          `the state of stack ${stack} in ${file} is damaged: ${error.message}. ` +
            `Put a copy of it back, or remove ${file} and ${this.worldFile(stack)} and start over with \`${this.command(stack)}\``,
          { cause: error },
        );
      }
      throw error instanceof EngineError ? new EngineError(`${file}: ${error.message}`, { cause: error }) : error;
    }
  }

  pending(stack: string, is: boolean): void {
    if (is) {
      writeAtomically(this.pendingFile(stack), "");
    } else {
      fs.rmSync(this.pendingFile(stack), { force: true });
    }
  }

  wasInterrupted(stack: string): boolean {
    return fs.existsSync(this.pendingFile(stack));
  }

  private pendingFile(stack: string): string {
    return path.join(this.directory, `.${stack}.pending`);
  }

  locked<T>(stack: string, action: () => Promise<T>): Promise<T> {
    try {
      makeFolder(this.directory);
    } catch (error) {
      throw new EngineError(`the state folder ${this.directory} cannot be made: ${(error as Error).message}`, {
        cause: error,
      });
    }
    return withLock(path.join(this.directory, `.${stack}.lock`), `stack ${stack} in ${this.directory}`, action);
  }

  write(stack: string, deployment: Deployment): void {
    const crypter = this.writer(deployment.secrets_providers);
    this.save(this.file(stack), encodeDeployment(deployment, crypter));
    deployment.secrets_providers = crypter.provider();
  }

  world(): StandInWorld {
    const directory = path.join(this.directory, WORLD_DIRECTORY);
    const names = fs.existsSync(directory) ? fs.readdirSync(directory).filter(isVisibleJson).sort() : [];
    return new StandInWorld(names.flatMap((name) => readWorld(path.join(directory, name))));
  }

  writeWorld(world: StandInWorld): void {
    for (const stack of world.changedStacks()) {
      this.save(this.worldFile(stack), world.file(stack));
    }
    world.settle();
  }

  command(stack: string): string {
    return `cutover up --stack ${stack} --state ${this.directory}`;
  }

  private file(stack: string): string {
    return path.join(this.directory, `${stack}.json`);
  }

  private worldFile(stack: string): string {
    return path.join(this.directory, WORLD_DIRECTORY, `${stack}.json`);
  }

  private save(file: string, content: unknown): void {
    try {
      makeFolder(path.dirname(file));
      writeAtomically(file, `${JSON.stringify(content, undefined, 1)}\n`);
    } catch (error) {
      throw new EngineError(`cannot write ${file}: ${(error as Error).message}. What was there is unchanged`, {
        cause: error,
      });
    }
  }

  /** Secrets are written under the passphrase if there is one; an existing state keeps its salt. */
  private writer(provider: SecretsProvider | undefined): Crypter {
    return this.passphrase === undefined
      ? this.keyed()
      : this.withPassphrase(provider?.type === PASSPHRASE ? provider.state?.salt : undefined);
  }

  private reader(provider: SecretsProvider | undefined): Crypter {
    if (provider?.type === REHEARSAL_KEY) {
      return this.keyed();
    }
    if (provider?.type !== PASSPHRASE || provider.state?.salt === undefined) {
      throw new DamagedState(
        `its secrets are kept by ${JSON.stringify(provider?.type)}, which the rehearsal cannot open`,
      );
    }
    if (this.passphrase === undefined) {
      throw new EngineError(
        "its secrets are encrypted: set PULUMI_CONFIG_PASSPHRASE to the passphrase that it was written with",
      );
    }
    return this.withPassphrase(provider.state.salt);
  }

  private withPassphrase(salt: string | undefined): Crypter {
    return this.cached(`passphrase ${salt ?? ""}`, () => passphraseCrypter(this.passphrase ?? "", salt));
  }

  private keyed(): Crypter {
    return this.cached("key", () => keyCrypter(this.key()));
  }

  private cached(name: string, make: () => Crypter): Crypter {
    let crypter = this.crypters.get(name);
    if (!crypter) {
      this.crypters.set(name, (crypter = make()));
    }
    return crypter;
  }

  /** The key of the directory. The first process that needs it makes it; others take that one. */
  private key(): Buffer {
    const file = path.join(this.directory, KEY_FILE);
    if (!fs.existsSync(file)) {
      makeFolder(this.directory);
      const temporary = `${file}.${process.pid}.tmp`;
      writeAtomically(temporary, `${newKey().toString("base64")}\n`, 0o600);
      try {
        fs.linkSync(temporary, file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
          throw error;
        }
      } finally {
        fs.rmSync(temporary, { force: true });
      }
    }
    return Buffer.from(fs.readFileSync(file, "utf8").trim(), "base64");
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw new EngineError(`cannot read ${file}: ${(error as Error).message}`, { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DamagedState(`it is no JSON (${(error as Error).message})`);
  }
}

function readWorld(file: string): Thing[] {
  const text = readIfThere(file);
  try {
    const { version, things } = JSON.parse(text ?? "") as Partial<WorldFile>;
    if (version === 1 && Array.isArray(things)) {
      return things;
    }
  } catch {
    // said below, with the same words as for a file of another form
  }
  throw new EngineError(
    `the world in ${file} is damaged. Put a copy of it back, or remove the state directory and start over`,
  );
}

function isVisibleJson(name: string): boolean {
  return name.endsWith(".json") && !name.startsWith(".");
}
