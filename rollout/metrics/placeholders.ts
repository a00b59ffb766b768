/** What stands in queries for what differs from reading to reading. */
export const PLACEHOLDERS = ["color", "region", "window"] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** A query with its placeholders filled in. */
export function filled(query: string, values: Readonly<Record<Placeholder, string>>): string {
  return query.replaceAll(/\$(color|region|window)\b/g, (_, name: Placeholder) => values[name]);
}

/** Names after a $ that are no placeholder: `$colour` would be asked as it stands, and nothing has that label. */
export function unknownPlaceholders(query: string): string[] {
  return [...query.matchAll(/\$\{?([A-Za-z_]\w*)/g)]
    .filter(([text, name]) => text.startsWith("${") || !(PLACEHOLDERS as readonly string[]).includes(name!))
    .map(([text]) => text);
}
