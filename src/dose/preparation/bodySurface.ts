import { fail } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  type Fraction,
  fraction,
  lowest,
  readFraction,
  times,
  toNumber,
} from "../../quantity/index.js";
import { readable } from "../shown.js";
import { input } from "../step.js";
import type { Participant, SurfaceFormula, SurfaceOrder } from "./model.js";
import { writtenStep, type Trace } from "./trace.js";

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
  readonly name: string;
  readonly formula: string;
  readonly worked: (kg: string, cm: string) => string;
  readonly source: string;
}

const byPowers = (factor: string, w: string, h: string): Pick<PowerFormula, "formula" | "worked"> => ({
  formula: `s = ${factor} × weight w^${w} × height h^${h}`,
  worked: (kg, cm) => `${factor} × ${kg}^${w} × ${cm}^${h}`,
});

const FORMULAS: Readonly<Record<SurfaceFormula, PowerFormula>> = {
  mosteller: {
    factor: fraction(1, 60),
    ofWeight: 1,
    ofHeight: 1,
    root: 2,
    name: "Mosteller",
    formula: "s = √(height h × weight w / 3600)",
    worked: (kg, cm) => `√(${cm} × ${kg} / 3600)`,
    source: "N Engl J Med 317 (1987) 1098",
  },
  "du-bois": {
    factor: readFraction("0.007184"),
    ofWeight: 17,
    ofHeight: 29,
    root: 40,
    name: "Du Bois",
    ...byPowers("0.007184", "0.425", "0.725"),
    source: "Arch Intern Med 17 (1916) 863",
  },
  haycock: {
    factor: readFraction("0.024265"),
    ofWeight: 2689,
    ofHeight: 1982,
    root: 5000,
    name: "Haycock",
    ...byPowers("0.024265", "0.5378", "0.3964"),
    source: "J Pediatr 93 (1978) 62",
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
    expected: Object.keys(FORMULAS).join(", "),
    received: "nothing",
  });

/**
 * The body surface, rounded as the order says; adds the step `surface`.
 *
 * @returns m²
 * @throws AllocellError `dose.weight_missing`, `dose.surface_missing` without a height
 */
export function findSurface(
  trace: Trace,
  { formula: id, roundedToM2 }: SurfaceOrder,
  weight: Fraction | undefined,
  { heightCm }: Participant,
): Fraction {
  const formula = FORMULAS[id];
  if (weight === undefined) return fail("dose.weight_missing", "weight", "The body surface needs the body weight.");
  if (heightCm === undefined) {
    return fail("dose.surface_missing", "participant.heightCm", "The body surface needs the height.", {
      expected: "a height in cm",
      received: "nothing",
    });
  }
  const height = readFraction(heightCm);
  const surface = surfaceBy(formula, weight, height, readFraction(roundedToM2));
  const kg = decimalText(weight);
  if (trace.steps !== undefined) {
    trace.steps.push(
      writtenStep({
        id: "surface",
        title: `Body surface: ${formula.name}`,
        formula: formula.formula,
        worked: formula.worked(readable(kg), heightCm),
        inputs: [input("w", "dosing weight", kg, "kg"), input("h", "height", heightCm, "cm")],
        unit: "m²",
        rounding: `half-up to ${roundedToM2} m²`,
        source: formula.source,
        exact: decimalText(surfaceBy(formula, weight, height, SHOWN)),
        result: decimalText(surface),
      }),
    );
  }
  return surface;
}
