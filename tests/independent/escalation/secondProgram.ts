// A second program for dose escalation, written from docs/escalation.md alone.
// It shares nothing with the first program. Levels count from 1 in everything that goes in or out.

// ---------------------------------------------------------------------------------------------
// The rule file

/** A share as text: "0.25" or "1/4". */
export type Share = string;

export interface SecondLevel {
  readonly label: string;
  readonly dose?: string;
  readonly administrations?: string;
}

export interface Equivalence {
  readonly below: Share;
  readonly above: Share;
}

/** The options of every rule but 3 + 3. */
export interface CommonOptions {
  readonly cohorts: readonly number[];
  readonly maxTotal: number;
  readonly lastCohort: "cut" | "not-opened";
  readonly atLowest: "stay" | "stop";
  readonly atHighest: "stay" | "stop";
  readonly reescalation: "allowed" | "never";
  readonly minToEscalate: number;
  readonly maxAtLevel: number | "none";
  readonly earlyStop: "none" | { readonly atLevel: number; readonly when: "reached" | "stay" };
  readonly stopCohortWhenDecided: boolean;
}

/** The options of the rules that have a target. */
export interface TargetOptions extends CommonOptions {
  readonly target: Share;
  readonly elimination: { readonly cutoff: Share; readonly minimum: number };
  readonly extraSafe: "none" | { readonly offset: Share };
  readonly selection: { readonly kind: "isotonic"; readonly mustNotExceed: "none" | "de-escalation-boundary" };
}

export interface BoinRule extends TargetOptions {
  readonly kind: "boin";
  readonly tooLow: Share;
  readonly tooHigh: Share;
}

export interface I3Rule extends TargetOptions {
  readonly kind: "i3+3";
  readonly equivalence: Equivalence;
}

export interface Mtpi2Rule extends TargetOptions {
  readonly kind: "mtpi-2";
  readonly equivalence: Equivalence;
  /** The page names only "dropped"; every other value keeps the short intervals. */
  readonly shortIntervals: string;
}

export type TableDecision = "escalate" | "stay" | "de-escalate" | "eliminate" | "stop";

export interface TableCell {
  readonly n: number;
  readonly dlt: number;
  readonly decision: TableDecision;
}

export type TableSelection =
  | { readonly kind: "below-stop" }
  | { readonly kind: "isotonic"; readonly target: Share; readonly mustNotExceed: "none" };

export interface OwnTableRule extends CommonOptions {
  readonly kind: "own-table";
  readonly cells: readonly TableCell[];
  readonly selection: TableSelection;
}

export interface ThreeRule {
  readonly kind: "3+3";
  readonly variant: "escalate-only" | "de-escalate";
  readonly needSixAtMtd: boolean;
  readonly maxTotal: number | "none";
  readonly stopCohortWhenDecided: boolean;
}

export type TargetRule = BoinRule | I3Rule | Mtpi2Rule;
export type LetterRule = TargetRule | OwnTableRule;
export type SecondRule = LetterRule | ThreeRule;

export interface SecondDesign {
  readonly levels: readonly SecondLevel[];
  readonly startLevel: number;
  readonly rule: SecondRule;
  readonly conduct?: unknown;
}

export interface SecondCohort {
  readonly level: number;
  readonly safe: number;
  readonly toxic: number;
}

export interface SecondAnswer {
  readonly action: "escalate" | "stay" | "de-escalate" | "eliminate" | "stop";
  readonly level: number | null;
  readonly size: number;
  readonly recommended?: number | null;
}

export type SecondPendingAnswer = SecondAnswer | { readonly action: "wait"; readonly level: null; readonly size: 0 };

// ---------------------------------------------------------------------------------------------
// Fractions: the denominator is always positive, and numerator and denominator have no common factor

interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

function fraction(num: bigint, den: bigint): Fraction {
  if (den === 0n) throw new Error("division by zero");
  let a = num < 0n ? -num : num;
  let b = den < 0n ? -den : den;
  while (b !== 0n) [a, b] = [b, a % b];
  const sign = den < 0n ? -1n : 1n;
  return { num: (sign * num) / a, den: (sign * den) / a };
}

const ZERO: Fraction = { num: 0n, den: 1n };
const ONE: Fraction = { num: 1n, den: 1n };

function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den);
}

function subtract(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den - b.num * a.den, a.den * b.den);
}

function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.num, a.den * b.den);
}

function divide(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den, a.den * b.num);
}

/** Negative if a < b, 0 if they are equal, positive if a > b. */
function compare(a: Fraction, b: Fraction): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function parseDecimal(text: string): Fraction {
  const match = /^\s*(-?)(\d*)(?:\.(\d*))?\s*$/.exec(text);
  if (match === null) throw new Error(`not a share: ${text}`);
  const whole = match[2] ?? "";
  const decimals = match[3] ?? "";
  if (whole + decimals === "") throw new Error(`not a share: ${text}`);
  const size = BigInt(whole + decimals);
  return fraction(match[1] === "-" ? -size : size, 10n ** BigInt(decimals.length));
}

function parseShare(text: Share): Fraction {
  const parts = text.split("/");
  const first = parseDecimal(parts[0] ?? "");
  if (parts.length === 1) return first;
  if (parts.length !== 2) throw new Error(`not a share: ${text}`);
  return divide(first, parseDecimal(parts[1] ?? ""));
}

// ---------------------------------------------------------------------------------------------
// Probabilities and logarithms

/** P(rate > t | x of n) with a uniform prior, which is P(Bin(n + 1, t) <= x). */
function probabilityAbove(t: Fraction, n: number, x: number): Fraction {
  if (compare(t, ZERO) <= 0) return ONE;
  if (compare(t, ONE) >= 0) return ZERO;
  const trials = n + 1;
  const miss = t.den - t.num;
  let ways = 1n;
  let sum = 0n;
  for (let k = 0; k <= x && k <= trials; k += 1) {
    sum += ways * t.num ** BigInt(k) * miss ** BigInt(trials - k);
    ways = (ways * BigInt(trials - k)) / BigInt(k + 1);
  }
  return fraction(sum, t.den ** BigInt(trials));
}

const DIGITS = 10n ** 60n;

/** 2 artanh(num / den) in units of 10^-60, for 0 <= num / den <= 1/3. */
function twiceArtanh(num: bigint, den: bigint): bigint {
  let power = (num * DIGITS) / den;
  let sum = 0n;
  for (let odd = 1n; power > 0n; odd += 2n) {
    sum += power / odd;
    power = (power * num * num) / (den * den);
  }
  return 2n * sum;
}

/** ln(value) in units of 10^-60, for value >= 1: twos are taken out, the rest is a fast series. */
function logarithm(value: Fraction): bigint {
  let twos = 0n;
  let den = value.den;
  while (value.num >= 2n * den) {
    den *= 2n;
    twos += 1n;
  }
  return twos * twiceArtanh(1n, 3n) + twiceArtanh(value.num - den, value.num + den);
}

/** A boundary of BOIN is ln(over) / ln(under), with both above 1. */
interface Boundary {
  readonly over: Fraction;
  readonly under: Fraction;
}

/**
 * The boundary between two rates low < high: ln((1 - low) / (1 - high)) / ln(high (1 - low) / (low (1 - high))).
 * The escalation boundary is that of tooLow and the target, the other one that of the target and tooHigh.
 */
function boundaryBetween(low: Fraction, high: Fraction): Boundary {
  const over = divide(subtract(ONE, low), subtract(ONE, high));
  return { over, under: multiply(over, divide(high, low)) };
}

/** Compares x / n with the boundary exactly: x ln(under) against n ln(over) is under^x against over^n. */
function compareCount(x: number, n: number, { over, under }: Boundary): number {
  const left: Fraction = { num: under.num ** BigInt(x), den: under.den ** BigInt(x) };
  const right: Fraction = { num: over.num ** BigInt(n), den: over.den ** BigInt(n) };
  return compare(left, right);
}

/** Whether an estimate is above the boundary; what agrees to 25 digits counts as equal. */
function estimateAbove(estimate: Fraction, { over, under }: Boundary): boolean {
  const boundary = (logarithm(over) * DIGITS) / logarithm(under);
  return (estimate.num * DIGITS) / estimate.den - boundary > DIGITS / 10n ** 25n;
}

// ---------------------------------------------------------------------------------------------
// The letters

type Letter = "E" | "S" | "D" | "U" | "X";

const TABLE_LETTERS: Readonly<Record<TableDecision, Letter>> = {
  escalate: "E",
  stay: "S",
  "de-escalate": "D",
  eliminate: "U",
  stop: "X",
};

function boinLetter(rule: BoinRule, n: number, x: number): Letter {
  const target = parseShare(rule.target);
  if (compareCount(x, n, boundaryBetween(parseShare(rule.tooLow), target)) <= 0) return "E";
  if (compareCount(x, n, boundaryBetween(target, parseShare(rule.tooHigh))) >= 0) return "D";
  return "S";
}

function i3Letter(rule: I3Rule, n: number, x: number): Letter {
  const target = parseShare(rule.target);
  const low = subtract(target, parseShare(rule.equivalence.below));
  const high = add(target, parseShare(rule.equivalence.above));
  const rate = fraction(BigInt(x), BigInt(n));
  if (compare(rate, low) < 0) return "E";
  if (compare(rate, high) <= 0) return "S";
  return compare(fraction(BigInt(x - 1), BigInt(n)), low) < 0 ? "S" : "D";
}

interface Interval {
  readonly from: Fraction;
  readonly to: Fraction;
  readonly letter: Letter;
}

/** The intervals in the order in which equal unit masses are resolved: the target's, those above, those below. */
function keyboardIntervals(rule: Mtpi2Rule): readonly Interval[] {
  const target = parseShare(rule.target);
  const low = subtract(target, parseShare(rule.equivalence.below));
  const high = add(target, parseShare(rule.equivalence.above));
  const length = subtract(high, low);
  const keepShort = rule.shortIntervals !== "dropped";
  const intervals: Interval[] = [{ from: low, to: high, letter: "S" }];
  for (let from = high; compare(from, ONE) < 0; from = add(from, length)) {
    const to = add(from, length);
    if (compare(to, ONE) <= 0) intervals.push({ from, to, letter: "D" });
    else if (keepShort) intervals.push({ from, to: ONE, letter: "D" });
  }
  for (let to = low; compare(to, ZERO) > 0; to = subtract(to, length)) {
    const from = subtract(to, length);
    if (compare(from, ZERO) >= 0) intervals.push({ from, to, letter: "E" });
    else if (keepShort) intervals.push({ from: ZERO, to, letter: "E" });
  }
  return intervals;
}

function mtpi2Letter(rule: Mtpi2Rule, n: number, x: number): Letter {
  let best: { readonly mass: Fraction; readonly letter: Letter } | null = null;
  for (const { from, to, letter } of keyboardIntervals(rule)) {
    const inside = subtract(probabilityAbove(from, n, x), probabilityAbove(to, n, x));
    const mass = divide(inside, subtract(to, from));
    // Only a larger mass displaces an earlier interval.
    if (best === null || compare(mass, best.mass) > 0) best = { mass, letter };
  }
  return best === null ? "S" : best.letter;
}

/** Null where a table of one's own has no cell. */
function computeLetter(rule: LetterRule, n: number, x: number): Letter | null {
  if (rule.kind === "own-table") {
    const cell = rule.cells.find((candidate) => candidate.n === n && candidate.dlt === x);
    return cell === undefined ? null : TABLE_LETTERS[cell.decision];
  }
  const { cutoff, minimum } = rule.elimination;
  if (n >= minimum && compare(probabilityAbove(parseShare(rule.target), n, x), parseShare(cutoff)) > 0) return "U";
  if (rule.kind === "boin") return boinLetter(rule, n, x);
  if (rule.kind === "i3+3") return i3Letter(rule, n, x);
  return mtpi2Letter(rule, n, x);
}

const remembered = new WeakMap<LetterRule, Map<string, Letter | null>>();

/** The letter of x of n, computed once for each rule. */
function letterOrNull(rule: LetterRule, n: number, x: number): Letter | null {
  let letters = remembered.get(rule);
  if (letters === undefined) {
    letters = new Map();
    remembered.set(rule, letters);
  }
  const key = `${n}/${x}`;
  const known = letters.get(key);
  if (known !== undefined) return known;
  const letter = computeLetter(rule, n, x);
  letters.set(key, letter);
  return letter;
}

function letterOf(rule: LetterRule, n: number, x: number): Letter {
  const letter = letterOrNull(rule, n, x);
  if (letter === null) throw new Error(`the table has no cell for ${x} of ${n}`);
  return letter;
}

function saysEliminate(rule: LetterRule, { n, x }: Count): boolean {
  return n > 0 && letterOrNull(rule, n, x) === "U";
}

// ---------------------------------------------------------------------------------------------
// The state, and a step from it

interface Count {
  readonly n: number;
  readonly x: number;
}

interface State {
  /** The counts of level 1, 2 ... */
  readonly counts: readonly Count[];
  /** The level of the last cohort. */
  readonly current: number;
  /** The highest level that is not closed. It has no part in 3 + 3. */
  readonly highest: number;
}

/** An answer, with the highest level that is open after it. */
interface Step {
  readonly answer: SecondAnswer;
  readonly highest: number;
}

function countAt(state: State, level: number): Count {
  const count = state.counts[level - 1];
  if (count === undefined) throw new Error(`there is no level ${level}`);
  return count;
}

function totalOf(state: State): number {
  return state.counts.reduce((sum, { n }) => sum + n, 0);
}

function withOutcomes(state: State, level: number, n: number, x: number): State {
  const before = countAt(state, level);
  const after: Count = { n: before.n + n, x: before.x + x };
  const counts = state.counts.map((count, index) => (index === level - 1 ? after : count));
  return { counts, current: level, highest: state.highest };
}

function stopWith(recommended: number | null): SecondAnswer {
  return { action: "stop", level: null, size: 0, recommended };
}

// ---------------------------------------------------------------------------------------------
// The recommended level

interface Estimate {
  readonly level: number;
  readonly value: Fraction;
}

interface Block {
  readonly levels: readonly number[];
  readonly value: Fraction;
  readonly weight: Fraction;
}

/** The estimate (x + 0.05) / (n + 0.1) of a level, weighted with the inverse of its variance. */
function blockOf(level: number, { n, x }: Count): Block {
  const yes = BigInt(20 * x + 1);
  const no = BigInt(20 * (n - x) + 1);
  const all = yes + no;
  const weight = fraction(all * all * (all + 20n), 20n * yes * no);
  return { levels: [level], value: fraction(yes, all), weight };
}

function pool(a: Block, b: Block): Block {
  const weight = add(a.weight, b.weight);
  const sum = add(multiply(a.value, a.weight), multiply(b.value, b.weight));
  return { levels: [...a.levels, ...b.levels], value: divide(sum, weight), weight };
}

/** The estimates of the treated levels below the lowest level with the letter U, pooled until none falls. */
function isotonicEstimates(rule: LetterRule, counts: readonly Count[]): readonly Estimate[] {
  const blocks: Block[] = [];
  for (const [index, count] of counts.entries()) {
    if (saysEliminate(rule, count)) break;
    if (count.n === 0) continue;
    let block = blockOf(index + 1, count);
    for (let last = blocks.at(-1); last !== undefined && compare(last.value, block.value) > 0; last = blocks.at(-1)) {
      blocks.pop();
      block = pool(last, block);
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ levels, value }) => levels.map((level) => ({ level, value })));
}

function exceeds(rule: LetterRule, estimate: Fraction): boolean {
  if (rule.kind === "own-table" || rule.selection.mustNotExceed === "none") return false;
  const target = parseShare(rule.target);
  if (rule.kind === "boin") return estimateAbove(estimate, boundaryBetween(target, parseShare(rule.tooHigh)));
  return compare(estimate, add(target, parseShare(rule.equivalence.above))) > 0;
}

function isotonicLevel(rule: LetterRule, target: Fraction, counts: readonly Count[]): number | null {
  let best: Estimate | null = null;
  for (const estimate of isotonicEstimates(rule, counts)) {
    if (exceeds(rule, estimate.value)) continue;
    if (best === null) {
      best = estimate;
      continue;
    }
    const below = compare(estimate.value, target) < 0;
    // The estimates do not fall from level to level. Below the target the later one is at least as near and wins.
    // At or above it the later one must be nearer than the one that is held.
    if (below || compare(distance(estimate.value, target), distance(best.value, target)) < 0) best = estimate;
  }
  return best === null ? null : best.level;
}

function distance(a: Fraction, b: Fraction): Fraction {
  const difference = subtract(a, b);
  return difference.num < 0n ? subtract(ZERO, difference) : difference;
}

/** Why a part ends, as far as the recommendation depends on it. */
type Ending = "no-dose" | "table-stop" | "top" | "limit";

function recommend(rule: LetterRule, state: State, ending: Ending): number | null {
  if (ending === "no-dose") return null;
  if (rule.kind !== "own-table") return isotonicLevel(rule, parseShare(rule.target), state.counts);
  if (rule.selection.kind === "isotonic") {
    return isotonicLevel(rule, parseShare(rule.selection.target), state.counts);
  }
  if (ending === "table-stop") return state.current > 1 ? state.current - 1 : null;
  return ending === "top" ? state.current : null;
}

// ---------------------------------------------------------------------------------------------
// From the letter to the next step

/** Where steps 1 to 7 lead, before the limits are looked at. */
type Move =
  | { readonly ending: Ending; readonly highest: number }
  | { readonly action: Exclude<SecondAnswer["action"], "stop">; readonly to: number; readonly highest: number };

/** The additional stop of step 2. */
function extraSafeStops(rule: LetterRule, { n, x }: Count): boolean {
  if (rule.kind === "own-table" || rule.extraSafe === "none" || n < rule.elimination.minimum) return false;
  const limit = subtract(parseShare(rule.elimination.cutoff), parseShare(rule.extraSafe.offset));
  return compare(probabilityAbove(parseShare(rule.target), n, x), limit) > 0;
}

function moveFrom(rule: LetterRule, state: State): Move {
  const c = state.current;
  const h = state.highest;
  const count = countAt(state, c);
  const letter = letterOf(rule, count.n, count.x);
  if (letter === "X") return { ending: "table-stop", highest: h };
  // The letter U closes its level and all above it, at level 1 too.
  const closed = letter === "U" ? Math.min(h, c - 1) : h;
  if (closed < 1 || (c === 1 && extraSafeStops(rule, count))) return { ending: "no-dose", highest: closed };
  if (letter === "U") return { action: "eliminate", to: closed, highest: closed };
  if (c > h) return { action: "de-escalate", to: h, highest: h };
  if (letter === "D") {
    if (c === 1) {
      return rule.atLowest === "stop" ? { ending: "no-dose", highest: h } : { action: "stay", to: 1, highest: h };
    }
    return { action: "de-escalate", to: c - 1, highest: rule.reescalation === "never" ? Math.min(h, c - 1) : h };
  }
  if (letter === "S" || count.n < rule.minToEscalate) return { action: "stay", to: c, highest: h };
  if (c < h) return { action: "escalate", to: c + 1, highest: h };
  return rule.atHighest === "stop" ? { ending: "top", highest: h } : { action: "stay", to: c, highest: h };
}

/** What is missing from the total to the next of the running sums of the cohorts. */
function cohortSize(cohorts: readonly number[], total: number): number {
  let sum = 0;
  for (let index = 0; sum <= total; index += 1) {
    const size = cohorts[Math.min(index, cohorts.length - 1)] ?? 0;
    if (size < 1) throw new Error("a cohort has no participants");
    sum += size;
  }
  return sum - total;
}

/** The size of the next cohort at a level after the limits, or 0 if it is not opened. */
function allowedSize(rule: LetterRule, state: State, level: number): number {
  const total = totalOf(state);
  const left = rule.maxTotal - total;
  let size = cohortSize(rule.cohorts, total);
  if (left <= 0) return 0;
  if (left < size) {
    if (rule.lastCohort === "not-opened") return 0;
    size = left;
  }
  return rule.maxAtLevel !== "none" && countAt(state, level).n + size > rule.maxAtLevel ? 0 : size;
}

function stopsEarly(rule: LetterRule, state: State, to: number): boolean {
  if (rule.earlyStop === "none" || countAt(state, state.current).n < rule.earlyStop.atLevel) return false;
  return rule.earlyStop.when === "reached" || to === state.current;
}

/** The step after a complete cohort, for all rules but 3 + 3. */
function letterStep(rule: LetterRule, state: State): Step {
  const move = moveFrom(rule, state);
  const { highest } = move;
  if ("ending" in move) return { answer: stopWith(recommend(rule, state, move.ending)), highest };
  const size = stopsEarly(rule, state, move.to) ? 0 : allowedSize(rule, state, move.to);
  if (size === 0) return { answer: stopWith(recommend(rule, state, "limit")), highest };
  return { answer: { action: move.action, level: move.to, size }, highest };
}

// ---------------------------------------------------------------------------------------------
// 3 + 3

function isToxic({ n, x }: Count): boolean {
  return n >= 3 && x >= 2;
}

function isFull({ n, x }: Count): boolean {
  return x >= 2 || n >= 6;
}

/** What is missing to three or to six. */
function missingOf({ n }: Count): number {
  return n < 3 ? 3 - n : 6 - n;
}

/** The lowest toxic level up to a level, or null. */
function lowestToxic(state: State, upTo: number): number | null {
  const index = state.counts.slice(0, upTo).findIndex(isToxic);
  return index < 0 ? null : index + 1;
}

/** Rule 1: j is the lowest toxic level. */
function afterToxic(rule: ThreeRule, state: State, j: number): SecondAnswer {
  if (j === 1) return stopWith(null);
  if (rule.variant === "escalate-only") return stopWith(j - 1);
  const below = countAt(state, j - 1);
  if (below.n < 6) return { action: "de-escalate", level: j - 1, size: missingOf(below) };
  for (let level = j - 1; level >= 1; level -= 1) {
    const count = countAt(state, level);
    if (count.n >= 6 && count.x <= 1) return stopWith(level);
  }
  return stopWith(null);
}

/** Rules 1 to 4, before the limit of the total. */
function threeAnswer(rule: ThreeRule, state: State): SecondAnswer {
  const c = state.current;
  const here = countAt(state, c);
  const j = lowestToxic(state, c);
  if (j !== null) return afterToxic(rule, state, j);
  if (here.n < 3 || here.n === 4 || here.n === 5) return { action: "stay", level: c, size: missingOf(here) };
  if (here.n === 3 && here.x === 1) return { action: "stay", level: c, size: 3 };
  const above = state.counts[c];
  if (above !== undefined && !isFull(above)) return { action: "escalate", level: c + 1, size: missingOf(above) };
  if (rule.needSixAtMtd && here.n === 3) return { action: "stay", level: c, size: 3 };
  return stopWith(c);
}

/** A step for which too few places are left is not taken: the part stops undecided. */
function withinTotal(rule: ThreeRule, state: State, answer: SecondAnswer): SecondAnswer {
  if (answer.action === "stop" || rule.maxTotal === "none") return answer;
  return answer.size > rule.maxTotal - totalOf(state) ? stopWith(null) : answer;
}

/** A toxic level lowers h below it; it matters only where steps are compared. */
function threeStep(rule: ThreeRule, state: State): Step {
  const toxic = lowestToxic(state, state.counts.length);
  const highest = toxic === null ? state.highest : Math.min(state.highest, toxic - 1);
  return { answer: withinTotal(rule, state, threeAnswer(rule, state)), highest };
}

// ---------------------------------------------------------------------------------------------
// The history

function stepAfterCohort(rule: SecondRule, state: State): Step {
  return rule.kind === "3+3" ? threeStep(rule, state) : letterStep(rule, state);
}

function firstStep(design: SecondDesign, state: State): Step {
  const { rule, startLevel } = design;
  const highest = state.highest;
  if (rule.kind === "3+3") {
    return { answer: withinTotal(rule, state, { action: "stay", level: startLevel, size: 3 }), highest };
  }
  const size = allowedSize(rule, state, startLevel);
  return { answer: size === 0 ? stopWith(null) : { action: "stay", level: startLevel, size }, highest };
}

function sameStep(a: Step, b: Step): boolean {
  return (
    a.answer.action === b.answer.action &&
    a.answer.level === b.answer.level &&
    a.answer.recommended === b.answer.recommended &&
    (a.answer.action === "stop" || a.highest === b.highest)
  );
}

/** The step that every outcome of the rest of an open cohort leads to, if it is downward or a stop. */
function decidedStep(rule: SecondRule, state: State, missing: number): Step | null {
  const first = stepAfterCohort(rule, withOutcomes(state, state.current, missing, 0));
  const { level } = first.answer;
  if (level !== null && level >= state.current) return null;
  for (let toxic = 1; toxic <= missing; toxic += 1) {
    const other = stepAfterCohort(rule, withOutcomes(state, state.current, missing, toxic));
    if (!sameStep(first, other)) return null;
  }
  return first;
}

/** After a cohort at another level than the step said, h is lowered below every other level that says U, or is toxic. */
function lowered(rule: SecondRule, state: State): State {
  let highest = state.highest;
  for (const [index, count] of state.counts.entries()) {
    const isOut = rule.kind === "3+3" ? isToxic(count) : saysEliminate(rule, count);
    if (index + 1 !== state.current && isOut) highest = Math.min(highest, index);
  }
  return { ...state, highest };
}

/** Where a history stands. While a cohort is open, `missing` is above 0 and the state is as before a decision. */
interface Standing {
  readonly state: State;
  readonly step: Step;
  readonly missing: number;
}

function standingAfter(rule: SecondRule, state: State, missing: number): Standing {
  if (missing <= 0) {
    const step = stepAfterCohort(rule, state);
    return { state: { ...state, highest: step.highest }, step, missing: 0 };
  }
  const decided = rule.stopCohortWhenDecided ? decidedStep(rule, state, missing) : null;
  if (decided !== null) return { state, step: decided, missing };
  const complete: SecondAnswer = { action: "stay", level: state.current, size: missing };
  return { state, step: { answer: complete, highest: state.highest }, missing };
}

function addCohort(design: SecondDesign, before: Standing, cohort: SecondCohort): Standing {
  const { rule } = design;
  const { level, safe, toxic } = cohort;
  const size = safe + toxic;
  if (size === 0) return before;
  if (before.missing > 0 && level === before.state.current) {
    // The rest of an open cohort, also where it had been decided already.
    return standingAfter(rule, withOutcomes(before.state, level, size, toxic), before.missing - size);
  }
  // An open cohort that is left: what had been decided about closed levels stands.
  const state = withOutcomes({ ...before.state, highest: before.step.highest }, level, size, toxic);
  if (before.step.answer.level === level) return standingAfter(rule, state, before.step.answer.size - size);
  return standingAfter(rule, lowered(rule, state), 0);
}

function replay(design: SecondDesign, history: readonly SecondCohort[]): Step {
  const start: State = {
    counts: design.levels.map(() => ({ n: 0, x: 0 })),
    current: design.startLevel,
    highest: design.levels.length,
  };
  let standing: Standing = { state: start, step: firstStep(design, start), missing: 0 };
  for (const cohort of history) standing = addCohort(design, standing, cohort);
  return standing.step;
}

/** The answer after a history in which every outcome is known. */
export function secondAnswer(design: SecondDesign, history: readonly SecondCohort[]): SecondAnswer {
  return replay(design, history).answer;
}

// ---------------------------------------------------------------------------------------------
// Pending outcomes

/** Every way in which the pending participants can turn out: for each cohort none to all of them with a DLT. */
function outcomes(history: readonly (SecondCohort & { readonly pending: number })[]): readonly SecondCohort[][] {
  let ways: SecondCohort[][] = [[]];
  for (const { level, safe, toxic, pending } of history) {
    const longer: SecondCohort[][] = [];
    for (const way of ways) {
      for (let dlt = 0; dlt <= pending; dlt += 1) {
        longer.push([...way, { level, safe: safe + pending - dlt, toxic: toxic + dlt }]);
      }
    }
    ways = longer;
  }
  return ways;
}

/** The answer that every outcome of the pending participants leads to, or "wait". */
export function secondPending(
  design: SecondDesign,
  history: readonly (SecondCohort & { readonly pending: number })[],
): SecondPendingAnswer {
  let common: Step | null = null;
  for (const way of outcomes(history)) {
    const step = replay(design, way);
    if (common === null) common = step;
    else if (!sameStep(common, step)) return { action: "wait", level: null, size: 0 };
  }
  return common === null ? secondAnswer(design, []) : common.answer;
}
