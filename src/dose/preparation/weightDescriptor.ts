import { fail } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  type Fraction,
  minus,
  ONE,
  over,
  plus,
  readFraction,
  times,
  ZERO,
} from "../../quantity/index.js";
import type { Participant, WeightDescriptor, WeightOrder } from "./model.js";
import { readable } from "../shown.js";
import type { StepInput } from "../model.js";
import { input } from "../step.js";
import { writtenStep, type Trace } from "./trace.js";

const ADULT_YEARS = readFraction("18");
const [SHORTEST_CM, TALLEST_CM] = [readFraction("120"), readFraction("250")];
const CM_PER_INCH = readFraction("2.54");
const BASE = { male: readFraction("50"), female: readFraction("45.5") };
const PER_INCH = readFraction("2.3");
const PER_CM = readFraction("0.91");
const LEAN_SLOPE = { male: readFraction("1.10"), female: readFraction("1.07") };
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

function idealWeight({ sex, heightCm }: AdultBody): Fraction {
  return plus(BASE[sex], times(PER_INCH, minus(over(readFraction(heightCm), CM_PER_INCH), readFraction("60"))));
}

function leanWeight(body: AdultBody, weight: Fraction, order: WeightOrder): Fraction {
  if (body.sex === "male" && order.leanMaleConstant === undefined) {
    return fail(
      "dose.descriptor_input_missing",
      "weight.leanMaleConstant",
      "Sources print the lean weight of men with 120 and with 128: say which one the protocol uses.",
      { expected: "120 or 128", received: "nothing" },
    );
  }
  const curve = readFraction(body.sex === "male" ? (order.leanMaleConstant ?? "") : "148");
  const height = readFraction(body.heightCm);
  const square = times(height, height);
  const linear = times(LEAN_SLOPE[body.sex], weight);
  const lean = minus(linear, over(times(curve, times(weight, weight)), square));
  // The derivative slope - 2 × curve × w / h² is negative beyond the top of the parabola.
  const isFalling = compare(times(LEAN_SLOPE[body.sex], square), times(readFraction("2"), times(curve, weight))) < 0;
  if (isFalling || compare(lean, ZERO) <= 0) {
    return fail(
      "dose.descriptor_not_applicable",
      "weight.descriptor",
      "Here the lean weight falls as the weight rises, or is not positive: the formula does not hold for this body.",
    );
  }
  return lean;
}

/** As for a measured weight. */
const [LIGHTEST_KG, HEAVIEST_KG] = [readFraction("0.5"), readFraction("300")];

const FORMULAS: Readonly<Record<Exclude<WeightDescriptor, "actual">, string>> = {
  ideal: "w = B + 2.3 × (height h / 2.54 - 60); B = 50 (male) or 45.5 (female)",
  predicted: "w = B + 0.91 × (height h - 152.4); B = 50 (male) or 45.5 (female)",
  adjusted:
    "w = ideal + f × (measured weight a - ideal); ideal = B + 2.3 × (height h / 2.54 - 60), B = 50 (male) or 45.5 (female)",
  lean: "w = k × measured weight a - c × (a / height h)²; k = 1.10 (male) or 1.07 (female), c = 148 (female)",
};

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
  source: string,
): Fraction {
  const { descriptor } = order;
  const measuredKg = decimalText(measured);
  // Where the re-weigh rule lets the reference stand, that is the weight that was measured and counts.
  const isReference = measuredKg !== order.weightKg;
  const actual = input("a", isReference ? "reference weight, which stays" : "measured weight", measuredKg, "kg");
  if (descriptor === "actual") {
    const title = "Dosing weight";
    trace.steps?.push(
      writtenStep({
        id: "weight",
        title,
        formula: isReference ? "w = reference weight a" : "w = measured weight a",
        worked: "w",
        inputs: [actual],
        unit: "kg",
        source,
        exact: measuredKg,
      }),
    );
    return measured;
  }
  const body = requireAdult(descriptor, participant);
  const { weight, inputs: ofFormula } = weightByFormula(descriptor, body, measured, order);
  const inputs = [actual, input("h", "height", body.heightCm, "cm"), ...ofFormula];
  if (compare(weight, LIGHTEST_KG) < 0 || compare(weight, HEAVIEST_KG) > 0) {
    const message = `The ${descriptor} weight of this body would be ${readable(decimalText(weight))} kg: the formula does not hold for it.`;
    return fail("dose.descriptor_not_applicable", "weight.descriptor", message, {
      expected: "0.5 to 300 kg",
      received: `${readable(decimalText(weight))} kg`,
      parameters: { descriptor },
    });
  }
  trace.steps?.push(
    writtenStep({
      id: "weight",
      title: `Dosing weight: ${descriptor} weight, ${body.sex}`,
      formula: FORMULAS[descriptor],
      worked:
        inputs.map(({ symbol, value, unit }) => `${symbol} = ${value}${unit === "" ? "" : ` ${unit}`}`).join(", ") +
        ": w",
      inputs,
      unit: "kg",
      source: `${source}; formula: ${SOURCE}`,
      exact: decimalText(weight),
    }),
  );
  return weight;
}

/** The weight by a formula, with what the formula takes besides weight and height. */
function weightByFormula(
  descriptor: Exclude<WeightDescriptor, "actual">,
  body: AdultBody,
  measured: Fraction,
  order: WeightOrder,
): { readonly weight: Fraction; readonly inputs: readonly StepInput[] } {
  const ideal = idealWeight(body);
  switch (descriptor) {
    case "ideal":
      return { weight: ideal, inputs: [] };
    case "predicted": {
      const above = minus(readFraction(body.heightCm), readFraction("152.4"));
      return { weight: plus(BASE[body.sex], times(PER_CM, above)), inputs: [] };
    }
    case "lean": {
      const curve = body.sex === "male" ? (order.leanMaleConstant ?? "") : "148";
      return { weight: leanWeight(body, measured, order), inputs: [input("c", "constant", curve, "cm²/kg")] };
    }
    case "adjusted": {
      const factor = readFraction(order.adjustmentFactor ?? "0");
      if (order.adjustmentFactor === undefined || compare(factor, ONE) >= 0) {
        const message = "The adjusted weight needs its factor, above 0 and below 1.";
        return fail("dose.descriptor_input_missing", "weight.adjustmentFactor", message, {
          expected: "a factor such as 0.4 or 0.25",
          received: order.adjustmentFactor ?? "nothing",
        });
      }
      const weight = plus(ideal, times(factor, minus(measured, ideal)));
      return { weight, inputs: [input("f", "factor", order.adjustmentFactor, "")] };
    }
  }
}
