import { predictability, type Predictability } from "../../assessment/index.js";
import { strataByProcedure, type Plan, type StrataOfProcedure } from "../../list/index.js";
import { readyProcedure } from "../../procedure/index.js";
import { describeWords } from "../texts/describeTexts.js";
import type { Language } from "../texts/language.js";
import { BLANK, plainValues, table } from "./markdown.js";
import { levelsText } from "./specificationRows.js";

/** Rows over which the shares are taken, from the first. */
const MOST_ROWS = 500;

/** What somebody who guesses can know of a plan's next allocation, by procedure where strata have their own. UNBLINDED. */
export function predictabilityText(plan: Plan, language: Language): string {
  const say = describeWords(language);
  const groups = strataByProcedure(plan);
  return groups
    .map((group) => {
      const text = predictabilityOf(plan, group, language);
      if (groups.length === 1) return text;
      const strata = group.strata.map(({ levels }) => levelsText(levels, language));
      const where = plainValues({ strata: strata.join(language === "en" ? "; " : "；") });
      return say("predictability.where", { ...where, text });
    })
    .join("\n\n");
}

function predictabilityOf(plan: Plan, { procedure, strata }: StrataOfProcedure, language: Language): string {
  const say = describeWords(language);
  const ratio = plan.arms.map((arm) => arm.ratio);
  const length = strata.reduce((most, stratum) => Math.max(most, stratum.length), 0);
  const { urn } = readyProcedure(procedure, ratio, length);
  const rows = Math.min(length, MOST_ROWS);
  const seen = predictability(urn, { ratio, rows, knowledge: "seen" });
  if (seen === undefined) return say("predictability.not", { blank: BLANK });
  const known = predictability(urn, { ratio, rows, knowledge: "set-known" });
  const line = (who: string, { forced, bestGuess }: Predictability): readonly string[] => [
    who,
    forced.toFixed(3),
    bestGuess.toFixed(3),
  ];
  return [
    say("predictability.mean", { rows: String(rows) }),
    "",
    table(
      (["who", "deterministic", "correct"] as const).map((name) => say(`predictability.${name}`)),
      [
        line(say("predictability.sizes"), seen),
        ...(known === undefined ? [] : [line(say("predictability.design"), known)]),
      ],
    ),
  ].join("\n");
}
