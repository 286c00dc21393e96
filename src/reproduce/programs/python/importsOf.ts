const MODULES = "argparse getpass hashlib hmac itertools json math os random re sys unicodedata".split(" ");

/** The imports of a program of these parts: of each module of the standard library that they name. */
export function importsOf(parts: readonly string[]): string {
  const body = parts.join("");
  const used = MODULES.filter((name) => new RegExp(`\\b${name}\\.[A-Za-z]`).test(body));
  const lines = used.map((name) => `import ${name}\n`);
  if (body.includes("Fraction(")) lines.push("from fractions import Fraction\n");
  return `\n${lines.join("")}`;
}
