import { isSlip, NAMESPACE } from "./namespace";

/** One thing that is wrong with the config: all of them are reported at once. */
export interface Issue {
  /** Path of the value inside the namespace, e.g. `regions.us-east-1.share`; the full key of one in a namespace that is nearly it. */
  path: string;
  /** What is wrong, and what is allowed. */
  message: string;
  /** The value that was found; `undefined` when there was none. */
  value?: unknown;
  /** Whether the fix is to remove the value. Unknown keys always are removed. */
  remove?: boolean;
}

/** Writes a path the way `pulumi config set --path` takes it: dots, and brackets where a name needs them. */
export function joinPath(segments: readonly PropertyKey[]): string {
  let path = "";
  for (const segment of segments) {
    if (typeof segment === "number") {
      path += `[${segment}]`;
    } else if (/^[\w-]+$/.test(String(segment))) {
      path += path === "" ? String(segment) : `.${String(segment)}`;
    } else {
      path += `[${JSON.stringify(String(segment))}]`;
    }
  }
  return path;
}

/** The text of a config error: every issue with its path, its value, what is allowed and the command that fixes it. */
export function formatIssues(issues: readonly Issue[], stack: string): string {
  const lines = issues.map((issue) => {
    const path = isSlip(issue.path) ? issue.path : `${NAMESPACE}:${issue.path}`;
    const value = issue.value === undefined ? "nothing" : JSON.stringify(issue.value);
    const shown = value.length > 120 ? `${value.slice(0, 117)}...` : value;
    return [`  ${path}`, `    ${issue.message}; got ${shown}`, `    fix: ${fixCommand(issue, path, stack)}`].join("\n");
  });
  const count = issues.length === 1 ? "1 error" : `${issues.length} errors`;
  return `the config of stack ${stack} has ${count}:\n${lines.join("\n")}`;
}

function fixCommand(issue: Issue, path: string, stack: string): string {
  return issue.remove === true || issue.message.startsWith("unknown key")
    ? `pulumi config rm --stack ${stack} --path '${path}'`
    : `pulumi config set --stack ${stack} --path '${path}' <value>`;
}
