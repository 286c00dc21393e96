import type { AuditedFile } from "./subject.js";

/** Fields that a blinded file may have (list, manifest, dose record, conduct), beside the plan's factors. */
const ALLOWED: readonly string[] = [
  ...["format", "status", "trial", "part", "list", "rows", "stratum", "strata", "sequence", "number", "numbers"],
  ...["prefix", "digits", "factor", "factors", "levels", "allocell", "assumptions", "files", "file", "sha256", "role"],
  ...["participant", "participants", "subject", "kit", "kits", "code", "visit", "site", "expiry", "storage", "route"],
  ...["finalvolumeml", "ratemlpermin", "minutes", "studyday", "date", "day", "administration", "administrations"],
  ...[
    "world",
    "batch",
    "events",
    "head",
    "how",
    "truestratum",
    "replaces",
    "replacedby",
    "withdrawn",
    "ineligible",
    "codebroken",
    "binding",
    "bindings",
    "extends",
    // A list that another system made: where it comes from, and the numbers that it came with.
    "origin",
    "given",
    // The statement of a signature.
    "name",
    "meaning",
    "at",
    // Commitments and envelopes: what is in them is a hash or encrypted.
    "commitment",
    "root",
    "envelopes",
    "salt",
    "sealed",
  ],
];

/** Fields that tell a treatment or help to predict one, by the letters of their name. */
const FORBIDDEN =
  /^(arm|arms|armcd|actarm|treatment|treatments|treatmentarm|assignedarm|allocation|allocatedarm|group|ratio|ratios|block|blocks|blockid|blocksize|blocksizes|sizes|weights|position|positioninblock|seed|seedmark|opening|state|streamstate|procedure|plan|planhash|algorithm|dose|doses|doselevel|cells|cellsperkg|targetcells|concentration|viability|capped|capapplied|vials|vialcount|drawvolumeml|diluentvolumeml|lot|balance|counts|remaining|left|imbalance)$/;

/** A name's letters alone: `block_size` and `blockSize` are one. */
export const letters = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

export type FieldClass = "allowed" | "forbidden" | "unknown";

export function classOf(field: string, alsoAllowed: readonly string[]): FieldClass {
  const name = letters(field);
  // The factors of the plan may have any name.
  if (alsoAllowed.some((other) => letters(other) === name)) return "allowed";
  if (FORBIDDEN.test(name)) return "forbidden";
  return ALLOWED.includes(name) ? "allowed" : "unknown";
}

/** The cells of a CSV text, RFC 4180 with any line end. */
export function csvCells(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.replace(/^\uFEFF/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/g)) {
    const [whole, quoted, plain = "", end = ""] = match;
    if (whole === "" && row.length === 0) break;
    row.push(quoted === undefined ? plain : quoted.replace(/""/g, '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

export const isCsv = ({ name }: AuditedFile): boolean => /\.csv$/i.test(name);
export const isJson = ({ name }: AuditedFile): boolean => /\.json$/i.test(name);

/** The names of all fields of a CSV or JSON file, each once; undefined for other files or unreadable ones. */
export function fieldsOf(file: AuditedFile): readonly string[] | undefined {
  if (isCsv(file)) return [...new Set(csvCells(file.text)[0] ?? [])];
  if (!isJson(file)) return undefined;
  try {
    const names = new Set<string>();
    const visit = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (!Array.isArray(value)) names.add(key);
        visit(inner);
      }
    };
    visit(JSON.parse(file.text));
    return [...names];
  } catch {
    return undefined;
  }
}
