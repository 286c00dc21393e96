const WIDTH = 100;

/** A text as a Python literal; what cannot be seen, and so could mislead a reader, is escaped. */
export function pythonText(text: string): string {
  return JSON.stringify(text).replace(/(?! )[\p{C}\p{Z}\p{M}]/gu, (character) => {
    const code = character.codePointAt(0) as number;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** Plain data as a Python literal: the outermost map one entry a line, and what does not fit a line likewise. */
export function pythonLiteral(value: unknown, indent = 0): string {
  const inline = literal(value, ", ", (item) => literalOnOneLine(item));
  if (indent > 0 && indent + inline.length <= WIDTH) return inline;
  const inner = " ".repeat(indent + 4);
  return literal(value, `,\n${inner}`, (item) => pythonLiteral(item, indent + 4), [
    `\n${inner}`,
    `,\n${" ".repeat(indent)}`,
  ]);
}

const literalOnOneLine = (value: unknown): string => literal(value, ", ", literalOnOneLine);

function literal(
  value: unknown,
  separator: string,
  each: (item: unknown) => string,
  [before, after]: readonly [string, string] = ["", ""],
): string {
  if (typeof value === "string") return pythonText(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object" || value === null) return String(value);
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((item: unknown) => each(item))
    : Object.entries(value).map(([key, item]) => `${pythonText(key)}: ${each(item)}`);
  const inside = entries.length === 0 ? "" : before + entries.join(separator) + after;
  return isList ? `[${inside}]` : `{${inside}}`;
}
