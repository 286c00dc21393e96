import { BORDER_KINDS, type BorderRow, type WeightBorders } from "../../dose/index.js";
import { requireFields } from "../../foundation/index.js";
import type { NamedTable } from "../escalation/namedTable.js";
import { requireLanguage } from "../texts/requireLanguage.js";
import type { Language } from "../texts/language.js";
import { SIGNS } from "../texts/signs.js";
import { issueText } from "./issueText.js";
import { lines, part, rowsTable, titleOf, unblindedPaper } from "./paper.js";
import { recordText, type RecordTextKey } from "./recordTexts.js";

/** Of what a sheet of borders is: trial, arm and the like for its title, and lines that say what is prepared. */
export interface BordersOf {
  readonly title: readonly string[];
  readonly facts: readonly string[];
}

const COLUMNS = [
  ...(["weightKg", "change", "dosingKg", "target", "capped", "band", "containers", "drawMl"] as const),
  ...(["deliveredDose", "diluentMl", "finalMl", "said"] as const),
] satisfies readonly RecordTextKey[];

/**
 * All rows as a table: one line a weight; of several components each value of each, in their order.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function bordersTable(borders: WeightBorders, language: Language): NamedTable {
  requireFields(borders, "what findWeightBorders returns", { rows: "a list" });
  const say = (key: RecordTextKey): string => recordText(requireLanguage(language), key);
  return {
    name: "borders",
    title: say("bordersTitle"),
    columns: COLUMNS.map(say),
    rows: borders.rows.map(cells(language)),
  };
}

const cells =
  (language: Language) =>
  ({ weightKg, changes, parts = [], warnings = [], refused }: BorderRow): readonly string[] => {
    const { semicolon, comma } = SIGNS[language];
    const each = (value: (one: (typeof parts)[number]) => string): string => parts.map(value).join(semicolon);
    return [
      weightKg,
      changes.map((kind) => recordText(language, `kind.${kind}`)).join(comma),
      each((one) => one.dosingKg),
      each((one) => one.target),
      parts.some((one) => one.isCapped) ? recordText(language, "yes") : "",
      each((one) => String(one.band ?? "")),
      each((one) => one.containers.map(({ lot, containers }) => `${containers} × ${lot}`).join(comma)),
      each((one) => one.drawMl),
      each((one) => one.delivered),
      each((one) => one.diluentMl),
      each((one) => one.finalVolumeMl),
      refused === undefined ? warnings.join(comma) : refused.map((issue) => issueText(language, issue)).join(semicolon),
    ];
  };

/**
 * The weights at which a preparation changes as an unblinded sheet with places for initials and signatures.
 *
 * @param sheet - `by-hand`: the weights alone, to be computed before the other sheet is opened; `expected`: the values
 * @throws AllocellError `report.language_unknown`, `input.invalid`
 */
export function toBordersHtml(
  borders: WeightBorders,
  of: BordersOf,
  sheet: "by-hand" | "expected",
  language: Language,
): string {
  requireFields(of, "of what the borders are", { title: "a list", facts: "a list" });
  const { rows, columns } = bordersTable(borders, language);
  const say = (key: RecordTextKey): string => recordText(language, key);
  const isByHand = sheet === "by-hand";
  const { fromKg, toKg, stepKg, kinds, weightsPrepared } = borders;
  const colon = SIGNS[language].colon;
  const range = `${say("weightKg")}${colon}${fromKg}–${toKg}, ±${stepKg} (${weightsPrepared})`;
  const changes = `${say("change")}${colon}${BORDER_KINDS.filter((kind) => kinds.includes(kind))
    .map((kind) => say(`kind.${kind}`))
    .join(SIGNS[language].comma)}`;
  // What changes where is an answer: the sheet by hand says the weight and nothing else.
  const shown = rows.map((row) => [...row.map((cell, index) => (isByHand && index > 0 ? "" : cell)), ""]);
  const keep = (row: readonly string[]): readonly string[] => (isByHand ? row.filter((_, index) => index !== 1) : row);
  return unblindedPaper(
    language,
    titleOf(isByHand ? say("byHandTitle") : `${say("bordersTitle")}${colon}${say("expectedTitle")}`, of.title),
    [say("computedBy"), say("comparedBy")],
    [
      part(say("ofOrderFile"), lines([...of.facts, range, changes])),
      part(undefined, [
        ...lines([say(isByHand ? "byHand" : "expectedOf")]),
        rowsTable(keep([...columns, say("initials")]), shown.map(keep)),
      ]),
    ],
  );
}
