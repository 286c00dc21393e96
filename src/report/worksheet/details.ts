import * as z from "zod";
import { parseWith } from "../../foundation/index.js";

/** What documents say beside a preparation. Texts are printed as they stand. */
export interface DocumentDetails {
  /** The same in every arm. */
  readonly route: string;
  /** The same in every arm. */
  readonly storage: string;
  /** Local time `YYYY-MM-DDTHH:MM`; needed where the order has no clock, and refused where the clock says another. */
  readonly expiresAt?: string;
  /** Absent: a place to write it. */
  readonly diluent?: { readonly name: string; readonly lot?: string };
  readonly comments?: string;
}

const text = z.string("must be text").regex(/\S/u, "must not be empty");

const schema: z.ZodType<DocumentDetails> = z.strictObject({
  route: text,
  storage: text,
  expiresAt: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, "must be a local time such as 2026-02-27T12:00")
    .exactOptional(),
  diluent: z.strictObject({ name: text, lot: text.exactOptional() }).exactOptional(),
  comments: text.exactOptional(),
});

/** @throws AllocellError `report.details_invalid` */
export function parseDocumentDetails(input: unknown): DocumentDetails {
  return parseWith(schema, input, "report.details_invalid", "The details of the document");
}
