import { fail, requireEach, requireFields } from "../../foundation/index.js";
import { ALL_FORMULAS } from "./formulas.js";
import { type Computed, type FormulaWords, inWords, type Said } from "./step.js";

const WORDS = { title: "text", line: "text", about: "text", ceiling: "text", unit: "a function" } as const;

/**
 * Title, formula, worked line, rounding and source of a step in the words of a language: the line is "100 - 7.24 = 92.76 mL", of one
 * quantity alone "w = 72.4 kg".
 *
 * @throws AllocellError `input.invalid`
 * @example
 * const words = { title: "Poids", line: "w = poids mesuré a", about: "environ ", ceiling: "plafond" };
 * stepInWords(step, { ...words, unit: (text) => text }).worked; // "w = 72.4 kg"
 */
export function stepInWords(step: Computed, words: FormulaWords): Said {
  const what = "a step of a calculation";
  requireFields(step, what, {
    formulaId: "text",
    inputs: "a list",
    exact: "text",
    result: "a map",
    texts: "a map",
    parts: "a map",
  });
  requireFields(words, "the words of a formula", WORDS);
  if (!Object.hasOwn(ALL_FORMULAS, step.formulaId)) {
    return fail("input.invalid", "formulaId", `This is not ${what}: no formula has its id.`, {
      expected: "a formula of the table",
      received: step.formulaId,
    });
  }
  requireEach(step.parts.rounding, "a part of how a step is rounded", { key: "text" });
  requireEach(step.parts.source, "a part of where a step comes from", { key: "text" });
  requireEach(step.inputs, "an input of a step", { symbol: "text", value: "text" });
  return inWords(ALL_FORMULAS[step.formulaId], step, words);
}
