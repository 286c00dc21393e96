import { fail } from "../foundation/index.js";
import { compare, fraction, fractionText, lowest, ONE, ZERO, type Fraction } from "../quantity/index.js";
import { refuseUnknownOptions } from "./checkOptions.js";
import { lowestBalls, scaledBalls } from "./fixedPoint.js";
import type { ScoreRule } from "./minimizationScore.js";
import { parseParameter, type ParameterInput } from "./parameter.js";
import type { Balls } from "./urn.js";

/** How scores become probabilities. */
export type MinimizationLaw =
  | {
      /** A preferred arm with probability p; for unequal ratios by Han's correction. */
      readonly kind: "fixed";
      /** p of the arm with the least ratio share, in [w_least / W, 1], both ends included; 1 is Taves. */
      readonly probability: ParameterInput;
      /**
       * Several arms with the least score: "lot" (if absent) draws the preferred one among them with balls w_k;
       * "share" divides p evenly among them and 1 - p among the others (equal ratio and p >= 1 - 1/arms only).
       */
      readonly ties?: "lot" | "share";
    }
  | {
      /** Rank i of k arms: q - 2 (k q - 1) i / (k (k + 1)); equal ratio only; tied arms share their ranks evenly. */
      readonly kind: "rank";
      /** q, in [1/k, 2/(k - 1)], both ends included. */
      readonly q: ParameterInput;
    }
  | {
      /** (1 - t G_i / sum G) / (k - t), G_i the score; all scores 0: evenly; equal ratio only. */
      readonly kind: "proportional";
      /** t, in [0, 1], both ends included. */
      readonly t: ParameterInput;
    };

/** The balls for the scores of all arms. */
export type LawBalls = <Score>(scores: readonly Score[], rule: ScoreRule<Score>) => readonly Balls[];

/**
 * The law as a function from scores to balls.
 *
 * @param ratio - in lowest terms
 * @throws AllocellError `procedure.law_unknown`, `procedure.option_unknown`, `procedure.rational_invalid`,
 *   `procedure.parameter_out_of_range`, `procedure.ratio_unsupported`
 */
export function lawBalls(law: MinimizationLaw, ratio: readonly number[]): LawBalls {
  switch (law.kind) {
    case "fixed":
      return fixedLaw(law, ratio);
    case "rank":
      return rankLaw(law, ratio);
    case "proportional":
      return proportionalLaw(law, ratio);
    default:
      return fail("procedure.law_unknown", "law.kind", "There is no such law from scores to probabilities.", {
        expected: "fixed, rank or proportional",
      });
  }
}

/** Bit mask of the arms with the least score. */
export function leastScoreMask<Score>(scores: readonly Score[], rule: ScoreRule<Score>): number {
  let least = scores[0] as Score;
  let mask = 1;
  for (let arm = 1; arm < scores.length; arm += 1) {
    const order = rule.compare(scores[arm] as Score, least);
    if (order < 0) {
      least = scores[arm] as Score;
      mask = 1 << arm;
    } else if (order === 0) {
      mask |= 1 << arm;
    }
  }
  return mask;
}

function fixedLaw(law: MinimizationLaw & { kind: "fixed" }, ratio: readonly number[]): LawBalls {
  refuseUnknownOptions(law, ["kind", "probability", "ties"]);
  const arms = ratio.length;
  const leastShare = lowest(
    fraction(
      Math.min(...ratio),
      ratio.reduce((sum, w) => sum + w, 0),
    ),
  );
  const p = readParameter(law.probability, "law.probability", leastShare, ONE);
  const isShared = law.ties === "share";
  if (law.ties !== undefined && !["lot", "share"].includes(law.ties)) {
    fail("procedure.parameter_out_of_range", "law.ties", "Ties are settled by lot or by sharing.", {
      expected: "lot or share",
    });
  }
  if (isShared) {
    requireEqualRatio(ratio, "Sharing p among tied arms");
    // With a smaller p an arm could be less likely for being tied for the least score than for having lost.
    if (arms > 2) readParameter(law.probability, "law.probability", lowest(fraction(arms - 1, arms)), ONE);
  }
  const known = new Map<number, readonly Balls[]>();
  return (scores, rule) => {
    const mask = leastScoreMask(scores, rule);
    let balls = known.get(mask);
    if (balls === undefined) {
      balls = isShared ? sharedBalls(mask, ratio, p) : hanBalls(mask, ratio, p);
      known.set(mask, balls);
    }
    return balls;
  };
}

/**
 * Han's correction, any ratio: l the arm of least w, S = W - w_l. A preferred arm k gets 1 - (1 - p)(W - w_k)/S, another
 * j (1 - p) w_j/S. Several candidates: the mean over them, weighted by w. If arm k is preferred with probability
 * rho_k, it is assigned with probability rho_k.
 */
function hanBalls(mask: number, ratio: readonly number[], p: Fraction): readonly Balls[] {
  const w = ratio.map(BigInt);
  const ratioSum = w.reduce((sum, x) => sum + x, 0n);
  const rest = ratioSum - w.reduce((least, x) => (x < least ? x : least));
  const isTied = (arm: number): boolean => ((mask >> arm) & 1) === 1;
  const tiedSum = w.reduce((sum, x, arm) => (isTied(arm) ? sum + x : sum), 0n);
  const b = p.denominator;
  const toOthers = b - p.numerator;
  return lowestBalls(
    w.map((x, arm) => {
      const asOther = toOthers * x;
      if (!isTied(arm)) return asOther * tiedSum;
      return x * (b * rest - toOthers * (ratioSum - x)) + (tiedSum - x) * asOther;
    }),
  );
}

/** Equal ratio: t tied arms p/t each, the others (1 - p)/(k - t) each; all tied: evenly. */
function sharedBalls(mask: number, ratio: readonly number[], p: Fraction): readonly Balls[] {
  const isTied = ratio.map((_, arm) => ((mask >> arm) & 1) === 1);
  const tied = BigInt(isTied.filter(Boolean).length);
  const others = BigInt(ratio.length) - tied;
  if (others === 0n) return ratio;
  return lowestBalls(isTied.map((is) => (is ? p.numerator * others : (p.denominator - p.numerator) * tied)));
}

function rankLaw(law: MinimizationLaw & { kind: "rank" }, ratio: readonly number[]): LawBalls {
  refuseUnknownOptions(law, ["kind", "q"]);
  requireEqualRatio(ratio, "The rank law");
  const k = ratio.length;
  const q = readParameter(law.q, "law.q", fraction(1, k), lowest(fraction(2, k - 1)));
  const { numerator: a, denominator: b } = q;
  const arms = BigInt(k);
  return (scores, rule) =>
    lowestBalls(
      scores.map((score) => {
        const better = scores.filter((other) => rule.compare(other, score) < 0).length;
        const tied = scores.filter((other) => rule.compare(other, score) === 0).length;
        const twiceRank = BigInt(2 * better + tied + 1); // ranks better + 1 ... better + tied, their mean, doubled
        return a * arms * (arms + 1n) - (arms * a - b) * twiceRank;
      }),
    );
}

function proportionalLaw(law: MinimizationLaw & { kind: "proportional" }, ratio: readonly number[]): LawBalls {
  refuseUnknownOptions(law, ["kind", "t"]);
  requireEqualRatio(ratio, "The proportional law");
  const { numerator: a, denominator: b } = readParameter(law.t, "law.t", ZERO, ONE);
  return (scores, rule) => {
    const whole = scores.map((score) => rule.whole(score));
    const sum = whole.reduce((total, score) => total + score, 0n);
    return sum === 0n ? ratio : scaledBalls(whole.map((score) => b * sum - a * score));
  };
}

function readParameter(input: ParameterInput, path: string, least: Fraction, most: Fraction): Fraction {
  const value = parseParameter(input, path);
  if (compare(value, least) >= 0 && compare(value, most) <= 0) return value;
  const interval = `from ${fractionText(least)} to ${fractionText(most)}`;
  return fail("procedure.parameter_out_of_range", path, `"${path}" must be ${interval} here.`, {
    expected: `a fraction ${interval}, both included`,
    received: String(input),
  });
}

function requireEqualRatio(ratio: readonly number[], what: string): void {
  if (ratio.some((w) => w !== 1)) {
    fail("procedure.ratio_unsupported", "ratio", `${what} is defined for equal ratio only.`, {
      expected: 'equal ratio; for another the "fixed" law with ties by lot, which keeps it',
      received: ratio.join(":"),
    });
  }
}
