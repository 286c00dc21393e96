import type { ErrorCode } from "../../../codes/index.js";
import { ASSESSMENT_CODES_ZH } from "./assessmentCodes.js";
import { BLINDING_CODES_ZH } from "./blindingCodes.js";
import { CALENDAR_CODES_ZH } from "./calendarCodes.js";
import type { ChineseCode } from "./chineseCode.js";
import { CLI_CODES_ZH } from "./cliCodes.js";
import { CONDUCT_CODES_ZH } from "./conductCodes.js";
import { DOSE_CODES_ZH } from "./doseCodes.js";
import { ESCALATION_CODES_ZH } from "./escalationCodes.js";
import { EXCHANGE_CODES_ZH } from "./exchangeCodes.js";
import { INPUT_CODES_ZH } from "./inputCodes.js";
import { LIST_CODES_ZH } from "./listCodes.js";
import { MADE_WITH_CODES_ZH } from "./madeWithCodes.js";
import { PAGE_CODES_ZH } from "./pageCodes.js";
import { PROCEDURE_CODES_ZH } from "./procedureCodes.js";
import { QUANTITY_CODES_ZH } from "./quantityCodes.js";
import { RANDOM_CODES_ZH } from "./randomCodes.js";
import { REPORT_CODES_ZH } from "./reportCodes.js";
import { STORE_CODES_ZH } from "./storeCodes.js";
import { TRIAL_CODES_ZH } from "./trialCodes.js";

export type { ChineseCode } from "./chineseCode.js";

/** What each code means, and what to do about it, in Chinese; a code without one does not compile. Loaded when Chinese is asked for. */
export const ERROR_CODES_ZH: Readonly<Record<ErrorCode, ChineseCode>> = Object.freeze({
  ...ASSESSMENT_CODES_ZH,
  ...BLINDING_CODES_ZH,
  ...CALENDAR_CODES_ZH,
  ...CLI_CODES_ZH,
  ...CONDUCT_CODES_ZH,
  ...DOSE_CODES_ZH,
  ...ESCALATION_CODES_ZH,
  ...EXCHANGE_CODES_ZH,
  ...INPUT_CODES_ZH,
  ...LIST_CODES_ZH,
  ...MADE_WITH_CODES_ZH,
  ...PAGE_CODES_ZH,
  ...PROCEDURE_CODES_ZH,
  ...QUANTITY_CODES_ZH,
  ...RANDOM_CODES_ZH,
  ...REPORT_CODES_ZH,
  ...STORE_CODES_ZH,
  ...TRIAL_CODES_ZH,
});
