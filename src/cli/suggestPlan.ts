import {
  centreOf,
  type Guesser,
  type SuggestRequest,
  type Suggestion,
  type TrialSuggestion,
} from "../assessment/index.js";
import { canonicalJson, fail, throwIfAny } from "../foundation/index.js";
import { strataByProcedure, strataOf, type DynamicFactor, type DynamicPlan, type Plan } from "../list/index.js";
import { TRIALS } from "../trials/index.js";
import { inFile, readDataFile, type DataFile } from "./dataFile.js";
import type { CommonOptions, Io } from "./io.js";
import type { OptionNames } from "./ofOptions.js";
import { dynamicPlanOf, isDynamicPlan, listPlanOf } from "./planFile.js";
import { withTrialOf } from "./trialInput.js";

export interface SuggestOptions extends CommonOptions {
  readonly n?: string;
  readonly ratio?: string;
  readonly strata?: string;
  readonly sites?: string;
  readonly limitForced?: string;
  readonly limitImbalance?: string;
  readonly fixedSizes?: boolean;
  readonly candidate: readonly string[];
  readonly top: string;
  readonly shares?: string;
  readonly late?: string;
  readonly mostPerCentre?: string;
  readonly dropout?: string;
  readonly guesser?: Guesser;
  readonly weight: readonly string[];
  readonly factors?: string;
  readonly factorWeights?: string;
  readonly limitFinal?: string;
  readonly limitPooled?: string;
  readonly limitPredictability?: string;
  readonly trial?: string;
  readonly part?: string;
  readonly plots?: string;
}

/** What a plan says of the trial for which designs are ranked, and which of them is its own. */
export interface PlannedRequest {
  readonly request: Pick<
    SuggestRequest,
    "n" | "ratio" | "sites" | "factors" | "factorWeights" | "shares" | "candidates"
  >;
  /** Names of the centres in the plan, which `--late` speaks of: the core calls them 1, 2 and so on. */
  readonly centres: readonly string[];
  /** The options, with the trial that the plan names and its part where that trial is known. */
  readonly options: SuggestOptions;
  readonly isPlanned: (suggestion: Suggestion) => boolean;
  /** The plan's file, and where it has what the core names otherwise. */
  readonly source: DataFile;
  readonly places: OptionNames;
}

const STATED = [
  ["ratio", "--ratio"],
  ["strata", "--strata"],
  ["factors", "--factors"],
  ["sites", "--sites"],
  ["factorWeights", "--factor-weights"],
  ["part", "--part"],
] as const;

/**
 * Reads a plan, of a list or of a dynamic allocation, as a request: its arms, factors and weights; n is its length, of a
 * list that of all strata.
 *
 * @throws AllocellError `cli.option_unneeded` for options that the plan states, and as the reader of plans does
 */
export async function readPlannedRequest(io: Io, file: string, options: SuggestOptions): Promise<PlannedRequest> {
  throwIfAny(
    STATED.flatMap(([name, option]) =>
      options[name] === undefined
        ? []
        : [{ code: "cli.option_unneeded", path: option, message: `${option} is what the plan states.` } as const],
    ),
  );
  const source = await readDataFile(io, file);
  const isDynamic = isDynamicPlan(source);
  const plan: Plan | DynamicPlan = isDynamic ? dynamicPlanOf(source) : listPlanOf(source);
  const factors: readonly DynamicFactor[] = "factors" in plan ? plan.factors : plan.strata;
  const centre = factors.find(({ factor, levels }) => levels.length > 1 && factor === centreOf(factors));
  // A level that everybody has divides nobody.
  const others = factors.filter((own) => own !== centre && own.levels.length > 1);
  const ordered = centre === undefined ? others : [centre, ...others];
  const weights =
    "factors" in plan && plan.procedure.kind !== "atkinson" ? ordered.map(({ weight = 1 }) => weight) : undefined;
  if ("strata" in plan)
    inFile(source, "", () => {
      requireOneProcedure(plan);
    });
  const withTrial = withTrialOf(source, options);
  const isKnown = withTrial.trial !== undefined || TRIALS.some(({ id }) => id === plan.trial);
  return {
    request: {
      ...("factors" in plan ? { n: plan.length } : comingOf(plan, ordered)),
      ratio: plan.arms.map(({ ratio }) => ratio),
      ...(centre === undefined ? {} : { sites: centre.levels.length }),
      factors: others.map(({ factor, levels }) => ({ factor, levels })),
      ...(weights === undefined ? {} : { factorWeights: weights }),
      candidates: [plan.procedure],
    },
    centres: centre?.levels ?? [],
    options: isKnown ? { ...withTrial, trial: withTrial.trial ?? plan.trial, part: plan.part } : withTrial,
    source,
    places: {
      ratio: "arms",
      candidates: "procedure",
      ...(options.n === undefined ? { n: "length" } : {}),
      ...Object.fromEntries(
        ["strata", "factors", "sites", "factorWeights"].map((name) => [name, isDynamic ? "factors" : "strata"]),
      ),
    },
    isPlanned: (own) =>
      own.of === "list"
        ? !isDynamic && [own.procedure, ...own.alsoKnownAs].some((one) => isSame(one, plan.procedure))
        : isDynamic &&
          isSame(own.procedure, plan.procedure) &&
          hasWeights(own, weights ?? ordered.map(() => undefined)),
  };
}

/** The strata of a plan have one procedure, or the plan is not one design. */
function requireOneProcedure(plan: Plan): void {
  const { length } = strataByProcedure(plan);
  if (length === 1) return;
  fail("assessment.option_invalid", "procedures", "Strata with procedures of their own are not one design to rank.", {
    expected: "a plan with one procedure; assess shows the others",
    received: `${length} procedures`,
  });
}

/** Rows of all strata, and their shares where some have a length of their own: by the factors in their order, the last fastest. */
function comingOf(plan: Plan, ordered: readonly DynamicFactor[]): Pick<SuggestRequest, "n" | "shares"> {
  const strata = strataOf(plan);
  const n = strata.reduce((sum, { length }) => sum + length, 0);
  if (new Set(strata.map(({ length }) => length)).size === 1) return { n };
  const shares = strata.map(() => 0);
  for (const { levels, length } of strata) {
    const level = new Map(levels);
    const place = ordered.reduce(
      (sum, own) => sum * own.levels.length + own.levels.indexOf(level.get(own.factor) ?? ""),
      0,
    );
    shares[place] = length;
  }
  return { n, shares };
}

const isSame = (a: object, b: object): boolean => canonicalJson(a) === canonicalJson(b);

/** Whether a design looks at as many factors, with these weights. */
function hasWeights({ trialDesign: design }: TrialSuggestion, weights: readonly (number | undefined)[]): boolean {
  if (design.kind === "list" || design.factors.length !== weights.length) return false;
  return design.factors.every(({ weight }, i) => weight === weights[i]);
}
