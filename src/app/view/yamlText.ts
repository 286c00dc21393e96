/** Data as YAML: maps and lists by indentation, every text in double quotes, so that none is taken for something else. */
export function yamlText(data: Readonly<Record<string, unknown>>): string {
  return mapLines(data, "").join("");
}

const PLAIN_KEY = /^[A-Za-z][A-Za-z0-9._-]*$/u;
const keyText = (key: string): string => (PLAIN_KEY.test(key) ? key : JSON.stringify(key));

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

function mapLines(map: Readonly<Record<string, unknown>>, indent: string): readonly string[] {
  return Object.entries(map).flatMap(([key, value]) => valueLines(`${indent}${keyText(key)}:`, value, `${indent}  `));
}

function valueLines(head: string, value: unknown, indent: string): readonly string[] {
  if (typeof value !== "object" || value === null || isEmpty(value)) return [`${head} ${JSON.stringify(value)}\n`];
  if (!Array.isArray(value)) return [`${head}\n`, ...mapLines(value as Record<string, unknown>, indent)];
  return [`${head}\n`, ...value.flatMap((entry: unknown) => entryLines(entry, indent))];
}

function entryLines(entry: unknown, indent: string): readonly string[] {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry) || isEmpty(entry)) {
    return [`${indent}- ${JSON.stringify(entry)}\n`];
  }
  const lines = mapLines(entry as Record<string, unknown>, `${indent}  `);
  return [`${indent}- ${(lines[0] ?? "").trimStart()}`, ...lines.slice(1)];
}
