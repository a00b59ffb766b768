/** What is known of the types of each cloud: data in `rehearsal/clouds/facts/<package>.json`, loaded when first needed. */
import * as fs from "node:fs";
import * as path from "node:path";

import type { ReplacementRules } from "../../pulumi/diff";
import { containsPath, parsePath, type PropertyPath } from "../../pulumi/propertyPath";
import { packageOf } from "../../pulumi/urn";

/** What the engine needs to know of a type. */
export interface TypeFacts extends ReplacementRules {
  /** Paths of outputs that are secret. */
  secrets: readonly PropertyPath[];
  /** Whether a replacement deletes before it creates, unless the program says otherwise. */
  deleteBeforeReplace: boolean;
}

interface Entry {
  replaceOn?: string[];
  secrets?: string[];
  deleteBeforeReplace?: boolean;
}

interface FactsFile {
  types: Record<string, Entry | undefined>;
  /** What holds for every type that is not listed: custom resources of Kubernetes. */
  anyOther?: Entry;
}

const NOTHING: TypeFacts = { replaceOn: [], replaceOnBlocks: [], secrets: [], deleteBeforeReplace: false };

/** Facts by type. */
export class Facts {
  private readonly files = new Map<string, FactsFile>();
  private readonly byType = new Map<string, TypeFacts>();

  /** @param directory Where the files are. */
  constructor(private readonly directory: string) {}

  /** What is known of a type; nothing is known of one that has no facts. */
  of(type: string): TypeFacts {
    let facts = this.byType.get(type);
    if (!facts) {
      facts = this.read(type);
      this.byType.set(type, facts);
    }
    return facts;
  }

  private read(type: string): TypeFacts {
    const isProvider = type.startsWith("pulumi:providers:");
    const file = this.file(isProvider ? type.slice(17) : packageOf(type));
    const found = file.types[type] ?? (isProvider ? undefined : file.anyOther);
    if (found === undefined) {
      return NOTHING;
    }
    const paths = (found.replaceOn ?? []).map(wildcardPath);
    const isBlock = (path: PropertyPath) =>
      paths.some((other) => other.length > path.length && containsPath(path, other));
    return {
      replaceOn: paths.filter((path) => !isBlock(path)),
      replaceOnBlocks: paths.filter(isBlock),
      secrets: (found.secrets ?? []).map(wildcardPath),
      deleteBeforeReplace: found.deleteBeforeReplace ?? false,
    };
  }

  private file(packageName: string): FactsFile {
    let file = this.files.get(packageName);
    if (!file) {
      const name = path.join(this.directory, `${packageName}.json`);
      file = fs.existsSync(name) ? (JSON.parse(fs.readFileSync(name, "utf8")) as FactsFile) : { types: {} };
      this.files.set(packageName, file);
    }
    return file;
  }
}

/** Facts write `rules[].ports`; a path of Pulumi writes `rules[*].ports`. */
function wildcardPath(text: string): PropertyPath {
  return parsePath(text.replaceAll("[]", "[*]"));
}
