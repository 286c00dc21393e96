import { describeReceived, fail, requireFields } from "../foundation/index.js";
import { compare, readFraction } from "./fraction.js";
import { refuseAmbiguous, requireText } from "./notation.js";
import { canonicalPositive } from "./parseNumber.js";

const LIGHTEST_KG = "0.5";
const HEAVIEST_KG = "300";

function isBodyWeight(weightKg: string): boolean {
  const weight = readFraction(weightKg);
  return compare(weight, readFraction(LIGHTEST_KG)) >= 0 && compare(weight, readFraction(HEAVIEST_KG)) <= 0;
}

const WEIGHT = /^(?<number>(?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(?: ?(?<unit>kg|KG|公斤|千克))?$/u;
const OTHER_UNIT =
  /(?<unit>lbs?|pounds?|oz|ounces?|st|stones?|mg|grams?|grammes?|gr|g|tons?|tonnes?|t|jin|catty|catties|斤|磅)\.?$/iu;

/**
 * Reads a body weight in kilograms from text: "72.4 kg".
 *
 * "72.4 KG", "72.4 公斤" and "72.4 千克" are kilograms too. A bare "72.4" is refused unless the field's own name or the column's header carries the unit.
 *
 * @param text - untrusted; a plain decimal number or a `Decimal`, 0.5 kg to 300 kg, both included
 * @param path - the field, for the error
 * @param options.unitInName - true for a field such as `weightKg`: then the unit may be left out
 * @returns kilograms as canonical decimal text
 * @throws AllocellError `quantity.weight_unit` for pounds, ounces, grams, stones or another unit;
 *   `quantity.unit_missing` for a bare number; `quantity.weight_out_of_range` outside 0.5-300 kg; and the codes of
 *   {@link parsePositiveDecimal}
 * @example
 * parseWeightKg("72.4 kg", "weight"); // "72.4"
 * parseWeightKg("72.4", "weightKg", { unitInName: true }); // "72.4"
 */
export function parseWeightKg(text: unknown, path: string, options: { readonly unitInName?: boolean } = {}): string {
  requireFields(options, "the options of parseWeightKg", {});
  const example = options.unitInName === true ? "72.4" : "72.4 kg";
  const clean = requireText(text, path, example);
  const detail = (): { expected: string; received: string } => ({
    expected: `kilograms, for example "${example}"`,
    received: describeReceived(clean),
  });

  const groups = WEIGHT.exec(clean)?.groups;
  if (groups === undefined) {
    const other = /(?:kg\.?|公斤|千克)$/iu.test(clean) ? undefined : OTHER_UNIT.exec(clean)?.groups?.["unit"];
    if (other !== undefined) {
      return fail("quantity.weight_unit", path, `A weight is given in kilograms only, not in "${other}".`, {
        ...detail(),
        parameters: { other },
      });
    }
    // 3.105 kg is an ordinary weight, so only what WEIGHT refused is searched for the traps of a count.
    refuseAmbiguous(clean.replace(/ ?(?:kg|KG|公斤|千克)$/u, ""), path, false);
    return fail("quantity.malformed", path, `"${clean}" is not a weight; write it as "${example}".`, {
      ...detail(),
      parameters: { clean, example },
    });
  }
  if (groups["unit"] === undefined && options.unitInName !== true) {
    return fail("quantity.unit_missing", path, `A weight needs its unit: write "${clean} kg".`, {
      ...detail(),
      parameters: { clean },
    });
  }
  const weightKg = canonicalPositive({ digits: groups["number"] ?? "", exponent: 0 }, path, clean);
  if (!isBodyWeight(weightKg)) {
    return fail(
      "quantity.weight_out_of_range",
      path,
      `A body weight lies between ${LIGHTEST_KG} and ${HEAVIEST_KG} kg, both included; this one does not (are these kilograms?).`,
      { expected: `${LIGHTEST_KG} kg to ${HEAVIEST_KG} kg`, received: describeReceived(clean) },
    );
  }
  return weightKg;
}
