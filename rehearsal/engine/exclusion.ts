/** Whether a URN matches one of some patterns, as Pulumi reads them: `**` is anything, `*` anything without a colon. */
export function matcher(patterns: readonly string[]): (urn: string) => boolean {
  const expressions = patterns.map((pattern) => {
    const parts = pattern.split("**").map((part) => part.split("*").map(literal).join("[^:]*"));
    return new RegExp(`^${parts.join(".*")}$`);
  });
  return (urn) => expressions.some((expression) => expression.test(urn));
}

function literal(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}
