/**
 * Amounts are text in a notation of `docs/dosing.md` ("72.4", "60×10^6"), in the unit that the field's name says.
 * A read order and every result hold plain decimal text.
 */
export type Amount = string;
