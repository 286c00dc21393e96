import { fail } from "../../foundation/index.js";
import { compare, type Fraction, fraction, lowest, readFraction, times, toNumber } from "../../quantity/index.js";
import type { PrescriptionFormulaId } from "../formula/prescriptionFormulas.js";
import { addStep, type Steps } from "../formula/step.js";
import type { SurfaceFormula, SurfaceOrder } from "../../trial/index.js";

/** What limits and doses are multiplied with. */
export interface Body {
  /** Dosing weight in kg. */
  readonly weight?: Fraction | undefined;
  /** In m², rounded as the order says. */
  readonly surface?: Fraction | undefined;
}

/** s = factor × w^(ofWeight / root) × h^(ofHeight / root): m² from kg and cm. */
interface PowerFormula {
  readonly factor: Fraction;
  readonly ofWeight: number;
  readonly ofHeight: number;
  readonly root: number;
}

const POWERS: Readonly<Record<SurfaceFormula, PowerFormula>> = {
  mosteller: {
    factor: fraction(1, 60),
    ofWeight: 1,
    ofHeight: 1,
    root: 2,
  },
  "du-bois": {
    factor: readFraction("0.007184"),
    ofWeight: 17,
    ofHeight: 29,
    root: 40,
  },
  haycock: {
    factor: readFraction("0.024265"),
    ofWeight: 2689,
    ofHeight: 1982,
    root: 5000,
  },
};

/** Of the value before it is rounded, which no decimal ends. */
const SHOWN = fraction(1n, 10n ** 10n);

const power = (base: Fraction, exponent: number): Fraction => {
  const { numerator, denominator } = lowest(base);
  return fraction(numerator ** BigInt(exponent), denominator ** BigInt(exponent));
};

/** Floating-point powers are right to far more than this part of a step. */
const UNSURE = 0.001;

/**
 * The surface by a formula, half-up to a multiple of `step`. Where the floating-point number is near the half of a step,
 * whole numbers decide: s^root is compared in place of s.
 */
function surfaceBy(formula: PowerFormula, kg: Fraction, cm: Fraction, step: Fraction): Fraction {
  const { factor, ofWeight, ofHeight, root } = formula;
  const about = toNumber(factor) * toNumber(kg) ** (ofWeight / root) * toNumber(cm) ** (ofHeight / root);
  const steps = about / toNumber(step) + 0.5;
  const nearest = BigInt(Math.round(steps));
  const isUnsure = Math.abs(steps - Math.round(steps)) < UNSURE;
  const isReached = (): boolean => {
    const raised = times(power(factor, root), times(power(kg, ofWeight), power(cm, ofHeight)));
    return compare(power(times(step, fraction(2n * nearest - 1n, 2n)), root), raised) <= 0;
  };
  const multiple = isUnsure ? nearest - (isReached() ? 0n : 1n) : BigInt(Math.floor(steps));
  return lowest(times(step, fraction(multiple)));
}

/** @throws AllocellError `dose.surface_missing`: something is per m², and no formula is named */
export const formulaMissing = (): never =>
  fail("dose.surface_missing", "dose.surface", "A dose per m² needs the formula of the body surface.", {
    expected: Object.keys(POWERS).join(", "),
    received: "nothing",
  });

/**
 * The body surface, rounded as the order says; adds the step `surface`.
 *
 * @returns m²
 * @throws AllocellError `dose.weight_missing`, `dose.surface_missing` without a height
 */
export function findSurface(
  trace: Steps<PrescriptionFormulaId>,
  { formula: id, roundedToM2 }: SurfaceOrder,
  weight: Fraction | undefined,
  heightCm: string | undefined,
  heightPath = "participant.heightCm",
): Fraction {
  const formula = POWERS[id];
  if (weight === undefined) return fail("dose.weight_missing", "weight", "The body surface needs the body weight.");
  if (heightCm === undefined) {
    return fail("dose.surface_missing", heightPath, "The body surface needs the height.", {
      expected: "a height in cm",
      received: "nothing",
    });
  }
  const height = readFraction(heightCm);
  const surface = surfaceBy(formula, weight, height, readFraction(roundedToM2));
  if (trace.steps !== undefined) {
    const exact = surfaceBy(formula, weight, height, SHOWN);
    const rounded = { rule: [{ key: "halfUp", to: `${roundedToM2} m²` }] as const, result: surface };
    addStep(trace, `surface:${id}`, { w: weight, h: heightCm }, { exact, rounded });
  }
  return surface;
}
