import * as z from "zod/mini";
import { fail, parseWith } from "../../foundation/index.js";
import { isCalendarDate } from "../../calendar/index.js";
import { isDonationNumber } from "../label/checkCharacter.js";
import type { LabelSize } from "../label/labelSize.js";

/** What a compounding record says of an ingredient. */
export interface DiluentDetails {
  readonly name: string;
  readonly lot?: string;
  /** `YYYY-MM-DD`, the last day on which it may be used. */
  readonly expiresOn?: string;
  readonly maker?: string;
}

/** How the product came to the pharmacy and was kept until it was thawed. */
export interface ReceiptDetails {
  readonly maker?: string;
  /** `YYYY-MM-DD`. */
  readonly receivedOn?: string;
  /** Such as "vapour of liquid nitrogen, tank 3". */
  readonly storedIn?: string;
  /** Donation identification number of the cells with its check character. On the worksheet only: a placebo has none. */
  readonly donationNumber?: string;
}

/** What documents say beside a preparation. Texts are printed as they stand. */
export interface DocumentDetails {
  /** The same in every arm. */
  readonly route: string;
  /** The same in every arm. */
  readonly storage: string;
  /** Local time `YYYY-MM-DDTHH:MM`; needed where the order has no clock, and refused where the clock says another. */
  readonly expiresAt?: string;
  /** The latest start, in the same form and under the same rule. */
  readonly startBy?: string;
  /** What of it is absent has a line to be written on. */
  readonly diluent?: DiluentDetails;
  /** What of it is absent has a line to be written on; a placebo has none. */
  readonly receipt?: ReceiptDetails;
  readonly comments?: string;
  /** Of the label of the bag. */
  readonly label?: LabelSize;
}

const text = z.string("must be text").check(z.regex(/\S/u, "must not be empty"));

const day = z.string().check(z.refine(isCalendarDate, "must be a date that exists, such as 2027-08-31"));
const LOCAL_TIME = /^(?<day>\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d$/;

const localTime = z
  .string()
  .check(
    z.refine(
      (time) => isCalendarDate(LOCAL_TIME.exec(time)?.groups?.["day"] ?? ""),
      "must be a local time such as 2026-02-27T12:00",
    ),
  );

export const documentDetailsSchema: z.ZodMiniType<DocumentDetails> = z.strictObject({
  route: text,
  storage: text,
  expiresAt: z.exactOptional(localTime),
  startBy: z.exactOptional(localTime),
  diluent: z.exactOptional(
    z.strictObject({
      name: text,
      lot: z.exactOptional(text),
      expiresOn: z.exactOptional(day),
      maker: z.exactOptional(text),
    }),
  ),
  receipt: z.exactOptional(
    z.strictObject({
      maker: z.exactOptional(text),
      receivedOn: z.exactOptional(day),
      storedIn: z.exactOptional(text),
      donationNumber: z.exactOptional(
        z
          .string("must be text")
          .check(z.refine(isDonationNumber, "must be 13 letters and digits and the check character that is theirs")),
      ),
    }),
  ),
  comments: z.exactOptional(text),
  label: z.exactOptional(
    z.strictObject({
      widthMm: z.exactOptional(z.int("must be a whole number").check(z.minimum(50), z.maximum(210))),
      heightMm: z.exactOptional(z.int("must be a whole number").check(z.minimum(30), z.maximum(297))),
      copies: z.exactOptional(z.int("must be a whole number").check(z.minimum(1), z.maximum(100))),
      printerDpi: z.exactOptional(z.union([z.literal(203), z.literal(300)])),
    }),
  ),
});

/**
 * Reads what documents state beside the order, such as route, storage and diluent, from untrusted input.
 *
 * @throws AllocellError `report.details_invalid` with one issue a fault
 */
export function parseDocumentDetails(input: unknown): DocumentDetails {
  return parseWith(documentDetailsSchema, input, "report.details_invalid", "The details of the document");
}

/**
 * Holds that diluent and product are in date: the diluent until the day of preparation, the product received by then.
 *
 * @param preparedOn - day of preparation, YYYY-MM-DD; it counts as in date itself
 * @throws AllocellError `report.diluent_expired` for a diluent that is out of date on the day of preparation;
 *   `report.received_later` for a product that is received after that day
 */
export function requireDetailsInDate({ diluent, receipt }: DocumentDetails, preparedOn: string): void {
  if (receipt?.receivedOn !== undefined && receipt.receivedOn > preparedOn) {
    const message = `The product is received on ${receipt.receivedOn}, after the preparation of ${preparedOn}.`;
    fail("report.received_later", "receipt.receivedOn", message, {
      expected: `${preparedOn} or earlier`,
      received: receipt.receivedOn,
    });
  }
  if (diluent?.expiresOn === undefined || diluent.expiresOn >= preparedOn) return;
  fail(
    "report.diluent_expired",
    "diluent.expiresOn",
    `The diluent, ${diluent.name}, expired on ${diluent.expiresOn}, before the preparation of ${preparedOn}.`,
    { expected: `${preparedOn} or later`, received: diluent.expiresOn, parameters: { name: diluent.name } },
  );
}
