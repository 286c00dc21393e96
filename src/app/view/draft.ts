import type { Field, Section } from "../../cli/index.js";

/** How this page writes the decimal mark of an amount. Files always have a point. */
export type DecimalMark = "point" | "comma";

/** What was typed into a form, by the path of the field in the file; texts stay as they were typed. */
export interface Draft {
  readonly texts: Map<string, string>;
  /** Answers to a trial's questions, by their key. */
  readonly answers: Map<string, string>;
  /** Why an answer was given, by the same key. */
  readonly reasons: Map<string, string>;
  /** How many entries a list has, by its path. */
  readonly entries: Map<string, number>;
  /** What an opened file holds and the form has no field for; written back unchanged. */
  readonly carried: Map<string, unknown>;
}

export const emptyDraft = (): Draft => ({
  texts: new Map(),
  answers: new Map(),
  reasons: new Map(),
  entries: new Map(),
  carried: new Map(),
});

type Tree = Record<string, unknown>;

/** A path with a star for each number of an entry. */
export const patternOf = (path: string): string => path.replace(/\.\d+(?=\.|$)/gu, ".*");

/** Whether a form asks for a field; one that holds something is shown in any case, for it stands in the file. */
export function isAsked({ texts }: Draft, { path, when }: Field): boolean {
  if (when === undefined || (texts.get(path) ?? "") !== "") return true;
  const other = texts.get(when.path) ?? "";
  return when.is === undefined ? other.trim() !== "" : when.is.includes(other);
}

/** The fields of a section with their own paths: of a list, those of each entry. */
export function fieldsOf(section: Section, draft: Draft): readonly (Field & { readonly entry?: number })[] {
  const { list, fields } = section;
  if (list === undefined) return fields;
  return Array.from({ length: draft.entries.get(list.path) ?? 0 }, (_, entry) =>
    fields.map((own) => ({ ...own, path: own.path.replace("*", String(entry)), entry })),
  ).flat();
}

const isNumeric = ({ kind }: Field): boolean => kind === "amount" || kind === "count";

/** A typed amount with the decimal mark of files. A text that the page's setting does not read stays as it is. */
export function withPoint(typed: string, field: Field, mark: DecimalMark): string {
  return mark === "comma" && isNumeric(field) && !typed.includes(".") ? typed.replace(",", ".") : typed;
}

/** Whether an amount is written with the mark that the page is not set to. */
export const hasOtherMark = (typed: string, field: Field, mark: DecimalMark): boolean =>
  isNumeric(field) && typed.includes(mark === "comma" ? "." : ",");

/** Amounts with the mark that the page is not set to: nothing is computed, and nothing saved, before they are written anew. */
export const markFaults = (draft: Draft, sections: readonly Section[], mark: DecimalMark): readonly string[] =>
  sections
    .flatMap((section) => fieldsOf(section, draft))
    .filter((own) => hasOtherMark(draft.texts.get(own.path) ?? "", own, mark))
    .map(({ path }) => path);

/** A number where one was typed; anything else stays text, which the command refuses at its place. */
const numberOf = (typed: string): number | string =>
  /^(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,9})?$/u.test(typed) ? Number(typed) : typed;

const partsOf = (typed: string): readonly string[] => typed.split(",").map((part) => part.trim());

function valueOf(typed: string, field: Field, mark: DecimalMark): unknown {
  switch (field.kind) {
    case "whole":
      return /^[0-9]+$/u.test(typed) ? numberOf(typed) : typed;
    case "number":
      return numberOf(typed);
    case "numbers":
      return partsOf(typed).map(numberOf);
    case "texts":
      return partsOf(typed);
    case "yes-no":
      return typed === "yes";
    case "amount":
    case "choice":
    case "count":
    case "date":
    case "text":
    case "time":
      return withPoint(typed, field, mark);
  }
}

function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [key = "", ...rest] = path;
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const next = (tree[key] ??= /^[0-9]+$/u.test(rest[0] ?? "") ? [] : {});
  put(next as Tree, rest, value);
}

type Said = readonly [path: readonly string[], value: unknown];

const HEAD: readonly string[] = ["trial", "part", "arm"];

const typedAt = ({ texts }: Draft, path: string): string => (texts.get(path) ?? "").trim();

function answersOf({ answers, reasons }: Draft): readonly Said[] {
  const given = [...answers].flatMap(([key, answer]): Said[] => {
    const value = answer.trim();
    const reason = (reasons.get(key) ?? "").trim();
    return value === "" ? [] : [[["assumptions", key], reason === "" ? value : { value, reason }]];
  });
  return given.length === 0 ? [] : [[["assumptions"], {}], ...given];
}

function saidIn(section: Section, draft: Draft, mark: DecimalMark): readonly Said[] {
  const { list, map } = section;
  const entries = list === undefined ? 0 : (draft.entries.get(list.path) ?? 0);
  const isAnyAsked = section.fields.some((own) => isAsked(draft, own));
  return [
    ...(map === undefined ? [] : [[map.split("."), {}] as const]),
    ...(list?.isNeeded === true && isAnyAsked ? [[list.path.split("."), []] as const] : []),
    // An entry without anything in it is still one that was asked for: the command says what it lacks.
    ...Array.from({ length: entries }, (_, entry): Said => [[...(list?.path.split(".") ?? []), String(entry)], {}]),
    ...fieldsOf(section, draft).flatMap((own): Said[] => {
      const typed = typedAt(draft, own.path);
      return typed === "" ? [] : [[own.path.split("."), valueOf(typed, own, mark)]];
    }),
  ];
}

/** What the form says, as the data of a file that the command reads. Empty fields are absent. */
export function toData(draft: Draft, sections: readonly Section[], mark: DecimalMark): Tree {
  const data: Tree = {};
  const said: readonly Said[] = [
    ...HEAD.map((key): Said => [[key], typedAt(draft, key)]).filter(([, typed]) => typed !== ""),
    ...answersOf(draft),
    ...sections.flatMap((section) => saidIn(section, draft, mark)),
    ...[...draft.carried].map(([path, value]): Said => [path.split("\n"), value]),
  ];
  for (const [path, value] of said) put(data, path, value);
  return data;
}

const textOf = (value: unknown, field: Field, mark: DecimalMark): string => {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.join(", ");
  const written = String(value);
  return mark === "comma" && isNumeric(field) ? written.replace(".", ",") : written;
};

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

/** The form as a file fills it. Nothing of the file is lost: what has no field is carried along. */
export function fromData(data: unknown, sections: readonly Section[], mark: DecimalMark): Draft {
  const draft = emptyDraft();
  const fields = new Map(
    sections.flatMap((section) => section.fields.map((own) => [patternOf(own.path), own] as const)),
  );
  const maps = new Set(sections.map(({ map }) => map));
  const lists = new Map(sections.flatMap(({ list }) => (list === undefined ? [] : [[list.path, list] as const])));
  const read = (value: unknown, path: readonly string[]): void => {
    const here = path.join(".");
    const pattern = patternOf(here);
    const own = fields.get(pattern);
    const isHead = HEAD.includes(here);
    if (isHead && typeof value === "string") draft.texts.set(here, value);
    else if (own !== undefined && fitsKind(value, own)) {
      draft.texts.set(here, textOf(value, own, mark));
    } else if (here === "assumptions" && isTree(value)) readAnswers(draft, value);
    else if (Array.isArray(value) && (value.length > 0 ? lists.has(here) : lists.get(here)?.isNeeded === true)) {
      draft.entries.set(here, value.length);
      value.forEach((entry: unknown, index) => {
        read(entry, [...path, String(index)]);
      });
    } else if (isTree(value) && !Array.isArray(value) && (hasFieldsBelow(pattern, fields, value) || maps.has(here))) {
      for (const [key, inner] of Object.entries(value)) read(inner, [...path, key]);
    } else draft.carried.set(path.join("\n"), value);
  };
  if (isTree(data)) for (const [key, value] of Object.entries(data)) read(value, [key]);
  return draft;
}

/** A number where the form writes text would come back as text, and the command would take it for right. */
function fitsKind(value: unknown, { kind }: Field): boolean {
  const isList = (type: string): boolean =>
    Array.isArray(value) && value.length > 0 && value.every((own) => typeof own === type && !String(own).includes(","));
  if (kind === "numbers" || kind === "texts") return isList(kind === "texts" ? "string" : "number");
  return typeof value === (kind === "whole" || kind === "number" ? "number" : kind === "yes-no" ? "boolean" : "string");
}

/** Whether the form has a place for what is in a map; an empty one says nothing that a form could show. */
const hasFieldsBelow = (pattern: string, fields: ReadonlyMap<string, Field>, map: Tree): boolean =>
  Object.keys(map).length > 0 && [...fields.keys()].some((path) => path.startsWith(`${pattern}.`));

function readAnswers(draft: Draft, assumptions: Tree): void {
  for (const [key, answer] of Object.entries(assumptions)) {
    const { value, reason } = isTree(answer) ? answer : { value: answer, reason: undefined };
    if (typeof value !== "string" || (reason !== undefined && typeof reason !== "string")) {
      draft.carried.set(`assumptions\n${key}`, answer);
      continue;
    }
    draft.answers.set(key, value);
    if (typeof reason === "string") draft.reasons.set(key, reason);
  }
}
