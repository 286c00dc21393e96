import { CALENDAR_CODES_ZH } from "./calendarCodes.js";
import type { ChineseCode } from "./chineseCode.js";
import { DOSE_CODES_ZH } from "./doseCodes.js";
import { INPUT_CODES_ZH } from "./inputCodes.js";
import { PAGE_CODES_ZH } from "./pageCodes.js";
import { QUANTITY_CODES_ZH } from "./quantityCodes.js";
import { REPORT_CODES_ZH } from "./reportCodes.js";
import { TRIAL_CODES_ZH } from "./trialCodes.js";

const CODES: Readonly<Record<string, ChineseCode>> = {
  ...CALENDAR_CODES_ZH,
  ...DOSE_CODES_ZH,
  ...INPUT_CODES_ZH,
  ...PAGE_CODES_ZH,
  ...QUANTITY_CODES_ZH,
  ...REPORT_CODES_ZH,
  ...TRIAL_CODES_ZH,
};

/** What a code means that the pharmacy meets, and what to do, in Chinese; undefined for any other code. */
export const chineseOfDosing = (code: string): ChineseCode | undefined =>
  Object.hasOwn(CODES, code) ? CODES[code] : undefined;
