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

type KindsOf<Code extends ErrorCode> = Table[Code] extends readonly [string, string, infer Kinds] ? Kinds : object;
type Certain<Kinds> = { [Name in keyof Kinds]: Kinds[Name] extends "number" | "text" ? Name : never }[keyof Kinds];
type ValueOf<Kind> = Kind extends "number" | "number?" ? number : string;
type Flat<T> = { [Name in keyof T]: T[Name] };

/** The codes whose issues may have `parameters`. */
export type CodeWithParameters = {
  [Code in ErrorCode]: Table[Code] extends readonly [string, string, unknown] ? Code : never;
}[ErrorCode];

/** The codes whose issues need none. An issue of another code without its parameters does not compile. */
export type PlainCode = {
  [Code in ErrorCode]: [Certain<KindsOf<Code>>] extends [never] ? Code : never;
}[ErrorCode];

/** The parameters of a code, by name. */
export type ParametersOf<Code extends CodeWithParameters> = Flat<
  { readonly [Name in Certain<KindsOf<Code>>]: ValueOf<KindsOf<Code>[Name]> } & {
    readonly [Name in Exclude<keyof KindsOf<Code>, Certain<KindsOf<Code>>>]?: ValueOf<KindsOf<Code>[Name]>;
  }
>;

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
