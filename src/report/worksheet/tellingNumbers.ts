import type { Preparation } from "../../dose/index.js";
import { decimalText, fraction, readFraction, times } from "../../quantity/index.js";

/** A text that is one number, or a number with words behind it: "14400000", "72.4 million viable cells". */
const ONE_NUMBER = /^(?<number>\d+(?:,\d{3})*(?:\.\d+)?)(?: [^\d]*)?$/u;
/** What follows a number of something else than a preparation, such as a temperature; M is looked for by itself. */
const OTHER_UNIT = /^\s?(?:M\b|°|µm|μm|um\b|mm\b|cm\b|G\b|Fr\b|%|h\b|min\b|days?\b|微米|天|小时|分钟)/u;
const GROUPS = /(?<=\d)[,.' ’_-](?=\d{3}(?!\d))/gu;

const plain = (number: string): string =>
  number
    .replace(/,/g, "")
    .replace(/^0+(?=\d)/u, "")
    .replace(/(\.\d*?)0+$/u, "$1")
    .replace(/\.$/u, "");

/** Numbers of one or two digits stand in every second text by chance: "Day 1", "15 to 25 °C". */
const isShort = (number: string): boolean => number.length < 3;

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === "number" || typeof value === "string") {
    const number = ONE_NUMBER.exec(String(value))?.groups?.["number"];
    if (number !== undefined) into.add(plain(number));
  } else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) collect(inner, into);
  }
}

/**
 * Every number that a preparation holds, as plain decimals, from three signs on: whatever field it stands in, today or
 * later. Left out are who and what it is for, and what the blinded paper itself shows: final volume, rate and duration.
 */
export function tellingNumbers(preparation: Preparation): ReadonlySet<string> {
  const { order, infusion } = preparation;
  const numbers = new Set<string>();
  collect({ ...preparation, order: { ...order, identification: undefined } }, numbers);
  const { finalVolumeMl, rateMlPerMin, minutes } = infusion;
  const perHour = rateMlPerMin === undefined ? undefined : decimalText(times(readFraction(rateMlPerMin), fraction(60)));
  const shown = [finalVolumeMl, rateMlPerMin, perHour, minutes].map((each) => plain(each ?? ""));
  return new Set([...numbers].filter((number) => !isShort(number) && !shown.includes(number)));
}

/**
 * The first of the numbers that stands in a folded text: "14400000", "14,400,000", "0014400000.0". Powers of ten are
 * looked for elsewhere, in sentences only.
 */
export function findNumber(text: string, numbers: ReadonlySet<string>): string | undefined {
  for (const form of [text, text.replace(GROUPS, "")]) {
    for (const { 0: found, index } of form.matchAll(/\d+(?:\.\d+)?/gu)) {
      if (numbers.has(plain(found)) && !OTHER_UNIT.test(form.slice(index + found.length))) return found;
    }
  }
  return undefined;
}
