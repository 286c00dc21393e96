import { ASSESSMENT_CODES } from "./assessmentCodes.js";
import { BLINDING_CODES } from "./blindingCodes.js";
import { CALENDAR_CODES } from "./calendarCodes.js";
import { CLI_CODES } from "./cliCodes.js";
import { CONDUCT_CODES } from "./conductCodes.js";
import { DOSE_CODES } from "./doseCodes.js";
import { ESCALATION_CODES } from "./escalationCodes.js";
import { EXCHANGE_CODES } from "./exchangeCodes.js";
import { INPUT_CODES } from "./inputCodes.js";
import { LIST_CODES } from "./listCodes.js";
import { MADE_WITH_CODES } from "./madeWithCodes.js";
import { PAGE_CODES } from "./pageCodes.js";
import { PROCEDURE_CODES } from "./procedureCodes.js";
import { QUANTITY_CODES } from "./quantityCodes.js";
import { RANDOM_CODES } from "./randomCodes.js";
import { REPORT_CODES } from "./reportCodes.js";
import { STORE_CODES } from "./storeCodes.js";
import { TRIAL_CODES } from "./trialCodes.js";
import type { CodeText } from "./codeText.js";

/**
 * Every code of an error or warning that this package makes. An issue with another code does not compile, so a host's
 * `switch` over codes, or its table of translations, can be checked for completeness.
 */
export type ErrorCode = keyof Table;

type Table = typeof ASSESSMENT_CODES &
  typeof BLINDING_CODES &
  typeof CALENDAR_CODES &
  typeof CLI_CODES &
  typeof CONDUCT_CODES &
  typeof DOSE_CODES &
  typeof ESCALATION_CODES &
  typeof EXCHANGE_CODES &
  typeof INPUT_CODES &
  typeof LIST_CODES &
  typeof MADE_WITH_CODES &
  typeof PAGE_CODES &
  typeof PROCEDURE_CODES &
  typeof QUANTITY_CODES &
  typeof RANDOM_CODES &
  typeof REPORT_CODES &
  typeof STORE_CODES &
  typeof TRIAL_CODES;

/** The codes whose issues have `parameters`: an issue of such a code without them does not compile. */
export type CodeWithParameters = {
  [Code in ErrorCode]: Table[Code] extends readonly [string, string, unknown] ? Code : never;
}[ErrorCode];

/** The codes whose issues have none. */
export type PlainCode = Exclude<ErrorCode, CodeWithParameters>;

/** The parameters of a code, by name. */
export type ParametersOf<Code extends CodeWithParameters> = Table[Code] extends readonly [string, string, infer Kinds]
  ? { readonly [Name in keyof Kinds]: Kinds[Name] extends "number" ? number : string }
  : never;

/** Of the codes that begin with a prefix what stands behind the point: `busy` of `store.busy`. */
export type ReasonOf<Prefix extends string, Code = ErrorCode> = Code extends `${Prefix}.${infer Reason}`
  ? Reason
  : never;

/** What each code means, and what to do about it; docs/errors.md is made of it. */
export const ERROR_CODES: Readonly<Record<ErrorCode, CodeText>> = Object.freeze({
  ...ASSESSMENT_CODES,
  ...BLINDING_CODES,
  ...CALENDAR_CODES,
  ...CLI_CODES,
  ...CONDUCT_CODES,
  ...DOSE_CODES,
  ...ESCALATION_CODES,
  ...EXCHANGE_CODES,
  ...INPUT_CODES,
  ...LIST_CODES,
  ...MADE_WITH_CODES,
  ...PAGE_CODES,
  ...PROCEDURE_CODES,
  ...QUANTITY_CODES,
  ...RANDOM_CODES,
  ...REPORT_CODES,
  ...STORE_CODES,
  ...TRIAL_CODES,
});
