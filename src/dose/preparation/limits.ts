import { fail } from "../../foundation/index.js";
import { compare, decimalText, type Fraction, readFraction, times, UNIT_KINDS } from "../../quantity/index.js";
import { formulaMissing, type Body } from "./bodySurface.js";
import type { ResolvedDose } from "./doseSource.js";
import type { Bound, Bounds, WeightBand } from "./model.js";
import { readable } from "../shown.js";
import type { Trace } from "./trace.js";

/** Both ends of a range in cells at one weight. */
export interface Ends {
  readonly minimum?: Fraction;
  readonly maximum?: Fraction;
}

/** Every limit of one dose at one weight. */
export interface ActiveLimits {
  readonly range: Ends;
  readonly hard: Ends;
  readonly soft: Ends;
  readonly cap?: Fraction;
}

const NONE: Ends = {};

function inCells(bound: Bound, { weight, surface }: Body): Fraction {
  if (bound.kind === "flat") return readFraction(bound.amount);
  if (bound.kind === "per-m2") return times(readFraction(bound.amount), surface ?? formulaMissing());
  if (weight !== undefined) return times(readFraction(bound.amount), weight);
  return fail("dose.weight_missing", "weight", "A limit per kg needs the dosing weight.");
}

function endsOf(bounds: Bounds | undefined, body: Body): Ends {
  if (bounds === undefined) return NONE;
  const { minimum, maximum } = bounds;
  return {
    ...(minimum === undefined ? {} : { minimum: inCells(minimum, body) }),
    ...(maximum === undefined ? {} : { maximum: inCells(maximum, body) }),
  };
}

function holds({ above, below }: WeightBand, weight: Fraction): boolean {
  const isAbove = above === undefined || compare(weight, readFraction(above.kg)) > (above.included ? -1 : 0);
  const isBelow = below === undefined || compare(weight, readFraction(below.kg)) < (below.included ? 1 : 0);
  return isAbove && isBelow;
}

/** The bands of a range that hold a dosing weight, by number from 1; of one range none. */
export function bandsAt(range: Bounds | readonly WeightBand[] | undefined, weight: Fraction): readonly number[] {
  if (range === undefined || !("length" in range)) return [];
  return range.flatMap((band, index) => (holds(band, weight) ? [index + 1] : []));
}

/** @throws AllocellError `dose.weight_missing`; `dose.weight_band` unless exactly one band holds the weight */
function boundsAt(range: Bounds | readonly WeightBand[] | undefined, weight: Fraction | undefined): Bounds | undefined {
  if (range === undefined || !("length" in range)) return range;
  if (weight === undefined) return fail("dose.weight_missing", "weight", "Weight bands need the dosing weight.");
  const found = bandsAt(range, weight);
  const [only] = found;
  if (found.length === 1 && only !== undefined) return range[only - 1]?.range;
  return fail(
    "dose.weight_band",
    "dose.range",
    `${readable(decimalText(weight))} kg lies in ${found.length} weight bands; it must lie in exactly one.`,
    { expected: "one band", received: `${found.length} bands`, parameters: { weight: readable(decimalText(weight)) } },
  );
}

/** The limits that hold at a dosing weight and body surface. */
export function limitsAt(
  dose: Pick<ResolvedDose, "range" | "hard" | "soft" | "cap" | "unitKind">,
  body: Body,
): ActiveLimits {
  const limits: ActiveLimits = {
    range: endsOf(boundsAt(dose.range, body.weight), body),
    hard: endsOf(dose.hard, body),
    soft: endsOf(dose.soft, body),
    ...(dose.cap === undefined ? {} : { cap: readFraction(dose.cap.amount) }),
  };
  const { cap, range, hard } = limits;
  for (const { minimum } of [range, hard]) {
    if (cap === undefined || minimum === undefined || compare(minimum, cap) <= 0) continue;
    const unit = UNIT_KINDS[dose.unitKind];
    return fail(
      "dose.minimum_above_cap",
      "dose.range",
      `The least dose at this weight, ${readable(decimalText(minimum))} ${unit}, is above the cap of ${readable(decimalText(cap))}: no dose is right.`,
      { parameters: { minimum: readable(decimalText(minimum)), unit, cap: readable(decimalText(cap)) } },
    );
  }
  return limits;
}

const isBelow = (value: Fraction, { minimum }: Ends): boolean => minimum !== undefined && compare(value, minimum) < 0;
const isAbove = (value: Fraction, { maximum }: Ends): boolean => maximum !== undefined && compare(value, maximum) > 0;

function endsText({ minimum, maximum }: Ends): string {
  const low = minimum === undefined ? "" : `at least ${readable(decimalText(minimum))}`;
  const high = maximum === undefined ? "" : `at most ${readable(decimalText(maximum))}`;
  return [low, high].filter((part) => part !== "").join(", ");
}

/** Whether a dose is above the cap, the range or the hard maximum. */
export function crossesMaximum(value: Fraction, { cap, range, hard }: ActiveLimits): boolean {
  return (cap !== undefined && compare(value, cap) > 0) || isAbove(value, range) || isAbove(value, hard);
}

/** Whether a dose is below the range or the hard minimum. */
export function fallsBelowMinimum(value: Fraction, { range, hard }: ActiveLimits): boolean {
  return isBelow(value, range) || isBelow(value, hard);
}

/**
 * Refuses a target outside its range or hard limits.
 *
 * @throws AllocellError `dose.outside_hard_limit`, `dose.outside_range`
 */
export function requireWithin(value: Fraction, { range, hard }: ActiveLimits, unit: string): void {
  for (const [code, ends, what] of [
    ["dose.outside_hard_limit", hard, "hard limits"],
    ["dose.outside_range", range, "range"],
  ] as const) {
    if (!isBelow(value, ends) && !isAbove(value, ends)) continue;
    const received = `${readable(decimalText(value))} ${unit}`;
    const expected = endsText(ends);
    fail(code, "dose", `${received} is outside the ${what} of the dose: ${expected}.`, { expected, received });
  }
}

export const isWithinSoft = (value: Fraction, { soft }: ActiveLimits): boolean =>
  !isBelow(value, soft) && !isAbove(value, soft);

/** Warns of a dose outside the soft limits. */
export function warnOutsideSoft(trace: Trace, value: Fraction, limits: ActiveLimits, unit: string): void {
  if (isWithinSoft(value, limits)) return;
  const { soft } = limits;
  const [expected, received] = [endsText(soft), `${readable(decimalText(value))} ${unit}`];
  trace.warnings.push({
    code: "dose.outside_soft_limit",
    path: "dose.soft",
    message: `${received} is outside the soft limits of the dose: ${expected}.`,
    expected,
    received,
  });
}
