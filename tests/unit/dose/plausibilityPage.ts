import { PLAUSIBLE } from "../../../src/dose/index.js";
import { ADULT, usualAt, WEIGHT_AT_AGE } from "../../../src/dose/plausibility/growth.js";
import { GROWTH_SOURCES } from "../../../src/dose/plausibility/sources.js";
import type { Ends } from "../../../src/dose/plausibility/prescribedRows.js";

const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const code = (text: string): string => `\`${text}\``;

function endsText({ minimum, maximum }: Ends = {}): string {
  if (minimum === undefined) return maximum === undefined ? "" : `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}

/** The tables of docs/plausibility.md by their names, made from the data. */
export const TABLES: Readonly<Record<string, string>> = {
  values: [
    row(
      "Row",
      "Quantity",
      "Unit",
      "Fields, or how it is computed",
      "Counts",
      "Possible",
      "Usual",
      "Confused with",
      "Source",
    ),
    row(...Array<string>(9).fill("---")),
    ...PLAUSIBLE.map((each) =>
      row(
        code(each.id),
        each.quantity,
        each.unit,
        [...each.fields.map(code), ...(each.computed === undefined ? [] : [each.computed])].join("; "),
        (each.kinds ?? []).join(", "),
        endsText(each.possible),
        each.oneOf === undefined ? endsText(each.usual) : each.oneOf.join(" or "),
        each.confusedWith,
        each.source,
      ),
    ),
  ].join("\n"),
  weights: [
    row("Years", "Published, kg", "Usual from, kg", "Usual to, kg", "Source"),
    row(...Array<string>(5).fill("---")),
    ...WEIGHT_AT_AGE.map((each) => {
      const { minimum, maximum } = usualAt(each);
      return row(each.years, `${each.low} to ${each.high}`, minimum, maximum, GROWTH_SOURCES.get(each.reference) ?? "");
    }),
    row(ADULT.years, "", ADULT.minimum, ADULT.maximum, "chosen for this program"),
  ].join("\n"),
};
