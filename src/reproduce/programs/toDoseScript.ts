import { fail, requireString } from "../../foundation/index.js";
import { VERSION } from "../../version.js";
import { filled } from "./filled.js";
import python from "./python/recompute-dose.py";
import r from "./r/recompute-dose.R";
import wholeNumbers from "./r/whole-numbers.R";
import type { ScriptRequest } from "./request.js";

const PROGRAMS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  Object.entries({ python, r } satisfies Record<ScriptRequest["language"], string>),
);

/**
 * A standalone program that recomputes preparations: it takes the order out of the answer of `allocell prepare --json`,
 * computes every step again in exact fractions, compares each amount of the answer and names the first that differs.
 *
 * It needs nothing but Python 3.8 (standard library) or R 3.6 (base), and nothing of this package. It holds no order.
 *
 * @param language - of the program
 * @returns the program's text, lines ending in LF
 * @throws AllocellError `input.invalid` for another language
 * @example
 * toDoseScript("r").split("\n")[0]; // "# Recomputes preparations from their orders, with nothing but R …"
 * @see docs/recomputation.md
 */
export function toDoseScript(language: ScriptRequest["language"]): string {
  requireString(language, "language", "the language of a program");
  const program = PROGRAMS.get(language);
  if (program === undefined) {
    return fail("input.invalid", "language", "No program is written in this language.", {
      expected: [...PROGRAMS.keys()].join(" or "),
      received: language,
    });
  }
  return filled(program, { VERSION }).replace("# @WHOLE_NUMBERS@", () => wholeNumbers.trimEnd());
}
