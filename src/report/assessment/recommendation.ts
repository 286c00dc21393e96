import type { Suggestion } from "../../assessment/index.js";
import type { ReportTable } from "./assessmentTables.js";
import { withinOne } from "./assessmentTables.js";
import { designNames } from "./designName.js";
import { number, percent } from "./numbers.js";

/** Designs by their rank, with what the rank rests on. */
export function suggestionTable(suggestions: readonly Suggestion[]): ReportTable {
  const rows = suggestions[0]?.measures.rows ?? 0;
  return {
    title: `Designs by rank, for a list of ${rows} rows`,
    columns: [
      "Rank",
      "Design",
      "Within limits",
      "Forced",
      "Predictability",
      "Largest imbalance",
      "Groups within one at the end",
      "Warnings",
    ],
    rows: suggestions.map(({ rank, procedure, isWithinLimits, measures, predictability, imbalance, warnings }) => [
      String(rank),
      designNames(procedure).name,
      isWithinLimits ? "yes" : "no",
      measures.forcedShare === undefined ? "undefined" : percent(measures.forcedShare.value),
      number(predictability, 3),
      number(imbalance, 2),
      percent(withinOne(measures).value),
      String(warnings.length),
    ]),
    note:
      "Predictability: correct guesses of the best guesser beyond the ratio, as a share of what is possible. " +
      "Largest imbalance: expected, at any row, in participants. Exact.",
  };
}

/** A design that is put forward, and why. */
export interface Recommendation {
  readonly design: Suggestion;
  readonly headline: string;
  readonly reasons: readonly string[];
}

/**
 * The design of the first rank, its reasons, and what sets it apart from another design; undefined if none is within
 * the limits.
 *
 * @param against - the design that is planned now, if it is among the suggestions
 */
export function recommendation(suggestions: readonly Suggestion[], against?: Suggestion): Recommendation | undefined {
  const design = suggestions.find(({ isWithinLimits }) => isWithinLimits);
  if (design === undefined) return undefined;
  const name = designNames(design.procedure).name;
  const isSame = against?.rank === design.rank;
  return {
    design,
    headline: isSame ? `Keep ${name}.` : `Recommended: ${name}.`,
    reasons: [
      ...design.reasons,
      `With probability ${percent(withinOne(design.measures).value)} all groups end within one participant of their share.`,
      ...(against === undefined || isSame ? [] : [comparison(design, against)]),
    ],
  };
}

function comparison(design: Suggestion, against: Suggestion): string {
  const forced = (own: Suggestion): string => percent(own.measures.forcedShare?.value ?? 0);
  return (
    `The planned design, ${designNames(against.procedure).name}, has rank ${against.rank}: ` +
    `${forced(against)} forced rows against ${forced(design)}, ` +
    `predictability ${number(against.predictability, 3)} against ${number(design.predictability, 3)}, ` +
    `largest imbalance ${number(against.imbalance, 2)} against ${number(design.imbalance, 2)}` +
    (against.isWithinLimits ? "" : "; it is not within the limits") +
    (against.warnings.length === 0 ? "" : `; its warnings: ${against.warnings.map(({ message }) => message).join(" ")}`)
  );
}
