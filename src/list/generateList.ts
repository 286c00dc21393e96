import { requireSeed } from "./requireList.js";
import { deepFreeze, fail, gcd, movePaths, requireFields, type Issue } from "../foundation/index.js";
import {
  generateSequence,
  blockSizes,
  largestBlock,
  ratioWarning,
  readyProcedure,
  type ProcedureSpec,
  type ReadyProcedure,
} from "../procedure/index.js";
import { deriveStreamKey, type Seed } from "../random/index.js";
import { closeReadAssumptions, type ClosedAssumption, type ClosingContext, type Trial } from "../trial/index.js";
import { armsLeftOut, checkTrialPart } from "./checkTrialPart.js";
import { MasterList, type DrawnStratum } from "./masterList.js";
import { parsePlan, trialInPlan, type Plan, type PlanInput } from "./plan.js";
import { spreadsheetIssues } from "./spreadsheet.js";
import { algorithmOf, streamsOf } from "./streams.js";
import { checkNumbers } from "./numbers.js";
import { groupByProcedure, strataOf, stratumText, type Stratum } from "./strata.js";

/** What {@link generateList} takes. */
export interface ListRequest {
  /** A plan as a plan file holds it, not yet trusted (`PlanInput` is its type), or one that was already read. */
  readonly plan: unknown;
  /** The trial, with the decisions recorded that open the plan's arms; may be left out where the plan states it in short. */
  readonly trial?: Trial;
  readonly seed: Seed;
}

/**
 * Generates a randomization list: the plan is checked against the trial, and each stratum draws its rows from streams
 * that are named by its levels, so that what is added changes no arm that was drawn:
 *
 * - a level at the end of its factor, or a greater length: the rows that were there stay as they are;
 * - a level before others: their arms stay in order, but their numbers shift, because a number holds the place of the
 * level in its factor;
 * - R's stream (`stream: r-mersenne-twister`) is one for all strata: there only what comes after the last row is free.
 *
 * A filled list (`lastBlock: fill`) is drawn for its length and changes with it.
 *
 * The result depends on plan and seed only, and is the same on every platform.
 *
 * @param request - the plan as a file holds it or as it was read, its trial (not for a plan that has its own), and the seed
 * @throws AllocellError `list.plan_invalid`, `list.trial_differs`, `list.part_not_randomized`, `list.arm_not_in_part`,
 * `list.numbers_prefix_taken`, `list.level_is_arm`, `list.numbers_too_short`, `list.numbers_too_long`; `trial.part_unknown`, `trial.arm_unknown`, `trial.arm_closed`,
 * `trial.assumption_missing` and its kin; `procedure.*` for block sizes, weights and lengths;
 * `random.seed_missing`
 * @example
 * const list = generateList({ plan, trial, seed });
 * list.blinded().strata.length; // 2
 */
export function generateList(request: ListRequest): MasterList {
  requireFields(request, "what generateList takes: plan, trial and seed", { plan: "anything" });
  const { seed } = request;
  const trial = request.trial ?? trialInPlan(request.plan);
  requireFields({ trial }, "what generateList takes: plan, trial and seed", { trial: "a map" });
  const plan = parsePlan(request.plan);
  if (plan.numbers.given !== undefined) {
    fail("list.numbers_given", "numbers.given", "Only a list that was adopted has numbers that were given.", {
      expected: "a format of the numbers",
    });
  }
  const strata = strataOf(plan);
  const { assumptions, warnings } = checkReadPlan(plan, strata, trial as Trial);
  requireSeed(seed);
  return drawList(plan, seed, assumptions, warnings, strata);
}

/**
 * Checks a plan against its trial: part, arms, open arms, assumptions.
 *
 * @param trial - with the decisions recorded that open the arms of the plan
 * @param plan - as a plan file holds it, or read
 * @returns the assumptions that the list rests on, and warnings
 * @throws AllocellError as {@link generateList} does
 * @example
 * checkPlan(plan, trial).warnings.map(({ code }) => code); // []
 */
export function checkPlan(plan: PlanInput | Plan, trial: Trial): CheckedPlan {
  const read = parsePlan(plan);
  return checkReadPlan(read, strataOf(read), trial);
}

interface CheckedPlan {
  readonly assumptions: readonly ClosedAssumption[];
  readonly warnings: readonly Issue[];
}

function checkReadPlan(plan: Plan, strata: readonly Stratum[], trial: Trial): CheckedPlan {
  const part = checkTrialPart(plan, trial, plan.strata, "strata");
  const total = strata.reduce((sum, { length }) => sum + length, 0);
  checkNumbers(
    plan.numbers,
    plan.strata.map(({ levels }) => levels.length),
    strata.reduce((most, { length, procedure }) => Math.max(most, mostRows(procedure, length)), 0),
  );
  const assumptions = closeReadAssumptions(trial, plan.assumptions, {
    use: "list",
    part: part.id,
    answered: answersOf(plan, strata),
  });
  const warnings: Issue[] = [
    ...armsLeftOut(plan, part),
    ...spreadsheetIssues({ ...plan, factors: plan.strata, factorsPath: "strata" }),
  ];
  if (part.size !== undefined && total < part.size) {
    warnings.push({
      code: "list.shorter_than_part",
      path: "length",
      message: `The list has ${total} rows; part "${part.id}" is planned with ${part.size} participants.`,
      parameters: { length: total, part: part.id, size: part.size },
    });
  }
  const ratio = plan.arms.map((share) => share.ratio);
  for (const { procedure } of groupByProcedure(strata)) {
    for (const each of ratioWarning(procedure, ratio)) warnings.push(each);
  }
  return { assumptions, warnings: deepFreeze(warnings) };
}

/** What the fields of a plan, and the seed, answer of a trial's assumptions, in words. */
export function answersOf(
  plan: Plan,
  strata: readonly Stratum[] = strataOf(plan),
): NonNullable<ClosingContext["answered"]> {
  const total = strata.reduce((sum, { length }) => sum + length, 0);
  return {
    "plan.arms": plan.arms.map(({ ratio }) => ratio).join(":"),
    "plan.procedure": proceduresText(plan),
    "plan.strata": plan.strata.map(({ factor, levels }) => `${factor}: ${levels.join(", ")}`).join("; ") || "none",
    "plan.length": `${total} rows in ${strata.length} ${strata.length === 1 ? "stratum" : "strata"}`,
    seed: "held apart from this record",
  };
}

/** The procedure of the plan, then those that strata have of their own. */
function proceduresText({ procedure, procedures = [] }: Plan): string {
  const own = procedures.map(
    (entry) => `${stratumText(Object.entries(entry.stratum))}: ${procedureText(entry.procedure)}`,
  );
  return [procedureText(procedure), ...own].join(" | ");
}

/** A procedure in one line: its kind, then its parameters as the plan states them. */
function procedureText(procedure: ProcedureSpec): string {
  const { kind, ...parameters } = procedure;
  const texts = Object.entries(parameters).map(([name, value]) => `${name} ${[value].flat().join(", ")}`);
  const lastBlock = largestBlock(procedure) > 0 && !("lastBlock" in procedure) ? [LAST_BLOCK_NOT_STATED] : [];
  return [kind, ...texts, ...lastBlock].join("; ");
}

const LAST_BLOCK_NOT_STATED = "lastBlock not stated: whole blocks cover the length";

/**
 * The most rows that a stratum of `length` may come to have: a whole last block runs over by less than the largest
 * block, and a list of whole blocks is a multiple of the sizes' common divisor.
 */
function mostRows(procedure: ProcedureSpec, length: number): number {
  if ("lastBlock" in procedure && procedure.lastBlock !== "whole") return length;
  const sizes = blockSizes(procedure);
  if (sizes.length === 0) return length;
  const step = sizes.reduce(gcd);
  const most = length + Math.max(...sizes) - 1;
  return most - (most % step);
}

/** The procedure of a stratum made ready; a fault of one that is the stratum's own says of which entry. */
function readyStratum(plan: Plan, { procedure, length }: Stratum, ratio: readonly number[]): ReadyProcedure {
  const own = plan.procedures?.findIndex((entry) => entry.procedure === procedure) ?? -1;
  const place = (path: string): string => (own < 0 ? path : `procedures.${own}.${path}`);
  return movePaths(place, () => readyProcedure(procedure, ratio, length));
}

/**
 * Draws the list of a checked plan. `verify` uses it to derive a list again without the trial's record.
 *
 * @throws AllocellError `procedure.*`
 */
export function drawList(
  plan: Plan,
  seed: Seed,
  assumptions: readonly ClosedAssumption[] = [],
  planWarnings: readonly Issue[] = [],
  strata: readonly Stratum[] = strataOf(plan),
): MasterList {
  const ratio = plan.arms.map((share) => share.ratio);
  const algorithm = algorithmOf(plan);
  const streams = streamsOf(plan, seed);
  const drawn = strata.map((stratum): DrawnStratum => {
    const ready = readyStratum(plan, stratum, ratio);
    const options = { rows: stratum.length, wholeLastBlock: ready.wholeLastBlock };
    return { ...stratum, ...generateSequence(ready.urn, options, streams(stratum)) };
  });
  const warnings = deepFreeze([...planWarnings, ...drawn.flatMap((stratum) => lastBlockWarning(plan, stratum))]);
  const opening = openingOf(seed, algorithm, plan.list);
  return new MasterList({ plan, status: seed.kind, algorithm, assumptions, warnings, opening, strata: drawn });
}

/** 64 hex digits that only the seed gives: the secret by which a list opens its binding. It is in the unblinded record. */
export function openingOf(seed: Seed, algorithm: string, list: string): string {
  return deriveStreamKey(seed, { algorithm, list, purpose: "seed-mark", stratum: [] });
}

/**
 * A mark by which the right seed is recognised without being shown: 16 hex digits derived from the seed for this list.
 * It belongs to the unblinded record.
 *
 * @throws AllocellError `random.seed_missing`, `random.name_invalid`
 */
export function markOf(seed: Seed, algorithm: string, list: string): string {
  requireSeed(seed);
  return openingOf(seed, algorithm, list).slice(0, 16);
}

function lastBlockWarning(plan: Plan, stratum: DrawnStratum & Stratum): Issue[] {
  const { arms, length, blockStarts, blockSizes, levels } = stratum;
  const where = stratumText(levels);
  if (arms.length > length) {
    const message =
      `${where}: ${arms.length} rows instead of ${length}, because the last block is kept whole; the blinded list ` +
      `has the ${length} rows asked for.`;
    return [
      {
        code: "list.longer_than_asked",
        path: "length",
        message,
        parameters: { stratum: where, rows: arms.length, length },
      },
    ];
  }
  const lastStart = blockStarts[blockStarts.length - 1];
  const lastSize = blockSizes[blockSizes.length - 1];
  if (lastStart === undefined || lastSize === undefined || lastStart + lastSize === arms.length) return [];
  const counts = plan.arms.map(({ arm }, k) => `${arm} ${arms.subarray(lastStart).filter((a) => a === k).length}`);
  const message = `${where}: the last block is cut after ${arms.length - lastStart} of ${lastSize} rows (${counts.join(", ")}).`;
  return [
    {
      code: "list.last_block_cut",
      path: "procedure.lastBlock",
      message,
      parameters: { stratum: where, kept: arms.length - lastStart, blockSize: lastSize, counts: counts.join(", ") },
    },
  ];
}
