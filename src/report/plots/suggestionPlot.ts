import { markUndominated, type Suggestion } from "../../assessment/index.js";
import { suggestionName, withNames } from "../assessment/recommendation.js";
import type { Language } from "../texts/language.js";
import { plotWords } from "../texts/plotTexts.js";
import { designNames, designSigns } from "../assessment/designName.js";
import type { Plot } from "./plot.js";
import { pointPlot } from "./tradeOffPlot.js";
import { labelOf } from "./trialPlots.js";

/**
 * All suggested designs in one figure, lists in every stratum and designs of the whole trial, by what both have alike:
 * predictability for somebody who knows all allocations, and the pooled deviation at the end of the trial. The line joins
 * those that no other beats in both.
 *
 * @param own - the design that is drawn in black with a ring; absent: the first
 * @throws AllocellError `report.language_unknown`
 */
export function suggestionPlot(suggestions: readonly Suggestion[], own?: Suggestion, language: Language = "en"): Plot {
  const say = plotWords(language);
  const ringed = own ?? suggestions[0];
  const ordered = [...suggestions.filter((one) => one === ringed), ...suggestions.filter((one) => one !== ringed)];
  const points = ordered.map((one) => ({
    ...namesOf(one, suggestions, language),
    design: suggestionName(one, language),
    predictability: one.predictability,
    imbalance: one.pooledDeviation,
    forcedShare: one.deterministic?.value ?? ("" as const),
    isOwn: one === ringed,
  }));
  const lists = ordered.flatMap((one) => (one.of === "list" ? [one.procedure] : []));
  const caption = say("suggested", { signs: designSigns(lists, language) });
  const plot = pointPlot(markUndominated(points), say("suggestions"), caption, language, say("pooledAxis"));
  return { ...plot, name: "designs" };
}

/** A label, and what a design of fewer factors looks at. */
function namesOf(own: Suggestion, all: readonly Suggestion[], language: Language): ReturnType<typeof labelOf> {
  if (own.of === "list") {
    const { label, family } = designNames(own.procedure);
    return { label, family };
  }
  const namesIn = (one: Suggestion): readonly string[] => {
    if (one.of === "list") return [];
    const design = withNames(one.trialDesign, language);
    return design.kind === "list" ? design.strata : design.factors.map(({ factor }) => factor);
  };
  const names = namesIn(own);
  const most = Math.max(...all.map((one) => namesIn(one).length));
  const { label, family } = labelOf(own.trialDesign);
  return { label: names.length === most ? label : `${label} /${names.join("+") || "-"}`, family };
}
