import { suggest, type Guesser, type SuggestRequest, type Suggestion } from "../../assessment/index.js";
import { describeReceived, fail, parseWith } from "../../foundation/index.js";
import { procedureSchema } from "../../procedure/index.js";
import { recommendation, suggestionName, type Recommendation } from "../../report/index.js";
import { EXPLAINED } from "../explained.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { finiteNumber, wholeNumber } from "../numberOption.js";
import { ofOptions, type OptionNames } from "../ofOptions.js";

export interface SuggestOptions extends CommonOptions {
  readonly n: string;
  readonly ratio: string;
  readonly strata?: string;
  readonly sites?: string;
  readonly limitForced?: string;
  readonly limitImbalance?: string;
  readonly fixedSizes?: boolean;
  readonly candidate: readonly string[];
  readonly top: string;
  readonly shares?: string;
  readonly guesser?: Guesser;
  readonly weight: readonly string[];
}

/** Where the core has what the options say. */
const OPTIONS: OptionNames = {
  n: "--n",
  ratio: "--ratio",
  strata: "--strata",
  sites: "--sites",
  "limits.forcedShare": "--limit-forced",
  "limits.imbalance": "--limit-imbalance",
  "enrolment.shares": "--shares",
  "enrolment.participants": "--n",
  weights: "--weight",
  guesser: "--guesser",
};

/** `allocell suggest --n N --ratio R`: designs by rank, with reasons; exit code 1 if none is within the limits. */
export async function suggestDesigns(io: Io, options: SuggestOptions): Promise<number> {
  const top = wholeNumber("--top", options.top);
  const request = requestOf(options);
  const suggestions = ofOptions(OPTIONS, () => suggest(request));
  const fixedSizes = options.fixedSizes === true;
  const chosen = recommendation(suggestions, { fixedSizes });
  if (options.json === true) {
    await io.stdout.write(jsonText({ ...answerOf(suggestions, chosen, shortened), explained: EXPLAINED.suggest[0] }));
  } else {
    const { suggestText } = await import("../answers/suggestAnswer.js");
    const { speechOf } = await import("../answers/speech.js");
    const shown = { suggestions, request, fixedSizes, top: Math.max(1, top) };
    await io.stdout.write(suggestText(shown, await speechOf(io)));
  }
  return chosen === undefined ? 1 : 0;
}

/** The same for a page: the JSON of the command, with the numbers by row that its figures are drawn from. */
export async function suggestOnPage(io: Io, options: SuggestOptions): Promise<number> {
  const suggestions = ofOptions(OPTIONS, () => suggest(requestOf(options)));
  const answer = answerOf(suggestions, recommendation(suggestions), (own) => ({ design: suggestionName(own), ...own }));
  await io.stdout.write(jsonText(answer));
  return 0;
}

function answerOf(
  suggestions: readonly Suggestion[],
  chosen: Recommendation | undefined,
  written: (suggestion: Suggestion) => object,
): object {
  return {
    command: "suggest",
    recommended: chosen?.design.rank ?? null,
    ...(chosen === undefined ? {} : { forProtocol: chosen.forProtocol, forSpecification: chosen.forSpecification }),
    suggestions: suggestions.map(written),
  };
}

function requestOf(options: SuggestOptions): SuggestRequest {
  const { strata, sites, limitForced, limitImbalance, candidate, shares, guesser, weight } = options;
  const candidates = candidate.map((text, i) =>
    parseWith(procedureSchema, parseJson(text), "procedure.spec_invalid", `--candidate.${i}`),
  );
  return {
    n: wholeNumber("--n", options.n),
    ratio: options.ratio.split(":").map((weight) => wholeNumber("--ratio", weight.trim())),
    ...(strata === undefined ? {} : { strata: wholeNumber("--strata", strata) }),
    ...(sites === undefined ? {} : { sites: wholeNumber("--sites", sites) }),
    ...(shares === undefined
      ? {}
      : { shares: shares.split(",").map((share) => finiteNumber("--shares", share.trim())) }),
    ...(guesser === undefined ? {} : { guesser }),
    ...(weight.length === 0 ? {} : { weights: Object.fromEntries(weight.map(weightOf)) }),
    limits: {
      ...(limitForced === undefined ? {} : { forcedShare: finiteNumber("--limit-forced", limitForced) }),
      ...(limitImbalance === undefined ? {} : { imbalance: finiteNumber("--limit-imbalance", limitImbalance) }),
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

/** A suggestion without the numbers by row, which nobody reads in a ranking. */
function shortened({ measures, ...own }: Suggestion): object {
  const summary = Object.fromEntries(Object.entries(measures).filter(([name]) => name !== "byRow" && name !== "byArm"));
  return { design: suggestionName(own), ...own, measures: summary };
}
