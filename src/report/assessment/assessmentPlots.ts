import type { Assessment, ComparedDesign } from "../../assessment/index.js";
import { deepFreeze } from "../../foundation/index.js";
import { fillPlot } from "../plots/fillPlot.js";
import { imbalancePlot } from "../plots/imbalancePlot.js";
import type { Plot } from "../plots/plot.js";
import { predictabilityPlot } from "../plots/predictabilityPlot.js";
import { tradeOffDesigns } from "../plots/tradeOffDesigns.js";
import { tradeOffPlot } from "../plots/tradeOffPlot.js";

/** A picture of an assessment, with a name that no other picture of the same assessments has. */
export interface NamedPlot {
  /** Such as `UC-01.imbalance`, for a file. */
  readonly name: string;
  readonly plot: Plot;
}

/** Longest list for which designs are compared without being asked twice: beyond, it takes minutes. */
export const LONGEST_TRADE_OFF = 200;

/**
 * All pictures of the assessments: imbalance and predictability of each list, filling of the strata where there are
 * several, and the designs of all plans that share ratio and length among the usual ones.
 *
 * @throws AllocellError `assessment.nothing_to_compare`, and what the procedures throw
 */
export function assessmentPlots(assessments: readonly Assessment[]): readonly NamedPlot[] {
  const own = assessments.flatMap((assessment): readonly NamedPlot[] => {
    const { plan, arms, lists, fill } = assessment;
    const ofLists = lists.flatMap(({ length, measures }) => {
      const isOnly = lists.length === 1;
      const of = isOnly ? plan.list : `${plan.list}, strata of ${length} rows`;
      const stem = isOnly ? plan.list : `${plan.list}.${length}-rows`;
      return [
        { name: `${stem}.imbalance`, plot: imbalancePlot(measures, arms, of) },
        { name: `${stem}.predictability`, plot: predictabilityPlot(measures, of) },
      ];
    });
    const isFilled = fill.byStratum.length > 1;
    return [...ofLists, ...(isFilled ? [{ name: `${plan.list}.fill`, plot: fillPlot(fill, plan.list) }] : [])];
  });
  return deepFreeze([...own, ...tradeOffs(assessments)]);
}

function tradeOffs(assessments: readonly Assessment[]): readonly NamedPlot[] {
  const groups = new Map<string, Assessment[]>();
  for (const assessment of assessments) {
    const { measures } = assessment.lists[0] as Assessment["lists"][number];
    if (measures.rows > LONGEST_TRADE_OFF || measures.method !== "exact") continue;
    const key = `${measures.ratio.join(":")} ${measures.rows} ${measures.knowledge}`;
    groups.set(key, [...(groups.get(key) ?? []), assessment]);
  }
  return [...groups.values()].map((group) => {
    const { measures } = (group[0] as Assessment).lists[0] as Assessment["lists"][number];
    const { ratio, rows, knowledge } = measures;
    const own = [...new Map(group.map(({ procedure }) => [JSON.stringify(procedure), procedure])).values()];
    const designs: readonly ComparedDesign[] = tradeOffDesigns(own, { ratio, rows, knowledge });
    const lists = group.map(({ plan }) => plan.list);
    return {
      name: `${lists.join("+")}.trade-off`,
      plot: tradeOffPlot(designs, own.length, `${lists.join(", ")}, ${rows} rows at ${ratio.join(":")}`),
    };
  });
}
