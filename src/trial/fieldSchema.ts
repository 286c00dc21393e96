import * as z from "zod/mini";
import { AllocellError, noDeviceName } from "../foundation/index.js";
import { parseCountText, UNIT_KINDS, type UnitKind } from "../quantity/index.js";
import { isCalendarDate } from "../calendar/index.js";
import { isPartialDate } from "./partialDate.js";

const NUMBER_FOR_TEXT = 'must be text: put it in quotes, for example "1E6"';

function textError(issue: { readonly input?: unknown }): string {
  if (issue.input === undefined) return "is missing";
  return typeof issue.input === "number" || typeof issue.input === "bigint" ? NUMBER_FOR_TEXT : "must be text";
}

const string = z.string({ error: textError });

/** Text with at least one visible character. */
export const textField: z.ZodMiniType<string> = string.check(z.regex(/\S/, "must not be empty"));

const idForm = z.regex(/^[A-Za-z][A-Za-z0-9-]*$/, "must be a letter followed by letters, digits or hyphens");

/** An id that every file format, spreadsheet and path can carry: a letter, then letters, digits or hyphens. */
export const idField: z.ZodMiniType<string> = string.check(
  z.maxLength(40, "must have at most 40 characters"),
  idForm,
  noDeviceName,
);

/** An arm's id, short enough for a column: as {@link idField}, at most 20 characters. */
export const armIdField: z.ZodMiniType<string> = string.check(
  z.maxLength(20, "must have at most 20 characters"),
  idForm,
);

/**
 * A positive decimal in a notation that a protocol uses; the result is plain ("1E6" becomes "1000000").
 *
 * It has to be text: a YAML or JSON number has been through floating point before anybody here could look at it.
 */
export const decimalField: z.ZodMiniType<string> = z.pipe(
  string,
  z.transform((text, context) => {
    try {
      // As a count of cells is read: a bare "106" is refused here too, because it is usually a 10^6 that lost its superscript.
      return parseCountText(`${text} cells`, "").amount;
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      const { expected, message } = error.issues[0];
      context.issues.push({
        code: "custom",
        message: `must be ${expected ?? `a positive number: ${message}`}`,
        input: text,
      });
      return z.NEVER;
    }
  }),
);

/** A day that exists, `YYYY-MM-DD`. */
export const dateField: z.ZodMiniType<string> = string.check(
  z.refine(isCalendarDate, {
    error: "must be a day of the calendar, written YYYY-MM-DD",
  }),
);

/** A day or a month that exists, `YYYY-MM-DD` or `YYYY-MM`. */
export const partialDateField: z.ZodMiniType<string> = string.check(
  z.refine(isPartialDate, {
    error: "must be a day or a month of the calendar, written YYYY-MM-DD or YYYY-MM",
  }),
);

/** A whole number >= 1. */
export const countField: z.ZodMiniType<number> = z
  .int({ error: "must be a whole number" })
  .check(z.minimum(1, "must be a whole number of at least 1"));

export const unitKindField: z.ZodMiniType<UnitKind> = z.enum(Object.keys(UNIT_KINDS) as [UnitKind, ...UnitKind[]], {
  error: `must be one of ${Object.keys(UNIT_KINDS).join(", ")}`,
});
