import { AllocellError, canonicalJson, deepFreeze, type Issue } from "../foundation/index.js";
import { dynamicRatioWarning } from "../list/index.js";
import { usualDesigns, type ProcedureSpec } from "../procedure/index.js";
import { deterministicWarning } from "./assessDynamic.js";
import { completeTrial, trialCandidates } from "./candidates.js";
import { assessDesign, type ComparedDesign } from "./compareDesigns.js";
import { byGuesser } from "./guesser.js";
import { exact, judged, type Facts, type Free } from "./judgeDesign.js";
import { together } from "./listsTogether.js";
import type { Estimate, SimulationProgress } from "./model.js";
import { simulateTrial, type TrialMeasures } from "./simulateTrial.js";
import { CENTRE, readRequest, type Search } from "./suggestRequest.js";
import type {
  ListSuggestion,
  Suggestion,
  SuggestionFacts,
  SuggestProgress,
  SuggestRequest,
  TrialSuggestion,
} from "./suggestion.js";
import type { TrialDesign, TrialFrame } from "./trialDesign.js";

/**
 * Ranks designs for a trial: those within the limits first, then by the distance of their {@link Criteria} from the
 * ideal. Warnings stand beside the rank and do not change it. Designs that are one law appear once.
 *
 * One list has n rows, several have n / (strata x sites), rounded up to whole sets of the ratio; n is never changed.
 * Each design is exact, or, where that takes more than 10,000 states, simulated (its measures say so). With several
 * strata or sites minimization, the design of Hu and Hu, and blocks in fewer strata are candidates, too: whole trials
 * are simulated, and their imbalance stands over that of complete randomization simulated alike.
 *
 * @param onProgress - called before the first design, after each, and now and then while one is simulated
 * @throws AllocellError `assessment.rows_invalid` (n = 0, or rows of a list times arms above 3,000),
 *   `assessment.too_many_arms` (above 12), `assessment.option_invalid`, `procedure.ratio_invalid`
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function suggest(
  request: SuggestRequest,
  onProgress?: (progress: SuggestProgress) => unknown,
): readonly Suggestion[] {
  const search = readRequest(request);
  const candidates = candidatesOf(search);
  const told = new Told(candidates.lists.length + candidates.trials.length, onProgress);
  const free = measure({ kind: "complete" }, search, told);
  const { deviation, margins } = together(free.measures, search.numbers, levelsOf(search));
  const frees = { freePooled: deviation.value, freeMargins: margins?.value ?? 0 };
  const designs = oneLawOnce(measureDesigns(candidates.lists, search, free, told));
  const lists = designs.map((design) => judgedList(design, free, frees, search));
  const scored = [...lists, ...measureTrials(candidates.trials, search, frees, told)];
  scored.sort((a, b) => Number(b.isWithinLimits) - Number(a.isWithinLimits) || a.score - b.score);
  return deepFreeze(scored.map((own, i) => ({ rank: i + 1, ...own })));
}

interface Candidates {
  readonly lists: readonly ProcedureSpec[];
  /** Of the whole trial. */
  readonly trials: readonly TrialDesign[];
}

function candidatesOf({ setting, stated, frame, statedTrials, factorWeights }: Search): Candidates {
  const centre = frame.factors.find(({ factor }) => factor === CENTRE)?.factor;
  const isNew = (own: object, all: readonly object[]): boolean => !all.some((other) => isSame(own, other));
  const usual = usualDesigns(setting.ratio, setting.rows, "sought");
  const usualTrials = trialCandidates(setting.ratio, frame.factors, centre, factorWeights);
  return {
    lists: [...usual.filter((own) => isNew(own, stated)), ...stated],
    trials: [...usualTrials.filter((own) => isNew(own, statedTrials)), ...statedTrials],
  };
}

/** Tells how far a search has come. */
class Told {
  readonly #allDesigns: number;
  readonly #onProgress: ((progress: SuggestProgress) => unknown) | undefined;
  #designs = 0;

  constructor(allDesigns: number, onProgress: ((progress: SuggestProgress) => unknown) | undefined) {
    this.#allDesigns = allDesigns;
    this.#onProgress = onProgress;
    this.#tell({});
  }

  /** One more design was measured. */
  measured(): void {
    this.#designs += 1;
    this.#tell({});
  }

  /** The design at hand is simulated; the simulation is never stopped. */
  readonly simulated = ({ trials, mostTrials }: SimulationProgress): undefined => {
    this.#tell({ trials, mostTrials });
  };

  #tell(simulated: Pick<SuggestProgress, "trials" | "mostTrials">): void {
    this.#onProgress?.({ designs: this.#designs, allDesigns: this.#allDesigns, ...simulated });
  }
}

const levelsOf = ({ frame }: Search): readonly number[] => frame.factors.map(({ levels }) => levels.length);

type Unranked<T> = Omit<T, "rank">;
type Measured = Omit<ComparedDesign, "isUndominated">;
type Named = Measured & Pick<SuggestionFacts, "alsoKnownAs">;

/** Designs whose guesses and imbalance agree at every row are one: the first stays, with the others' names. */
function oneLawOnce(designs: readonly Measured[]): readonly Named[] {
  const known = new Map<string, Named>();
  for (const design of designs) {
    const { method, byRow } = design.measures;
    const numbers = [byRow.convergence, byRow.maximumProbability ?? [], byRow.squaredImbalance, byRow.balanced];
    const key =
      method === "exact"
        ? numbers.map((own) => own.map((x) => x.toFixed(10)).join()).join(";")
        : `simulated ${known.size}`;
    const first = known.get(key);
    known.set(
      key,
      first === undefined
        ? { ...design, alsoKnownAs: [] }
        : { ...first, alsoKnownAs: [...first.alsoKnownAs, design.procedure] },
    );
  }
  return [...known.values()];
}

/** Exactly, or by simulation where that takes too many states. */
function measure(procedure: ProcedureSpec, { setting, simulation }: Search, told: Told): Measured {
  try {
    return assessDesign(procedure, setting);
  } catch (error) {
    if (!AllocellError.is(error) || error.code !== "assessment.too_many_states") throw error;
    return assessDesign(procedure, { ...setting, simulation: { ...simulation, onProgress: told.simulated } });
  }
}

const isSame = (a: object, b: object): boolean => canonicalJson(a) === canonicalJson(b);

function measureDesigns(
  lists: readonly ProcedureSpec[],
  search: Search,
  free: Measured,
  told: Told,
): readonly Measured[] {
  return lists.flatMap((procedure) => {
    try {
      return [procedure.kind === "complete" ? free : measure(procedure, search, told)];
    } catch (error) {
      // A usual design that does not fit is left out; a stated one is not left out without a word.
      if (search.stated.includes(procedure) || !AllocellError.is(error)) throw error;
      return [];
    } finally {
      told.measured();
    }
  });
}

function judgedList(design: Named, free: Measured, frees: Free, search: Search): Unranked<ListSuggestion> {
  const { measures, procedure, alsoKnownAs, warnings } = design;
  const { correctGuesses, forcedShare, rows, method, maximal, finalAbsolute } = measures;
  const best = correctGuesses.maximumProbability ?? correctGuesses.convergence;
  const known = { value: design.predictability, standardError: best.standardError * beyondRatio(measures.ratio) };
  const { deviation, margins, loss } = together(measures, search.numbers, levelsOf(search));
  const { squaredImbalance, loss: lossByRow, standardErrors } = measures.byRow;
  // What adds up over rows has at most the relative error of the worst of them, and a root has half of that.
  const root = relativeError(squaredImbalance, standardErrors?.squaredImbalance) / 2;
  const sum = relativeError(lossByRow, standardErrors?.loss);
  const about = ({ value, standardError }: Estimate, relative: number): Estimate => ({
    value,
    standardError: standardError + value * relative,
  });
  const freeMeasures = free.measures;
  return {
    of: "list",
    procedure,
    measures,
    alsoKnownAs,
    method,
    ...judged(
      {
        // Lists are those of one centre, or there is one centre only.
        byGuesser: byGuesser((guesser) => (guesser === "nothing" ? exact(0) : known)),
        ...(forcedShare === undefined ? {} : { deterministic: forcedShare }),
        loss: { overall: about(loss.overall, sum), strata: about(loss.strata, sum) },
        warnings,
        rows,
        largest: maximal ?? finalAbsolute,
        freeLargest: freeMeasures.maximal ?? freeMeasures.finalAbsolute,
        final: finalAbsolute,
        pooled: about(deviation, root),
        ...(margins === undefined ? {} : { margins: about(margins, root) }),
        ...frees,
      },
      search,
    ),
  };
}

/** The largest relative error of means by row; 0 where they are exact. */
function relativeError(values: readonly number[], errors: readonly number[] = []): number {
  return errors.reduce((most, error, row) => {
    const value = values[row] as number;
    return value > 0 ? Math.max(most, error / value) : most;
  }, 0);
}

/** By what a proportion of correct guesses is multiplied to be one of what the ratio leaves open. */
function beyondRatio(ratio: readonly number[]): number {
  return 1 / (1 - Math.max(...ratio) / ratio.reduce((sum, w) => sum + w, 0));
}

/** Every design of a whole trial, simulated beside complete randomization. */
function measureTrials(
  designs: readonly TrialDesign[],
  search: Search,
  frees: Free,
  told: Told,
): readonly Unranked<TrialSuggestion>[] {
  const { frame, accrual, trialSimulation, setting } = search;
  if (designs.length === 0) return [];
  const simulation = { ...trialSimulation, onProgress: told.simulated };
  const simulated = (design: TrialDesign): TrialMeasures => simulateTrial(frame, design, accrual, simulation);
  const freeLargest = simulated(completeTrial(setting.ratio)).strata.largest;
  return designs.map((design) => {
    const trial = simulated(design);
    told.measured();
    return judgedTrial(design, trial, { freeLargest, ...frees }, search);
  });
}

function judgedTrial(
  design: TrialDesign,
  trial: TrialMeasures,
  free: Free & Pick<Facts, "freeLargest">,
  search: Search,
): Unranked<TrialSuggestion> {
  const { overall, strata, correctGuesses, deterministic } = trial;
  const { ratio } = search.setting;
  const factor = beyondRatio(ratio);
  const share = Math.max(...ratio) / ratio.reduce((sum, w) => sum + w, 0);
  const beyond = ({ value, standardError }: Estimate): Estimate => ({
    value: Math.max(0, (value - share) * factor),
    standardError: standardError * factor,
  });
  const ofGuesser = {
    everything: beyond(correctGuesses.everything),
    "own-centre": beyond(correctGuesses.ownCentre ?? correctGuesses.everything),
    nothing: exact(0),
  };
  return {
    of: "trial",
    procedure: design.procedure,
    trialDesign: design,
    trial,
    ratio,
    alsoKnownAs: [],
    method: "simulated",
    ...judged(
      {
        byGuesser: byGuesser((guesser) => ofGuesser[guesser]),
        deterministic,
        loss: { overall: overall.loss, strata: strata.loss },
        warnings: [...trialWarnings(design, search.frame), ...deterministicWarning(trial)],
        largest: strata.largest,
        final: strata.final,
        pooled: overall.spread,
        margins: rootMeanSquare(trial.byFactor.map(({ spread }) => spread)),
        ...free,
      },
      search,
    ),
  };
}

/** Over the factors; its error is at most that of all of them together. */
function rootMeanSquare(all: readonly Estimate[]): Estimate {
  const value = Math.sqrt(all.reduce((sum, own) => sum + own.value ** 2, 0) / all.length);
  const error = all.reduce((sum, own) => sum + own.value * own.standardError, 0) / all.length;
  return { value, standardError: value === 0 ? 0 : error / value };
}

/** What is warned of in a dynamic design besides its deterministic allocations. */
function trialWarnings(design: TrialDesign, { arms }: TrialFrame): readonly Issue[] {
  return design.kind === "list" ? [] : dynamicRatioWarning({ arms, procedure: design.procedure });
}
