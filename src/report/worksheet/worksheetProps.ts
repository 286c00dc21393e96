import type { Preparation } from "../../dose/index.js";
import type { Language } from "../texts/language.js";
import type { DocumentDetails } from "./details.js";

/** What every part of a worksheet is made from. */
export interface WorksheetProps {
  readonly preparation: Preparation;
  readonly details: DocumentDetails;
  readonly language: Language;
}

/** What there is of some parts, in one line. */
export const joined = (parts: readonly (string | undefined)[], between = ", "): string =>
  parts.filter((part) => part !== undefined && part !== "").join(between);
