import { describeReceived, fail, requireFields } from "../foundation/index.js";
import { decimalText } from "./decimal.js";
import { groupThousands, requireDecimal } from "./decimalText.js";
import { compare, over, readFraction } from "./fraction.js";
import type { Count } from "./parseDose.js";
import { UNIT_KINDS } from "./unitKind.js";

const MILLION = { numerator: 1_000_000n, denominator: 1n };

/** One quantity in the two ways that a reader should see side by side: in words and in digits. */
export interface Display {
  /** "180 million viable cells"; below one million the same as `digits`. */
  readonly words: string;
  /** "180,000,000 viable cells". */
  readonly digits: string;
}

/**
 * A number as people read it: thousands commas, a leading zero, no trailing zeros, never an exponent.
 *
 * @param decimal - decimal text
 * @throws AllocellError `quantity.not_decimal`
 * @see source: ISMP error-prone abbreviations and dose designations
 * @example
 * formatDecimal("180000000"); // "180,000,000"
 */
export function formatDecimal(decimal: string): string {
  return groupThousands(requireDecimal(decimal, "decimal"));
}

function display(count: Count, suffix: string): Display {
  requireFields(count, "a count: amount and unitKind", { amount: "text", unitKind: "text" });
  const { amount, unitKind } = count;
  if (!Object.hasOwn(UNIT_KINDS, unitKind)) {
    fail("quantity.unit_unknown", "unitKind", "There is no unit kind of this name.", {
      expected: Object.keys(UNIT_KINDS).join(", "),
      received: describeReceived(unitKind),
    });
  }
  const unit = `${UNIT_KINDS[unitKind]}${suffix}`;
  const value = readFraction(amount);
  const digits = `${formatDecimal(amount)} ${unit}`;
  const isSmall = compare(value, MILLION) < 0;
  const words = isSmall ? digits : `${groupThousands(decimalText(over(value, MILLION)))} million ${unit}`;
  return Object.freeze({ words, digits });
}

/**
 * A number of cells (or of another kind) for display; exact, nothing is rounded, and never 10^6.
 *
 *
 * @throws AllocellError `quantity.unit_unknown`, `quantity.not_decimal`
 * @example
 * formatCount({ amount: "180000000", unitKind: "viable-cells" }).words; // "180 million viable cells"
 */
export function formatCount(count: Count): Display {
  return display(count, "");
}

const PER = { "per-kg": "/kg", "per-m2": "/m²", flat: "" } as const;

/**
 * A dose for display, by kilogram, by square metre or in all: "3 million viable cells/kg" and "3,000,000 viable cells/kg".
 *
 * @throws AllocellError `input.invalid` for another kind
 */
export function formatDose(dose: Count & { readonly kind: keyof typeof PER }): Display {
  requireFields(dose, "a dose: kind, amount and unitKind", { kind: "text" });
  if (!Object.hasOwn(PER, dose.kind)) {
    fail("input.invalid", "kind", "A dose is for each kg, for each m², or in all.", {
      expected: Object.keys(PER).join(", "),
      received: describeReceived(dose.kind),
    });
  }
  return display(dose, PER[dose.kind]);
}
