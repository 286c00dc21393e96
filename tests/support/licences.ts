/** Licences under which others' programs may be installed with the package or bundled into it, by their SPDX ids. */
const ALLOWED: ReadonlySet<string> = new Set([
  ...["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "Unlicense"],
]);

/** Whether a licence allows it: of `A OR B` one must be allowed, of `A AND B` both; a text that is no expression is not. */
export function isAllowedLicence(expression: string): boolean {
  const ids = expression.replace(/^\((.*)\)$/u, "$1");
  if (/[()]/u.test(ids)) return false;
  return ids.split(" OR ").some((choice) => choice.split(" AND ").every((id) => ALLOWED.has(id)));
}
