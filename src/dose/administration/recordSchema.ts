import * as z from "zod/mini";
import { AllocellError, parseWith } from "../../foundation/index.js";
import { decimalsAsText, parseCountText, parseDecimalOrZero, requireDecimal } from "../../quantity/index.js";
import { date, localTime, positive, reading, text, unitKind, whole } from "../preparation/fieldReaders.js";
import type { AdministrationRecord } from "./model.js";

const PLAIN = /^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/u;
/** A preparation writes 40 significant digits; 200 characters hold any of its numbers. */
const LONGEST = 200;

const isPlain = (value: string): boolean => value.length <= LONGEST && PLAIN.test(value);
const canonical = (value: string): string => requireDecimal(value, "");

/**
 * A measured number as it happened: plain decimal text of any length, as measured or as computed before ("23.105" mL,
 * 40 digits of a formula's weight, "0.00"), or another notation.
 */
const measured = reading((value) => (isPlain(value) ? canonical(value) : parseDecimalOrZero(value, "")));

/** A number of cells: 0, what a preparation computed, however many digits it has, or a notation as in an order. */
const cells = reading((value) => {
  try {
    return parseCountText(`${value} cells`, "").amount;
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    if (error.code === "quantity.zero") return "0";
    if (error.code === "quantity.too_many_digits" && isPlain(value)) return canonical(value);
    throw error;
  }
});

const aboveZero = (value: string): boolean => value !== "0";

export const recordSchema: z.ZodMiniType<AdministrationRecord> = z.strictObject({
  number: whole,
  component: z.exactOptional(text),
  subject: z.exactOptional(text),
  kit: z.exactOptional(text),
  plannedFor: z.exactOptional(z.strictObject({ subject: z.exactOptional(text), kit: z.exactOptional(text) })),
  administeredOn: date,
  administeredBy: text,
  startedAt: z.exactOptional(localTime),
  endedAt: z.exactOptional(localTime),
  preparedOn: z.exactOptional(date),
  expiresAt: z.exactOptional(localTime),
  startBy: z.exactOptional(localTime),
  startFrom: z.exactOptional(localTime),
  unitKind,
  planned: cells,
  preparedAtInfusion: cells,
  preparedMl: measured.check(z.refine(aboveZero, "must be above zero: a share of nothing was infused")),
  infusedMl: measured,
  weightKg: z.exactOptional(measured.check(z.refine(aboveZero, "must be above zero"))),
  ageYears: z.exactOptional(z.strictObject({ minimum: z.exactOptional(measured), maximum: z.exactOptional(measured) })),
  range: z.exactOptional(z.strictObject({ minimum: z.exactOptional(cells), maximum: z.exactOptional(cells) })),
  deviation: z.exactOptional(
    z.strictObject({ minorPercent: positive, majorPercent: positive, comparison: z.enum([">", ">="]) }),
  ),
  window: z.exactOptional(z.strictObject({ from: date, to: date })),
  reason: z.exactOptional(text),
});

/** @throws AllocellError `dose.record_invalid` for a shape or a number that cannot be read: nothing else is refused */
export function parseRecord(input: unknown): AdministrationRecord {
  return parseWith(recordSchema, decimalsAsText(input), "dose.record_invalid", "The record");
}
