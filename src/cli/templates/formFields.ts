import type { Field, FieldKind, Section } from "../fields/fields.js";
import { TO_STATE } from "../dataFile.js";
import type { TemplateField } from "./template.js";

/** How a value is written. */
/** How a field of a kind is written. */
export const WRITTEN: Readonly<Partial<Record<FieldKind, string>>> = {
  amount: "a decimal number in quotes",
  count: 'in quotes, such as "20E6"',
  date: 'in quotes, such as "2026-03-19"',
  time: 'in quotes, such as "2026-03-19T09:30"',
  whole: "a whole number",
  number: "a number",
  numbers: "numbers with commas",
  texts: "texts in quotes, with commas",
  "yes-no": "true or false",
};

export interface FormTemplate {
  /** Paths that must be stated, in the order of the sections, and what stands there. */
  readonly stated: Readonly<Record<string, unknown>>;
  /** Of each section, by its id: where its values are found. */
  readonly sources: Readonly<Record<string, string>>;
  /** Fields that the file cannot have. */
  readonly without?: (field: Field) => boolean;
}

/** The fields of a form as fields of a template; those that need not be stated are comments. */
export function formFields(
  sections: readonly Section[],
  { stated, sources, without = () => false }: FormTemplate,
): readonly TemplateField[] {
  return sections.flatMap(({ id, title, fields, map }) => [
    ...(map === undefined ? [] : [{ path: map.split("."), value: {} }]),
    ...fields
      .filter((field) => !without(field))
      .map((field, i): TemplateField => {
        const { path, kind } = field;
        const value = stated[path] ?? TO_STATE;
        const isList = kind === "numbers" || kind === "texts";
        return {
          path: path.split(".").map((key) => (key === "*" ? 0 : key)),
          value: isList && value === TO_STATE ? [TO_STATE] : value,
          ...(path in stated ? {} : { isOptional: true }),
          comment: commentOf(field),
          ...(i === 0 ? { head: `${title.en}. Source: ${sources[id] ?? ""}.` } : {}),
        };
      }),
  ]);
}

function commentOf({ label, unit, kind, choices, when }: Field): string {
  const written = choices === undefined ? WRITTEN[kind] : choices.join(" | ");
  return [
    `${label.en}${unit === undefined ? "" : `, ${unit}`}`,
    ...(written === undefined ? [] : [written]),
    ...(when === undefined
      ? []
      : [`where ${when.path.split(".").slice(-2).join(".")} is ${(when.is ?? ["stated"]).join(" or ")}`]),
  ].join("; ");
}
