import * as z from "zod";
import { parseWith } from "../../foundation/index.js";
import {
  count,
  date,
  kilograms,
  positive,
  positiveOrZero,
  text,
  unitKind,
  whole,
} from "../preparation/fieldReaders.js";
import type { AdministrationRecord } from "./model.js";

const countOrZero = z.union([z.literal("0"), count]);

const recordSchema: z.ZodType<AdministrationRecord> = z.strictObject({
  number: whole,
  administeredOn: date,
  administeredBy: text,
  unitKind,
  planned: countOrZero,
  preparedAtInfusion: countOrZero,
  preparedMl: positive,
  infusedMl: positiveOrZero,
  weightKg: kilograms.exactOptional(),
  range: z.strictObject({ minimum: count.exactOptional(), maximum: count.exactOptional() }).exactOptional(),
  deviation: z.strictObject({ minorPercent: positive, majorPercent: positive, comparison: z.enum([">", ">="]) }),
  window: z.strictObject({ from: date, to: date }).exactOptional(),
  reason: text.exactOptional(),
});

/** @throws AllocellError `dose.record_invalid` for a shape or a number that cannot be read: nothing else is refused */
export function parseRecord(input: unknown): AdministrationRecord {
  return parseWith(recordSchema, input, "dose.record_invalid", "The record");
}
