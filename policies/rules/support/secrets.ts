/** Names of values that open something. */
const NAMES = /(^|[_.-])(pass(word|wd|phrase)?|secret|token|api[_-]?key|private[_-]?key|access[_-]?key|credentials?)$/i;
/** Names of values that only say where a secret is, or how it is handled. */
const POINTERS = /(arn|id|name|path|file|url|uri|ref|version|generation)s?$/i;
/** What tokens of well-known services look like, and private keys. */
const TOKENS =
  /^(AKIA|ASIA)[A-Z0-9]{16}$|^gh[pousr]_\w{36,}$|^xox[abpr]-|^sk_(live|test)_|^eyJ[\w-]+\.eyJ[\w-]+\.|-----BEGIN [A-Z ]*PRIVATE KEY-----|^v\d\.\d-[0-9a-f]{24}-/;

/** Whether a value looks like a secret, by its name or its form. */
export function looksSecret(name: string, value: string | undefined): boolean {
  if (value === undefined || value === "") {
    return false;
  }
  if (TOKENS.test(value)) {
    return true;
  }
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2");
  return (
    NAMES.test(words) && !POINTERS.test(words) && !value.startsWith("arn:") && !/^(true|false|\d{1,3})$/.test(value)
  );
}
