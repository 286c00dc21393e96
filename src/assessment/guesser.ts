import { deepFreeze, fail, requireFields } from "../foundation/index.js";
import type { Masking, MaskedRole } from "../trial/index.js";

/** Who guesses: he knows all earlier allocations, those of his own centre, or (where everybody is masked) none. */
export type Guesser = "everything" | "own-centre" | "nothing";

/** The knowledge of a guesser, from most to least. */
export const GUESSERS: readonly Guesser[] = Object.freeze(["everything", "own-centre", "nothing"] as const);

/** Who enrols and treats, and so could use a guess. */
const ENROLS: readonly MaskedRole[] = ["care-provider", "investigator"];

/**
 * What the masking of a trial's part leaves to know to whoever enrols: everything where nobody is masked; nothing where
 * both the investigator and the care provider are masked; otherwise the allocations of his own centre.
 *
 * Where a source names the level only, quadruple masking is that of both, and every other level may leave one of them
 * unmasked.
 *
 * @throws AllocellError `input.invalid`, `assessment.option_invalid` (a level that is not known)
 * @example guesserOf({ level: "double", who: ["investigator", "care-provider"] }); // "nothing"
 */
export function guesserOf(masking: Masking): Guesser {
  requireFields(masking, "the masking of a part: level", { level: "text" });
  const { level, who } = masking;
  switch (level) {
    case "none":
      return "everything";
    case "quadruple":
      return "nothing";
    case "single":
    case "double":
    case "triple":
      return who !== undefined && ENROLS.every((role) => who.includes(role)) ? "nothing" : "own-centre";
    default:
      return fail("assessment.option_invalid", "level", "This level of masking is not known.", {
        expected: "none, single, double, triple or quadruple",
        received: String(level),
      });
  }
}

/** A number for each guesser. */
export const byGuesser = <T>(value: (guesser: Guesser) => T): Readonly<Record<Guesser, T>> =>
  deepFreeze({ everything: value("everything"), "own-centre": value("own-centre"), nothing: value("nothing") });
