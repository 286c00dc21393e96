const WIDTH = 100;

/** A text as an R literal in ASCII; what no text can be (half a character, a zero byte) is shown as U+FFFD. */
export function rText(text: string): string {
  const body = text.replace(/[^ !#-[\]-~]/gu, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    const code = character.codePointAt(0) as number;
    if (code === 0 || (code >= 0xd800 && code < 0xe000)) return "\\ufffd";
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return `"${body}"`;
}

/**
 * Plain data as an R literal: lists of texts or numbers as vectors, other lists and maps as lists; on one line if it is
 * short, else one entry a line.
 */
export function rLiteral(value: unknown, indent = 0): string {
  if (typeof value === "string") return rText(value);
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value !== "object" || value === null) return String(value);
  const isList = Array.isArray(value);
  const isVector = isList && value.length > 0 && value.every((item) => typeof item !== "object");
  const entries = isList
    ? value.map((item: unknown) => ["", item] as const)
    : Object.entries(value).map(([key, item]) => [`${key} = `, item] as const);
  const open = isVector ? "c(" : "list(";
  const inline = `${open}${entries.map(([key, item]) => key + rLiteral(item, 1)).join(", ")})`;
  // The outermost map is always laid out, so that the plan reads like a plan.
  if (entries.length === 0 || (indent > 0 && !inline.includes("\n") && indent + inline.length <= WIDTH)) return inline;
  const inner = indent + 2;
  const lines = entries.map(([key, item]) => `${" ".repeat(inner)}${key}${rLiteral(item, inner)}`);
  return `${open}\n${lines.join(",\n")}\n${" ".repeat(indent)})`;
}
