/**
 * The bearer token that an environment variable holds.
 *
 * @throws Error that names the variable, never its value.
 */
export function bearer(
  name: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (name === undefined) {
    return undefined;
  }
  const token = env[name]?.trim() ?? "";
  if (token === "") {
    throw new Error(`the environment variable ${name} holds its token, and is not set`);
  }
  // A header that is refused is quoted in the refusal.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new Error(`the environment variable ${name} holds characters that no token has`);
  }
  return token;
}
