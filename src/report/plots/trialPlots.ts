import {
  markUndominated,
  type DynamicAssessment,
  type TrialDesign,
  type TrialMeasures,
} from "../../assessment/index.js";
import { deepFreeze } from "../../foundation/index.js";
import type { NamedPlot } from "../assessment/assessmentPlots.js";
import { designNames } from "../assessment/designName.js";
import type { DesignFamily } from "../../procedure/index.js";
import { trialDesignName } from "../assessment/trialTables.js";
import type { Language } from "../texts/language.js";
import { plotWords } from "../texts/plotTexts.js";
import { trialPlotWords } from "../texts/trialPlotTexts.js";
import { imbalancePlot, methodText } from "./imbalancePlot.js";
import type { Plot } from "./plot.js";
import { byRatioOf, probabilityPlot } from "./predictabilityPlot.js";
import { pointPlot } from "./tradeOffPlot.js";

/**
 * The figures of a dynamic allocation: imbalance and predictability after each participant, where the simulation
 * gathered them, and its design among those beside it. There are no lists that could be filled.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function dynamicPlots(assessment: DynamicAssessment, language: Language = "en"): readonly NamedPlot[] {
  const { plan, designs, arms, ratio } = assessment;
  const measures = designs[0]?.measures;
  const overTime = measures?.overTime;
  const shown =
    measures === undefined || overTime === undefined
      ? []
      : [
          { name: "imbalance", plot: imbalancePlot(shownImbalance(measures, overTime), arms, plan.list, language) },
          { name: "predictability", plot: guessPlot(measures, overTime, ratio, plan.list, language) },
        ];
  return deepFreeze(
    [...shown, { name: "trade-off", plot: designPlot(assessment, language) }].map(({ name, plot }) => ({
      name: `${plan.list}.${name}`,
      plot,
    })),
  );
}

type OverTime = NonNullable<TrialMeasures["overTime"]>;

const shownImbalance = (
  { scale, trials }: TrialMeasures,
  { absoluteImbalance, imbalanceBands }: OverTime,
): Parameters<typeof imbalancePlot>[0] => ({
  rows: absoluteImbalance.length,
  scale,
  method: "simulated",
  trials,
  byRow: { absoluteImbalance, imbalanceBands },
  isTrial: true,
});

function guessPlot(
  { trials }: TrialMeasures,
  { everything, ownCentre, deterministic }: OverTime,
  ratio: readonly number[],
  of: string,
  language: Language,
): Plot {
  const say = trialPlotWords(language);
  const byRatio = byRatioOf(ratio);
  return probabilityPlot(
    {
      series: [
        ["best", say("trialBest"), everything],
        ["smaller", say("trialOwn"), ownCentre],
        ["forced", say("trialForced"), deterministic],
      ],
      byRatio,
      rows: everything.length,
      title: say("trialPredictability", { of }),
      caption:
        say("trialGuesses", { own: ownCentre === undefined ? "" : say("trialOfOwn") }) +
        plotWords(language)("byRatio", { share: byRatio.toFixed(2) }) +
        methodText({ method: "simulated", trials, isTrial: true }, language),
    },
    language,
  );
}

function designPlot({ plan, designs, ratio, participants }: DynamicAssessment, language: Language): Plot {
  const say = trialPlotWords(language);
  const byRatio = byRatioOf(ratio);
  const points = designs.map(({ design, measures }, i) => ({
    ...labelOf(design),
    design: trialDesignName(design, language),
    predictability: Math.max(0, (measures.correctGuesses.everything.value - byRatio) / (1 - byRatio)),
    imbalance: measures.overall.largest.value,
    forcedShare: measures.deterministic.value,
    isOwn: i === 0,
  }));
  const trials = designs[0]?.measures.trials ?? 0;
  return pointPlot(
    markUndominated(points),
    plotWords(language)("tradeOff", { of: `${plan.list}, n = ${participants}, ${ratio.join(":")}` }),
    say("trialDesigns") + methodText({ method: "simulated", trials, isTrial: true }, language),
    language,
  );
}

/** Weights that are not all the same. */
function weightsText(design: TrialDesign & { readonly kind: "dynamic" }): string {
  const weights = design.factors.map(({ weight }) => weight);
  return weights.every((own) => own === weights[0]) ? "" : ` ${weights.join(":")}`;
}

/** A biased coin by covariates is one of the family of biased coins. */
export function labelOf(design: TrialDesign): { readonly label: string; readonly family: DesignFamily } {
  if (design.kind === "list") {
    const { label, family } = designNames(design.procedure);
    return { label, family };
  }
  const { procedure } = design;
  switch (procedure.kind) {
    case "minimization": {
      const { law } = procedure;
      const value = law.kind === "fixed" ? law.probability : law.kind === "rank" ? law.q : law.t;
      return { label: `MIN ${String(value)}${weightsText(design)}`, family: "biased coin" };
    }
    case "hu-hu":
      return { label: `HH ${String(procedure.probability)}${weightsText(design)}`, family: "biased coin" };
    case "atkinson":
      return { label: "DA", family: "biased coin" };
  }
}
