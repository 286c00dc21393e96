import { CALENDAR_CODES_ZH } from "./calendarCodes.js";
import type { ChineseCode } from "./chineseCode.js";
import { PAGE_CODES_ZH } from "./pageCodes.js";
import { QUANTITY_CODES_ZH } from "./quantityCodes.js";

const OF_TYPED: Readonly<Record<string, ChineseCode>> = {
  ...CALENDAR_CODES_ZH,
  ...PAGE_CODES_ZH,
  ...QUANTITY_CODES_ZH,
};

/** What a fault of a typed number, unit or date means and what to do, in Chinese; undefined for any other code, whose text a page has no room for. */
export const chineseOfTyped = (code: string): ChineseCode | undefined =>
  Object.hasOwn(OF_TYPED, code) ? OF_TYPED[code] : undefined;
