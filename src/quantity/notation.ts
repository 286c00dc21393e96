import { describeReceived, fail, type PlainCode, type ReasonOf } from "../foundation/index.js";
import { decimalsAsText } from "./decimal.js";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const ACCEPTED = "72.4, 1000000, 1E6, 3x10^6, 60×10⁶ or 3 million";

const NUMBER =
  /^(?<mantissa>(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(?:[eE](?<e>[0-9]{1,2})|\s*[xX×]\s*10(?:\\?\^(?<caret>[0-9]{1,2})|(?<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))|\s+(?<million>million))?$/u;

// A power of ten whose superscript became ordinary digits: 2 x 106, 2 x 10 6, 10 107, and (a point for the ×) 15.107.
const LOST_AFTER_TIMES = /^(?<mantissa>[0-9.]+)\s*[xX×*·⋅]\s*10\s?(?<power>[1-9][0-9]?)$/u;
const LOST_AFTER_SPACE = /^(?<mantissa>[0-9.]+)\s+10\s?(?<power>[1-9][0-9]?)$/u;
const LOST_AFTER_POINT = /^(?<mantissa>[1-9][0-9]*)[.·⋅]10(?<power>[1-9]|1[0-9])$/u;
const LOST_ALONE = /^10(?<power>[1-9]|1[0-9])$/u;
const POWER_MISSING = /^[0-9.]+\s*[xX×*·⋅]\s*10$/u;

/** A number in one of the accepted notations: `digits` × 10^`exponent`. */
export interface Notation {
  readonly digits: string;
  readonly exponent: number;
}

/** Text with every kind of space as a plain one and none at the ends, or that of a `Decimal`; refuses whatever is neither. */
export function requireText(given: unknown, path: string, example: string): string {
  const text = decimalsAsText(given);
  if (typeof text !== "string") {
    const why = typeof text === "number" ? ": a JavaScript number may already have lost digits" : "";
    return fail("quantity.not_text", path, `Give this value as text, for example "${example}"${why}.`, {
      expected: `text such as "${example}"`,
      received: describeReceived(text),
    });
  }
  const clean = text.replace(/[\s\u00a0\u2007\u2009\u202f]+/gu, " ").trim();
  if (clean === "") {
    return fail("quantity.empty", path, `A value is missing; write it as text, for example "${example}".`, {
      expected: `text such as "${example}"`,
      received: describeReceived(text),
    });
  }
  return clean;
}

/**
 * Refuses what a careful reader could take for two different numbers, each with its own code and sentence.
 *
 * @param isCount - whether a bare 106 is suspect too: in a count of cells it is a 10^6 that lost its superscript
 */
export function refuseAmbiguous(text: string, path: string, isCount: boolean): void {
  const refuse = (reason: ReasonOf<"quantity", PlainCode>, message: string): never =>
    fail(`quantity.${reason}`, path, message, {
      expected: `a number such as ${ACCEPTED}`,
      received: describeReceived(text),
    });

  if (/^[+\-−]?(?:nan|inf|infinity|∞)$/iu.test(text)) refuse("not_finite", "A quantity must be a finite number.");
  if (/[,٫،‚，]/u.test(text)) {
    refuse("comma", "A comma can mean a decimal point or thousands: write 1.5 or 1500, without a comma.");
  }
  if (/^[-−–]/u.test(text)) refuse("negative", "A quantity must be above zero; this one has a minus sign.");
  if (text.startsWith("+")) refuse("malformed", "Write the number without a plus sign.");
  if (/(?:10\s*\\?\^?\s*|[0-9][eE])[-−–⁻]\s*[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]/u.test(text)) {
    refuse(
      "negative_exponent",
      "A negative power of ten in a dose is nearly always a misprint: write the power without a minus sign, or a small number as a plain decimal such as 0.5.",
    );
  }
  const lost =
    LOST_AFTER_TIMES.exec(text) ??
    LOST_AFTER_SPACE.exec(text) ??
    LOST_AFTER_POINT.exec(text) ??
    (isCount ? LOST_ALONE.exec(text) : null);
  if (lost?.groups !== undefined) {
    const mantissa = lost.groups["mantissa"] ?? "1";
    const power = lost.groups["power"] ?? "";
    refuse(
      "lost_superscript",
      `"${text}" has probably lost a superscript: if ${mantissa} × 10^${power} is meant, write "${mantissa}E${power}" or "${mantissa}x10^${power}".`,
    );
  }
  if (POWER_MISSING.test(text)) refuse("lost_superscript", `"${text}" has no power of ten: write it as in "3x10^6".`);
  if (/^[0-9.]+\s*(?:k|mm?|mio|mn|mln|bn?|g|t|thousand|billion|trillion)\.?$/iu.test(text)) {
    refuse("ambiguous_suffix", `Letters such as M, MM or k are read in more than one way: write 3E6 or "3 million".`);
  }
  if (/^\.|[0-9]\.(?![0-9])/u.test(text)) {
    refuse("bare_point", "A decimal point needs a digit on both sides: write 0.5, not .5, and 1, not 1.");
  }
}

/** Reads one number in an accepted notation; `text` has passed {@link requireText}. */
export function readNotation(text: string, path: string, isCount: boolean): Notation {
  refuseAmbiguous(text, path, isCount);
  const groups = NUMBER.exec(text)?.groups;
  if (groups === undefined) {
    return fail("quantity.malformed", path, `"${text}" is not a number in an accepted notation, such as ${ACCEPTED}.`, {
      expected: `a number such as ${ACCEPTED}`,
      received: describeReceived(text),
    });
  }
  const raised = groups["raised"]?.replace(/./gu, (sign) => String(SUPERSCRIPTS.indexOf(sign)));
  const power = groups["e"] ?? groups["caret"] ?? raised ?? "0";
  return { digits: groups["mantissa"] ?? "", exponent: groups["million"] === undefined ? Number(power) : 6 };
}
