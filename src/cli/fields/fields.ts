import type { Language } from "../../report/index.js";

type Text = Readonly<Record<Language, string>>;

/**
 * How a field is typed and read. All stay text, as in an order file, but `whole` and `number`, `yes-no`, and the lists
 * `numbers` and `texts`, which are typed with commas.
 */
export type FieldKind =
  "text" | "amount" | "count" | "date" | "time" | "whole" | "number" | "numbers" | "texts" | "yes-no" | "choice";

/** A field of a form, by its path in the file that the command reads; `*` stands for the number of a list's entry. */
export interface Field {
  readonly path: string;
  readonly kind: FieldKind;
  readonly label: Text;
  /** Printed beside the field. */
  readonly unit?: string;
  /** Of a choice. */
  readonly choices?: readonly string[];
  /** Asked for only where another field has one of these values, or any value; shown too where something stands in it. */
  readonly when?: { readonly path: string; readonly is?: readonly string[] };
  /** Seldom needed: shown under "Further fields". */
  readonly isFurther?: true;
}

/** Fields that belong together, in the order in which a person works. */
export interface Section {
  readonly id: string;
  readonly title: Text;
  readonly fields: readonly Field[];
  /** Path of a map that the file has even where nothing is in it. */
  readonly map?: string;
  /** Path of a list: the fields are those of each entry. */
  readonly list?: {
    readonly path: string;
    readonly one: Text;
    readonly add: Text;
    /** The file has the list even where nothing is in it, wherever its fields are asked for. */
    readonly isNeeded?: true;
  };
}

type Options = Pick<Field, "unit" | "choices" | "when" | "isFurther">;

/** One field; English and Chinese label beside each other. */
export const field = (path: string, kind: FieldKind, en: string, zh: string, options: Options = {}): Field => ({
  path,
  kind,
  label: { en, zh },
  ...options,
});

/** As {@link field}, seldom needed. */
export const further = (path: string, kind: FieldKind, en: string, zh: string, options: Options = {}): Field =>
  field(path, kind, en, zh, { ...options, isFurther: true });
