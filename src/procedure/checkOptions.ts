import { describeReceived, fail, requireFields } from "../foundation/index.js";
import { reducedRatio } from "./permutedBlock.js";

/**
 * Refuses an option that the procedure does not have: one that is ignored looks as if it worked.
 *
 * @throws AllocellError `procedure.option_unknown`
 */
export function refuseUnknownOptions(options: object, known: readonly string[]): void {
  requireFields(options, "the options of a procedure", {});
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    fail("procedure.option_unknown", unknown, `This procedure has no option "${unknown}".`, {
      expected: known.join(", "),
    });
  }
}

/**
 * A parameter that is a whole number in [least, most], both ends included.
 *
 * @throws AllocellError `procedure.parameter_out_of_range`
 */
export function wholeNumber(value: number, path: string, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  return fail("procedure.parameter_out_of_range", path, `"${path}" must be a whole number from ${least} to ${most}.`, {
    expected: `a whole number from ${least} to ${most}`,
    received: describeReceived(value),
  });
}

/**
 * Accepts two arms at 1:1 (also written 2:2 and so on) and nothing else.
 *
 * @throws AllocellError `procedure.ratio_unsupported`, `procedure.ratio_invalid`
 */
export function requireTwoEqualArms(ratio: readonly number[], procedure: string): void {
  const reduced = reducedRatio(ratio);
  if (reduced.length !== 2 || reduced[0] !== reduced[1]) {
    fail("procedure.ratio_unsupported", "ratio", `The ${procedure} is defined for two arms at 1:1 only.`, {
      expected: "1:1; for another ratio a procedure that is defined for it, or merged arms",
      received: ratio.join(":"),
      parameters: { procedure },
    });
  }
}

/**
 * Accepts arms at equal ratio (also written 2:2:2 and so on) and nothing else.
 *
 * @throws AllocellError `procedure.ratio_unsupported`, `procedure.ratio_invalid`
 */
export function requireEqualArms(ratio: readonly number[], procedure: string): void {
  if (reducedRatio(ratio).some((w) => w !== 1)) {
    fail("procedure.ratio_unsupported", "ratio", `The ${procedure} is defined for arms at equal ratio only.`, {
      expected: "1:1, 1:1:1 and so on; for another ratio a procedure that is defined for it, or merged arms",
      received: ratio.join(":"),
      parameters: { procedure },
    });
  }
}
