import { ASSESSMENT_CODES_ZH } from "./assessmentCodes.js";
import { CALENDAR_CODES_ZH } from "./calendarCodes.js";
import type { ChineseCode } from "./chineseCode.js";
import { CLI_CODES_ZH } from "./cliCodes.js";
import { EXCHANGE_CODES_ZH } from "./exchangeCodes.js";
import { INPUT_CODES_ZH } from "./inputCodes.js";
import { LIST_CODES_ZH } from "./listCodes.js";
import { PAGE_CODES_ZH } from "./pageCodes.js";
import { PROCEDURE_CODES_ZH } from "./procedureCodes.js";
import { QUANTITY_CODES_ZH } from "./quantityCodes.js";
import { RANDOM_CODES_ZH } from "./randomCodes.js";
import { TRIAL_CODES_ZH } from "./trialCodes.js";

const CODES: Readonly<Record<string, ChineseCode>> = {
  ...ASSESSMENT_CODES_ZH,
  ...CALENDAR_CODES_ZH,
  ...CLI_CODES_ZH,
  ...EXCHANGE_CODES_ZH,
  ...INPUT_CODES_ZH,
  ...LIST_CODES_ZH,
  ...PAGE_CODES_ZH,
  ...PROCEDURE_CODES_ZH,
  ...QUANTITY_CODES_ZH,
  ...RANDOM_CODES_ZH,
  ...TRIAL_CODES_ZH,
};

/** What a code means that the statistics desk meets, and what to do, in Chinese; undefined for any other code. */
export const chineseOfLists = (code: string): ChineseCode | undefined =>
  Object.hasOwn(CODES, code) ? CODES[code] : undefined;
