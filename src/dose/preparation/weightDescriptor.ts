import { fail } from "../../foundation/index.js";
import { compare, decimalText, type Fraction, ONE, readFraction, times, ZERO } from "../../quantity/index.js";
import type { StepSource } from "../formula/sources.js";
import { type About, addStep } from "../formula/step.js";
import type { Participant, WeightDescriptor, WeightOrder } from "./model.js";
import { readable } from "../shown.js";

import type { Trace } from "./trace.js";

const ADULT_YEARS = readFraction("18");
const [SHORTEST_CM, TALLEST_CM] = [readFraction("120"), readFraction("250")];
/** The constants of the formulas by sex: B in kg, k without a unit. */
const BASE = { male: "50", female: "45.5" };
const LEAN_SLOPE = { male: "1.1", female: "1.07" };
const LEAN_OF_WOMEN = "148";
const SOURCE = "PMC4411565, Table 3";

interface AdultBody {
  readonly sex: "female" | "male";
  readonly heightCm: string;
}

function requireAdult(descriptor: WeightDescriptor, { ageYears, sex, heightCm }: Participant): AdultBody {
  if (ageYears !== undefined && compare(readFraction(ageYears), ADULT_YEARS) < 0) {
    return fail(
      "dose.adult_formula_for_child",
      "weight.descriptor",
      `The ${descriptor} weight is a formula for adults: a participant of ${ageYears} years is dosed by the actual weight.`,
      {
        expected: "an age of at least 18 years, or the actual weight",
        received: `${ageYears} years`,
        parameters: { descriptor },
      },
    );
  }
  const missing =
    ageYears === undefined ? "ageYears" : sex === undefined ? "sex" : heightCm === undefined ? "heightCm" : "";
  if (missing !== "" || sex === undefined || heightCm === undefined) {
    return fail(
      "dose.descriptor_input_missing",
      `participant.${missing}`,
      `The ${descriptor} weight needs age, sex and height of the participant: ${missing} is missing.`,
      { parameters: { descriptor } },
    );
  }
  const height = readFraction(heightCm);
  if (compare(height, SHORTEST_CM) < 0 || compare(height, TALLEST_CM) > 0) {
    const message = `A height of ${heightCm} cm: the formulas hold for adults of 120 to 250 cm. Are these centimetres?`;
    return fail("dose.height_implausible", "participant.heightCm", message, {
      expected: "120 to 250 cm",
      received: `${heightCm} cm`,
    });
  }
  return { sex, heightCm };
}

/** cm²/kg. @throws AllocellError `dose.descriptor_input_missing` */
function leanConstant({ sex }: AdultBody, { leanMaleConstant }: WeightOrder): string {
  if (sex === "female") return LEAN_OF_WOMEN;
  if (leanMaleConstant !== undefined) return leanMaleConstant;
  return fail(
    "dose.descriptor_input_missing",
    "weight.leanMaleConstant",
    "Sources print the lean weight of men with 120 and with 128: say which one the protocol uses.",
    { expected: "120 or 128", received: "nothing" },
  );
}

/** @throws AllocellError `dose.descriptor_not_applicable`: beyond the top of the parabola its slope k - 2 × c × w / h² is negative */
function requireRising({ sex, heightCm }: AdultBody, constant: string, weight: Fraction, lean: Fraction): void {
  const height = readFraction(heightCm);
  const [slope, curve] = [readFraction(LEAN_SLOPE[sex]), times(readFraction("2"), readFraction(constant))];
  const isRising = compare(times(slope, times(height, height)), times(curve, weight)) >= 0;
  if (isRising && compare(lean, ZERO) > 0) return;
  fail(
    "dose.descriptor_not_applicable",
    "weight.descriptor",
    "Here the lean weight falls as the weight rises, or is not positive: the formula does not hold for this body.",
  );
}

/** @throws AllocellError `dose.descriptor_input_missing` */
function adjustmentFactor({ adjustmentFactor: factor }: WeightOrder): string {
  if (factor !== undefined && compare(readFraction(factor), ONE) < 0) return factor;
  const message = "The adjusted weight needs its factor, above 0 and below 1.";
  return fail("dose.descriptor_input_missing", "weight.adjustmentFactor", message, {
    expected: "a factor such as 0.4 or 0.25",
    received: factor ?? "nothing",
  });
}

/** As for a measured weight. */
const [LIGHTEST_KG, HEAVIEST_KG] = [readFraction("0.5"), readFraction("300")];

/**
 * The weight by which a dose goes, from the measured one; adds the step `weight`.
 *
 * @param measured - kg that the re-weigh rule lets stand
 * @throws AllocellError `dose.adult_formula_for_child`, `dose.descriptor_input_missing`, `dose.height_implausible`,
 *   `dose.descriptor_not_applicable`
 */
export function describeWeight(
  trace: Trace,
  order: WeightOrder,
  participant: Participant,
  measured: Fraction,
  source: StepSource,
): Fraction {
  const { descriptor } = order;
  if (descriptor === "actual") {
    // Where the re-weigh rule lets the reference stand, that is the weight that was measured and counts.
    const isReference = decimalText(measured) !== order.weightKg;
    return addStep(trace, isReference ? "weight:reference" : "weight", { a: measured }, { source });
  }
  const body = requireAdult(descriptor, participant);
  const weight = weightByFormula(trace, order, body, measured, {
    texts: { sex: body.sex },
    source: [...source, { key: "formula", text: SOURCE }],
  });
  if (compare(weight, LIGHTEST_KG) < 0 || compare(weight, HEAVIEST_KG) > 0) {
    const message = `The ${descriptor} weight of this body would be ${readable(decimalText(weight))} kg: the formula does not hold for it.`;
    return fail("dose.descriptor_not_applicable", "weight.descriptor", message, {
      expected: "0.5 to 300 kg",
      received: `${readable(decimalText(weight))} kg`,
      parameters: { descriptor },
    });
  }
  return weight;
}

function weightByFormula(
  trace: Trace,
  order: WeightOrder,
  body: AdultBody,
  measured: Fraction,
  about: About,
): Fraction {
  const common = { a: measured, h: body.heightCm };
  const B = BASE[body.sex];
  if (order.descriptor === "lean") {
    const c = leanConstant(body, order);
    const lean = addStep(trace, "weight:lean", { ...common, k: LEAN_SLOPE[body.sex], c }, about);
    requireRising(body, c, measured, lean);
    return lean;
  }
  if (order.descriptor === "adjusted")
    return addStep(trace, "weight:adjusted", { ...common, B, f: adjustmentFactor(order) }, about);
  return addStep(trace, order.descriptor === "ideal" ? "weight:ideal" : "weight:predicted", { ...common, B }, about);
}
