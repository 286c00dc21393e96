import { possibleOf, writtenOf, type FileFormat } from "./fileFormats.js";
import { FORMAT_EXAMPLES, MAY_BE_ZERO, rangeText } from "./formatExamples.js";
import { exampleAt, schemaFields, withDescriptions, type Schema, type SchemaField } from "./schemaFields.js";

/** Numbers beyond which JavaScript has no whole numbers are no limits of a field. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
/** The unit that a name ends in. */
const UNITS: readonly (readonly [end: RegExp, unit: string])[] = [
  [/PerKgPerMin$/, "/kg/min"],
  [/MlPerKgPerHour$/, "mL/kg/h"],
  [/MlPerMin$/, "mL/min"],
  [/MlPerHour$/, "mL/h"],
  [/GPerKg$/, "g/kg"],
  [/EuPerMl$/, "EU/mL"],
  [/PerMl$/, "/mL"],
  [/(?:Ml)$/, "mL"],
  [/(?:Kg|\.kg)$/, "kg"],
  [/Percent$/, "%"],
  [/M2$/, "m²"],
  [/Mm$/, "mm"],
  [/Minutes$/, "min"],
  [/Days$/, "days"],
  [/Years$/, "years"],
];

const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;
const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** How one form of a value is written, both ends of an interval included. */
function formText({ type, minimum, maximum, minLength, maxLength, pattern }: Schema): string {
  if (type === "boolean") return "true or false";
  if (type === "object") return "a map";
  if (type === "integer" || type === "number") {
    const what = type === "integer" ? "whole number" : "number";
    const low = minimum === undefined || minimum === -NO_LIMIT ? undefined : minimum;
    const high = maximum === undefined || maximum === NO_LIMIT ? undefined : maximum;
    if (low !== undefined && high !== undefined) return `${what}, ${low} to ${high}`;
    return low === undefined ? (high === undefined ? what : `${what}, at most ${high}`) : `${what}, at least ${low}`;
  }
  const length = maxLength === undefined ? "" : `, at most ${maxLength} characters`;
  const shape = pattern === undefined || pattern === "\\S" ? "" : `, of the form ${code(pattern)}`;
  return `text${minLength === undefined && pattern !== "\\S" ? "" : ", not empty"}${length}${shape}`;
}

/** How a form's field is written, with the ends of its interval where no table of possible values has them. */
function writtenWithEnds(format: FileFormat, path: string, forms: readonly Schema[]): string | undefined {
  const written = writtenOf(format.fieldOf(path));
  const whole = forms.find(({ type }) => type === "integer");
  if (written === "a whole number" && whole !== undefined) return formText(whole);
  const isBare = written === undefined && whole !== undefined && forms.some(({ type }) => type === "string");
  const isAmount = /^a decimal number in quotes$|^in quotes, such as "20E6"$/u.test(written ?? "") || isBare;
  if (!["order", "record"].includes(format.name) || !isAmount) return written;
  const ends = MAY_BE_ZERO.has(path) ? ", 0 or more" : ", above 0";
  const how = written?.startsWith("in quotes") === true ? written : "a decimal number in quotes, or a whole number";
  return `${how}${possibleOf(path).interval === undefined ? ends : ""}`;
}

/** Type, choices and interval of a field. */
function howWritten(format: FileFormat, { path, forms }: SchemaField): string {
  const choices = unique(
    forms.flatMap((form) => (form.const === undefined ? (form.enum ?? []) : [form.const])).map((own) => String(own)),
  );
  const others = forms.filter((form) => form.const === undefined && form.enum === undefined);
  const { interval } = possibleOf(path);
  const written =
    others.length === 0 ? undefined : (rangeText(format.name, path) ?? writtenWithEnds(format, path, others));
  return [
    ...choices.map(code),
    ...(written === undefined ? unique(others.map(formText)) : [written]),
    ...(interval === undefined ? [] : [`possible: ${interval}`]),
  ].join("; ");
}

const unitOf = (format: FileFormat, path: string): string =>
  [format.fieldOf(path)?.unit, possibleOf(path).unit, UNITS.find(([end]) => end.test(path))?.[1]].find(Boolean) ??
  "none";

/** Longest example that a cell has. */
const MOST_SIGNS = 60;

/** A value for a field: of a shipped example, or of our own, or the first choice; JSON. */
export function exampleOf(format: FileFormat, { path, forms }: SchemaField): string {
  const found = format.examples.map(([, data]) => exampleAt(data, path.split("."))).find((own) => own !== undefined);
  if (found !== undefined && found.length <= MOST_SIGNS) return found;
  const [choice] = forms.flatMap((form) => (form.const === undefined ? (form.enum ?? []) : [form.const]));
  const own = FORMAT_EXAMPLES[format.name]?.[path] ?? choice;
  if (own === undefined) throw new Error(`${format.name}: no example of ${path}`);
  return JSON.stringify(own);
}

/** The path whose text a path has: that of the field again elsewhere, or its own. */
function toldAt({ again = {}, textOf }: FileFormat, path: string): string {
  if (textOf(path) !== undefined) return path;
  const [start, own] = Object.entries(again).find(([begin]) => path.startsWith(begin)) ?? ["", ""];
  return own + path.slice(start.length);
}

export const textAt = (format: FileFormat, path: string): string | undefined => {
  const list = (own: string): string | undefined => format.textOf(own) ?? format.textOf(own.replace(/\.\*$/, ""));
  return list(path) ?? list(toldAt(format, path));
};

/** Fields that the page tells: not those of an order that stand again under another path. */
export const toldFields = (format: FileFormat): readonly SchemaField[] =>
  schemaFields(format.schema).filter(({ path }) => toldAt(format, path) === path);

/** The page of a format, field by field. */
export function formatPage(format: FileFormat): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rows = toldFields(format).map((field) => {
    const { path, forms, needed } = field;
    const [standard] = forms.flatMap((form) => (form.default === undefined ? [] : [JSON.stringify(form.default)]));
    return row([
      code(path),
      (textAt(format, path) ?? "").replaceAll("|", "\\|"),
      howWritten(format, field),
      unitOf(format, path),
      needed,
      standard === undefined ? "none" : code(standard),
      code(exampleOf(format, field)),
    ]);
  });
  const again = Object.entries(format.again ?? {}).map(
    ([start, own]) => `Under ${code(start.replace(/\.$/, ""))} stand fields as under ${code(own.replace(/\.$/, ""))}.`,
  );
  return [
    `# ${format.title}`,
    "",
    `${format.intro} For editors: [its JSON Schema](../schema/${format.name}.json).`,
    "",
    "A point leads into a map, `*` stands for each entry of a list or for a key of your own. Both ends of an interval are included. What is needed by kind is needed where the kind beside it has it. Examples are from the shipped examples and the built-in trials as far as these have the field, in JSON.",
    "",
    ...(again.length === 0 ? [] : [again.join(" "), ""]),
    row(["field", "what it is", "how it is written", "unit", "needed", "default", "example"]),
    row(Array<string>(7).fill("---")),
    ...rows,
    "",
  ].join("\n");
}

/** The whole-file JSON Schema for editors: an id, and a description at every field. */
export function formatSchema(format: FileFormat): object {
  const { $schema, ...described } = withDescriptions(format.schema, (path) => textAt(format, path)) as Schema & {
    readonly $schema?: string;
  };
  return {
    $schema: $schema ?? "https://json-schema.org/draft/2020-12/schema",
    $id: `urn:allocell:schema:${format.name}`,
    title: format.title,
    ...described,
  };
}
