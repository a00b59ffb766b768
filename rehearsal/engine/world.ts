import type { Thing, World } from "./cloud";

/** The things of one stack, as they are kept in `<DIR>/.world/<stack>.json`. */
export interface WorldFile {
  version: 1;
  things: Thing[];
}

/** The world in memory, with a memory of what changed: so that it can be saved, or taken back. */
export class StandInWorld implements World {
  private readonly byKey = new Map<string, Thing>();
  private readonly byType = new Map<string, Map<string, Thing>>();
  /** What stood at each key that changed since the last {@link settle}. */
  private readonly before = new Map<string, Thing | undefined>();

  /** @param things What exists already. */
  constructor(things: Iterable<Thing> = []) {
    for (const thing of things) {
      this.set(keyOf(thing.type, thing.id), thing);
    }
  }

  get(type: string, id: string): Thing | undefined {
    return this.byKey.get(keyOf(type, id));
  }

  put(thing: Thing): void {
    const key = keyOf(thing.type, thing.id);
    this.remember(key);
    this.set(key, thing);
  }

  remove(type: string, id: string): void {
    const key = keyOf(type, id);
    if (this.byKey.has(key)) {
      this.remember(key);
      this.unset(key);
    }
  }

  things(type?: string): Iterable<Thing> {
    return type === undefined ? this.byKey.values() : (this.byType.get(type)?.values() ?? []);
  }

  /** The stacks whose things changed since the last {@link settle}. */
  changedStacks(): Set<string> {
    const stacks = new Set<string>();
    for (const [key, old] of this.before) {
      for (const thing of [old, this.byKey.get(key)]) {
        if (thing) {
          stacks.add(thing.stack);
        }
      }
    }
    return stacks;
  }

  /** The things of one stack, for its file. */
  file(stack: string): WorldFile {
    return { version: 1, things: [...this.byKey.values()].filter((thing) => thing.stack === stack) };
  }

  /** What changed is saved: nothing can be taken back any more. */
  settle(): void {
    this.before.clear();
  }

  /** Takes back what changed since the last {@link settle}. */
  takeBack(): void {
    for (const [key, thing] of this.before) {
      if (thing) {
        this.set(key, thing);
      } else {
        this.unset(key);
      }
    }
    this.before.clear();
  }

  private remember(key: string): void {
    if (!this.before.has(key)) {
      this.before.set(key, this.byKey.get(key));
    }
  }

  private set(key: string, thing: Thing): void {
    this.byKey.set(key, thing);
    let same = this.byType.get(thing.type);
    if (!same) {
      this.byType.set(thing.type, (same = new Map<string, Thing>()));
    }
    same.set(key, thing);
  }

  private unset(key: string): void {
    const thing = this.byKey.get(key);
    this.byKey.delete(key);
    this.byType.get(thing?.type ?? "")?.delete(key);
  }
}

function keyOf(type: string, id: string): string {
  return `${type}\n${id}`;
}
