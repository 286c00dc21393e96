import { markUndominated } from "../../assessment/index.js";
import {
  designNames,
  imbalancePlot,
  predictabilityPlot,
  suggestionPlot,
  toPlotSvg,
  tradeOffPlot,
  type Language,
  type Plot,
} from "../../report/index.js";
import { h, type View } from "../view/element.js";
import type { Suggested } from "./state.js";

type Own = Suggested["suggestions"][number];

/** The figures of a comparison: all designs, those of whole trials too, those of lists, and the imbalance and the predictability of the one that is shown. */
export function designPlots(suggestions: readonly Own[], shown: Own, language: Language): readonly Plot[] {
  const together = suggestions.some(({ of }) => of === "trial") ? [suggestionPlot(suggestions, shown, language)] : [];
  // Whole trials have no rows of a list.
  if (shown.of === "trial") return together;
  const { measures, procedure } = shown;
  const { ratio, rows } = measures;
  const lists = suggestions.filter((own) => own.of === "list");
  const designs = markUndominated([shown, ...lists.filter((own) => own !== shown)]);
  const arms = ratio.map((_, i) => String.fromCharCode(65 + i));
  const { label } = designNames(procedure);
  return [
    ...together,
    tradeOffPlot(designs, 1, `${ratio.join(":")}, n = ${rows}`, language),
    imbalancePlot(measures, arms, label, language),
    predictabilityPlot(measures, label, language),
  ];
}

/** A figure as it is drawn, with what is to be seen under it. */
const figureView = (plot: Plot, language: Language): View =>
  h(
    "figure",
    { key: plot.name },
    h("div", {
      class: "scroll",
      tabindex: 0,
      role: "group",
      "aria-label": plot.title,
      dangerouslySetInnerHTML: { __html: toPlotSvg(plot) },
    }),
    h("figcaption", { lang: language }, plot.caption),
  );

export const figuresView = (plots: readonly Plot[], language: Language): View =>
  h(
    "div",
    { class: "plots" },
    plots.map((plot) => figureView(plot, language)),
  );
