import {
  guesserOf,
  suggest,
  type Guesser,
  type SuggestProgress,
  type SuggestRequest,
  type Suggestion,
} from "../../assessment/index.js";
import { describeReceived, fail, parseWith, throwIfAny } from "../../foundation/index.js";
import { DYNAMIC_ALGORITHMS, dynamicProcedureSchema, type DynamicProcedure } from "../../list/index.js";
import { procedureSchema, type ProcedureSpec } from "../../procedure/index.js";
import {
  recommendation,
  suggestionName,
  suggestionPlot,
  suggestionReasons,
  type Recommendation,
} from "../../report/index.js";
import { centreAccrual, inPlan } from "../assessInput.js";
import type { ChosenGuesser } from "../answers/suggestAnswer.js";
import { COMMANDS } from "../commandTable.js";
import { placesOf, writeFigures } from "../figureFiles.js";
import { jsonText, type Io } from "../io.js";
import { finiteNumber, wholeNumber } from "../numberOption.js";
import { ofOptions, type OptionNames } from "../ofOptions.js";
import { simulationBar } from "../simulationBar.js";
import { readPlannedRequest, type PlannedRequest, type SuggestOptions } from "../suggestPlan.js";
import { readTrial } from "../trialInput.js";

/** Where the core has what the options say. */
const OPTIONS: OptionNames = {
  n: "--n",
  ratio: "--ratio",
  strata: "--strata",
  sites: "--sites",
  "limits.forcedShare": "--limit-forced",
  "limits.imbalance": "--limit-imbalance",
  "limits.final": "--limit-final",
  "limits.pooled": "--limit-pooled",
  "limits.predictability": "--limit-predictability",
  factors: "--factors",
  factorWeights: "--factor-weights",
  candidates: "--candidate",
  "enrolment.shares": "--shares",
  "enrolment.participants": "--n",
  "enrolment.opensAfter": "--late",
  "enrolment.mostPerCentre": "--most-per-centre",
  "enrolment.dropout": "--dropout",
  weights: "--weight",
  guesser: "--guesser",
};

/**
 * `allocell suggest PLAN`, or `--n N --ratio R`: designs by rank, with reasons, beside the plan's own; exit code 1 if none
 * is within the limits.
 */
export async function suggestDesigns(io: Io, plan: string | undefined, given: SuggestOptions): Promise<number> {
  const planned = plan === undefined ? undefined : await readPlannedRequest(io, plan, given);
  const options = planned?.options ?? given;
  const top = wholeNumber("--top", options.top);
  const guesser = await guesserFrom(io, options);
  const request = requestOf(options, guesser.knows, planned);
  const places = placesOf(io, options);
  const suggestions = await followed(io, request, planned);
  const against = planned && suggestions.find(planned.isPlanned);
  const fixedSizes = options.fixedSizes === true;
  const chosen = recommendation(suggestions, { fixedSizes, ...(against === undefined ? {} : { against }) });
  const files = await writeFigures(
    io,
    places,
    () => [{ name: "suggest.trade-off", plot: suggestionPlot(suggestions, against) }],
    () => "",
  );
  if (options.json === true) {
    const answer = answerOf(suggestions, chosen);
    const beside = planned && { world: "unblinded", planned: against?.rank ?? null };
    await io.stdout.write(jsonText({ ...answer, ...beside, guesser, files, explained: COMMANDS.suggest.pages[0] }));
  } else {
    const { suggestText } = await import("../answers/suggestAnswer.js");
    const { speechOf } = await import("../answers/speech.js");
    const shown = {
      suggestions,
      isOfPlan: planned !== undefined,
      against,
      guesser,
      fixedSizes,
      top: Math.max(1, top),
      files,
    };
    await io.stdout.write(suggestText(shown, await speechOf(io)));
  }
  return chosen === undefined ? 1 : 0;
}

/** The ranking, with a bar where a person looks at it. */
async function followed(
  io: Io,
  request: SuggestRequest,
  planned: PlannedRequest | undefined,
): Promise<readonly Suggestion[]> {
  const bar = await simulationBar(io.stderr, 1, "suggest", "designs");
  const onProgress = ({ designs, allDesigns }: SuggestProgress): void => {
    bar.at({ trials: designs, mostTrials: allDesigns, standardError: NaN });
  };
  try {
    const rank = (): readonly Suggestion[] => suggest(request, onProgress);
    return planned === undefined
      ? ofOptions(OPTIONS, rank)
      : inPlan(planned.source, rank, { ...OPTIONS, ...planned.places });
  } finally {
    bar.stop();
  }
}

/** The same for a page: every design with the numbers by row that its figures are drawn from; the page has the words. */
export async function suggestOnPage(io: Io, options: SuggestOptions): Promise<number> {
  const { knows } = await guesserFrom(io, options);
  const suggestions = ofOptions(OPTIONS, () => suggest(requestOf(options, knows), io.progress));
  await io.stdout.write(jsonText({ command: "suggest", suggestions }));
  return 0;
}

function answerOf(suggestions: readonly Suggestion[], chosen: Recommendation | undefined): object {
  return {
    command: "suggest",
    recommended: chosen?.design.rank ?? null,
    ...(chosen === undefined ? {} : { forProtocol: chosen.forProtocol, forSpecification: chosen.forSpecification }),
    suggestions: suggestions.map(shortened),
  };
}

/** What a guesser knows: as the option says, else as the masking of the trial's part leaves it. */
async function guesserFrom(io: Io, { guesser, trial: named, part: id }: SuggestOptions): Promise<ChosenGuesser> {
  if (named === undefined) {
    if (id !== undefined) {
      fail("cli.option_missing", "--trial", "A part is one of a trial.", { expected: "--trial with it" });
    }
    return guesser === undefined ? { knows: "everything", from: "default" } : { knows: guesser, from: "option" };
  }
  const trial = await readTrial(io, named);
  const parts = trial.parts.filter(({ kind }) => kind === "randomized");
  const part = id === undefined && parts.length === 1 ? parts[0] : parts.find((own) => own.id === id);
  if (part === undefined) {
    return fail("cli.option_missing", "--part", "Masking is read of one randomized part of the trial.", {
      expected: `--part ${parts.map((own) => own.id).join(" or ")}`,
      received: id ?? "",
    });
  }
  const { level, who } = part.masking;
  const masking = { level, ...(who === undefined ? {} : { who }) };
  const read = { trial: trial.id, part: part.id, masking };
  if (guesser !== undefined) return { knows: guesser, from: "option", ...read };
  return { knows: guesserOf(part.masking), from: "masking", ...read };
}

/** A procedure of a list, or a dynamic one. */
function candidateOf(text: string, i: number): ProcedureSpec | DynamicProcedure {
  const data = parseJson(text);
  const kind = typeof data === "object" && data !== null && "kind" in data ? String(data.kind) : "";
  const path = `--candidate.${i}`;
  return Object.hasOwn(DYNAMIC_ALGORITHMS, kind)
    ? parseWith(dynamicProcedureSchema, data, "procedure.spec_invalid", path)
    : parseWith(procedureSchema, data, "procedure.spec_invalid", path);
}

/** What the trial is, as the options say it. */
function trialOf(options: SuggestOptions): Pick<SuggestRequest, "n" | "ratio"> & Partial<SuggestRequest> {
  const { n, ratio, strata, factors, sites, factorWeights } = options;
  throwIfAny(
    [["--n", n] as const, ["--ratio", ratio] as const].flatMap(([path, own]) =>
      own === undefined
        ? [
            {
              code: "cli.option_missing",
              path,
              message: `${path} is missing.`,
              expected: `${path}, or a plan`,
            } as const,
          ]
        : [],
    ),
  );
  return {
    n: wholeNumber("--n", n ?? ""),
    ratio: (ratio ?? "").split(":").map((weight) => wholeNumber("--ratio", weight.trim())),
    ...(strata === undefined ? {} : { strata: wholeNumber("--strata", strata) }),
    ...(sites === undefined ? {} : { sites: wholeNumber("--sites", sites) }),
    ...(factors === undefined
      ? {}
      : { factors: factors.split(",").map((levels) => wholeNumber("--factors", levels.trim())) }),
    ...(factorWeights === undefined
      ? {}
      : { factorWeights: factorWeights.split(",").map((own) => wholeNumber("--factor-weights", own.trim())) }),
  };
}

/** Centres that open late, as the core names them: by the plan's levels, where there is a plan. */
function opensAfter(stated: Readonly<Record<string, number>>, centres: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(stated).map(([name, after]) => {
      const at = centres.indexOf(name);
      if (at >= 0) return [String(at + 1), after];
      return fail("assessment.enrolment_invalid", "--late", "The plan has no centre of this name.", {
        expected: centres.length === 0 ? "a plan with centres" : centres.join(", "),
        received: name,
      });
    }),
  );
}

function accrualOf(options: SuggestOptions, planned?: PlannedRequest): NonNullable<SuggestRequest["accrual"]> {
  const accrual = centreAccrual(options);
  if (planned === undefined || accrual.opensAfter === undefined) return accrual;
  return { ...accrual, opensAfter: opensAfter(accrual.opensAfter, planned.centres) };
}

function requestOf(options: SuggestOptions, guesser: Guesser, planned?: PlannedRequest): SuggestRequest {
  const { n, limitForced, limitImbalance, limitFinal, limitPooled, limitPredictability } = options;
  const { candidate, shares, weight } = options;
  const candidates = [...(planned?.request.candidates ?? []), ...candidate.map(candidateOf)];
  const accrual = accrualOf(options, planned);
  return {
    ...(planned === undefined
      ? trialOf(options)
      : { ...planned.request, ...(n === undefined ? {} : { n: wholeNumber("--n", n) }) }),
    ...(shares === undefined
      ? {}
      : { shares: shares.split(",").map((share) => finiteNumber("--shares", share.trim())) }),
    ...(Object.keys(accrual).length === 0 ? {} : { accrual }),
    guesser,
    ...(weight.length === 0 ? {} : { weights: Object.fromEntries(weight.map(weightOf)) }),
    limits: {
      ...(limitForced === undefined ? {} : { forcedShare: finiteNumber("--limit-forced", limitForced) }),
      ...(limitImbalance === undefined ? {} : { imbalance: finiteNumber("--limit-imbalance", limitImbalance) }),
      ...(limitFinal === undefined ? {} : { final: finiteNumber("--limit-final", limitFinal) }),
      ...(limitPooled === undefined ? {} : { pooled: finiteNumber("--limit-pooled", limitPooled) }),
      ...(limitPredictability === undefined
        ? {}
        : { predictability: finiteNumber("--limit-predictability", limitPredictability) }),
    },
    ...(candidates.length === 0 ? {} : { candidates }),
  };
}

/** `pooled=2`. */
function weightOf(text: string): readonly [string, number] {
  const [name = "", weight = ""] = text.split("=");
  return [name.trim(), finiteNumber("--weight", weight.trim())];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fail("cli.json_invalid", "--candidate", "A candidate is a procedure in JSON.", {
      expected: '{"kind":"big-stick","tolerance":3}',
      received: describeReceived(text),
    });
  }
}

/** A suggestion with its name, and each reason as data and in words; without the numbers by row, which nobody reads in a ranking. */
function shortened(suggestion: Suggestion): object {
  const texts = suggestionReasons(suggestion);
  const reasons = suggestion.reasons.map((reason, i) => ({ ...reason, text: texts[i] ?? "" }));
  const own = { ...suggestion, design: suggestionName(suggestion), reasons };
  if (own.of === "trial") return own;
  const isByRow = (name: string): boolean => name === "byRow" || name === "byArm";
  return { ...own, measures: Object.fromEntries(Object.entries(own.measures).filter(([name]) => !isByRow(name))) };
}
