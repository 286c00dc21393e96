import { AllocellError, describeReceived, fail, pathTo, requireFields } from "../foundation/index.js";
import {
  CELL_KINDS,
  compare,
  decimalText,
  fraction,
  ONE,
  over,
  parseCountText,
  parseDoseText,
  parsePositiveDecimal,
  readFraction,
  times,
  type Count,
  type DoseText,
} from "../quantity/index.js";
import { parseAdministrations } from "./administrationsText.js";
import type { Administrations, Assumption, AssumptionFormat } from "./model.js";
import { isNeverPerKg, NEVER_PER_KG } from "./neverPerKg.js";

const WEIGHT_DESCRIPTORS = ["actual", "ideal", "predicted", "adjusted", "lean"];

/** An answer as its format reads it; numbers are plain decimal text in the unit of the field's name. */
export type Answer =
  | { readonly format: "text" | "count-basis" | "weight-descriptor"; readonly text: string }
  /** "by lot": each lot of an order states it. */
  | { readonly format: "by-lot" }
  | { readonly format: "dose"; readonly dose: DoseText }
  | { readonly format: "administrations"; readonly administrations: Administrations }
  /** Absent `most`: "none". */
  | { readonly format: "cap"; readonly most?: Count }
  | { readonly format: "fraction"; readonly fraction: string }
  | { readonly format: "volume"; readonly mL: string }
  | { readonly format: "duration"; readonly minutes: string }
  | { readonly format: "rate-or-duration"; readonly mLPerMin: string }
  | { readonly format: "rate-or-duration"; readonly mLPerHour: string }
  | { readonly format: "rate-or-duration"; readonly minutes: string }
  | { readonly format: "concentration"; readonly perMl: Count }
  | { readonly format: "content-in-volume"; readonly content: Count; readonly mL: string };

/** What an answer of each format looks like, for a message. */
const FORMS: Readonly<Record<AssumptionFormat, string>> = Object.freeze({
  text: "text that says something",
  dose: 'a dose with its unit, such as "1E6 viable cells/kg" or "60E6 cell-equivalents"',
  administrations: '"1", or "2 every 28 days"',
  "count-basis": `one of ${CELL_KINDS.join(", ")}`,
  "weight-descriptor": `one of ${WEIGHT_DESCRIPTORS.join(", ")}`,
  cap: '"none", or the most that one administration may hold, such as "300E6 viable cells"',
  fraction: 'a fraction of 1, such as "0.85" or "85 %"',
  volume: 'a volume, such as "100 mL" or "0.1 L"',
  duration:
    'a time in whole minutes, and what it counts from if that is to be printed, such as "240 min after thawing"',
  "rate-or-duration": 'a rate or a time, such as "2.5 mL/min", "150 mL/h" or "40 min"',
  concentration: 'a concentration, such as "10E6 viable cells/mL"',
  "content-in-volume": 'content and volume of one container, such as "20E6 viable cells in 2 mL"',
});

/** Questions whose answers orders take: a trial that asks one asks it in this format. */
export const FORMAT_OF_KEY: Readonly<Record<string, AssumptionFormat>> = Object.freeze({
  "infusion.finalVolume": "volume",
  "infusion.rate": "rate-or-duration",
  "product.minViability": "fraction",
  "product.recovery": "fraction",
  "product.stability": "duration",
  "product.concentration": "concentration",
  "product.vialContent": "content-in-volume",
  "product.extractableVolume": "volume",
});

/**
 * What an answer to this question looks like, for a message or a form.
 *
 * @example expectedAnswer({ format: "volume" }); // 'a volume, such as "100 mL" or "0.1 L"'
 */
export function expectedAnswer(question: Pick<Assumption, "format" | "byLot">): string {
  requireFields(question, "a question: its format", { format: "text" });
  const { format, byLot } = question;
  return byLot === true ? `${FORMS[format]}, or "by lot"` : FORMS[format];
}

const MILLILITRES: Readonly<Record<string, string>> = { mL: "1", ml: "1", L: "1000", l: "1000" };
const MINUTES: Readonly<Record<string, string>> = {
  min: "1",
  minute: "1",
  minutes: "1",
  h: "60",
  hour: "60",
  hours: "60",
};

/** A number and one of the units, in the unit of the field. */
function measured(text: string, factors: Readonly<Record<string, string>>): string {
  const [, number = "", unit = ""] = /^(\S+) ([a-zA-Z]+)$/u.exec(text) ?? [];
  const factor = Object.hasOwn(factors, unit) ? factors[unit] : undefined;
  if (factor === undefined) return cannot(text);
  return decimalText(times(readFraction(parsePositiveDecimal(number, "")), readFraction(factor)));
}

// The caller names key and form; this text is not shown.
const cannot = (received: string): never =>
  fail("trial.assumption_invalid", "", "The answer cannot be read.", { received });

function readFractionOfOne(text: string): string {
  const percent = /^(\S+) ?%$/u.exec(text)?.[1];
  const number = readFraction(parsePositiveDecimal(percent ?? text, ""));
  const value = percent === undefined ? number : over(number, fraction(100));
  // Above 1 it is a per cent without its sign.
  return compare(value, ONE) > 0 ? cannot(text) : decimalText(value);
}

function readRate(text: string): Answer {
  const [, volume, time] = /^(\S+ [a-zA-Z]+)\/(min|h)$/u.exec(text) ?? [];
  if (volume === undefined) return { format: "rate-or-duration", minutes: measured(text, MINUTES) };
  const mL = measured(volume, MILLILITRES);
  return time === "h" ? { format: "rate-or-duration", mLPerHour: mL } : { format: "rate-or-duration", mLPerMin: mL };
}

function readDuration(text: string): Answer {
  const [, time = "", note = ""] = /^(\S+ [a-zA-Z]+)(.*)$/su.exec(text) ?? [];
  const isSecondTime = /\d\s*(?:min|minutes?|h|hours?)\b/u.test(note);
  const minutes = measured(time, MINUTES);
  return isSecondTime || !/^\d+$/u.test(minutes) ? cannot(text) : { format: "duration", minutes };
}

function readContent(text: string): Answer {
  const [, content = "", volume = ""] = /^(.*) in (\S+ [a-zA-Z]+)$/u.exec(text) ?? [];
  return { format: "content-in-volume", content: parseCountText(content, ""), mL: measured(volume, MILLILITRES) };
}

function oneOf(known: readonly string[], format: "count-basis" | "weight-descriptor", text: string): Answer {
  return known.includes(text) ? { format, text } : cannot(text);
}

function read(format: AssumptionFormat, text: string): Answer {
  switch (format) {
    case "text":
      return { format, text };
    case "dose": {
      const dose = parseDoseText(text, "");
      return isNeverPerKg(dose) ? cannot(text) : { format, dose };
    }
    case "administrations":
      return { format, administrations: parseAdministrations(text, "") };
    case "count-basis":
      return oneOf(CELL_KINDS, format, text);
    case "weight-descriptor":
      return oneOf(WEIGHT_DESCRIPTORS, format, text);
    case "cap":
      return text === "none" ? { format } : { format, most: parseCountText(text, "") };
    case "fraction":
      return { format, fraction: readFractionOfOne(text) };
    case "volume":
      return { format, mL: measured(text, MILLILITRES) };
    case "duration":
      return readDuration(text);
    case "rate-or-duration":
      return readRate(text);
    case "concentration":
      return { format, perMl: parseCountText(/^(.*)\/m[Ll]$/u.exec(text)?.[1] ?? cannot(text), "") };
    case "content-in-volume":
      return readContent(text);
  }
}

/**
 * Reads the answer to a question.
 *
 * @returns the answer in the units of its fields
 * @throws AllocellError `trial.assumption_invalid`, with the forms that can be read; path `assumptions.<key>`
 * @example
 * readAnswer({ key: "infusion.finalVolume", format: "volume" }, "0.1 L"); // { format: "volume", mL: "100" }
 */
export function readAnswer(question: Pick<Assumption, "key" | "format" | "byLot">, value: string): Answer {
  requireFields(question, "a question: key and format", { key: "text", format: "text" });
  const { key, format, byLot } = question;
  const expected = expectedAnswer(question);
  const refuse = (why: string): never =>
    fail("trial.assumption_invalid", pathTo("assumptions", key), `"${key}" cannot be read: ${why}.`, {
      expected,
      received: describeReceived(value),
    });
  if (typeof value !== "string" || !/\S/u.test(value)) return refuse("nothing is stated");
  if (byLot === true && value === "by lot") return { format: "by-lot" };
  try {
    return read(format, value);
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    const [{ code, message }] = error.issues;
    const reason = code === "trial.assumption_invalid" ? "" : ` (${message.replace(/\.$/u, "")})`;
    return refuse(`expected ${expected}${format === "dose" && reason === "" ? ` (${NEVER_PER_KG})` : reason}`);
  }
}
