import { SIGNS, bracketed } from "../texts/signs.js";
import type { ContainerUse, LotOrder, PreparationOrder } from "../../dose/index.js";
import { fail } from "../../foundation/index.js";
import { h, paragraph, table, type ComponentChildren, type ReportElement } from "../page/element.js";
import { say, type TextKey } from "../texts/catalogue.js";
import { numberText, unitText } from "./shownValues.js";
import type { WorksheetProps } from "./worksheetProps.js";

const COLUMNS: readonly TextKey[] = [
  "column.lot",
  "column.expires",
  "column.containers",
  "column.content",
  "column.recovery",
  "column.viability",
  "column.concentration",
  "column.draw",
  "column.vialIds",
];

/** A longer lot may break: the place for the containers' numbers needs its width. */
const LONG_LOT = 14;

/** By the entry and not by the lot's name: two sizes of one lot are two entries with one name. */
function entryOf({ lots = [] }: PreparationOrder, used: ContainerUse, index: number): LotOrder {
  const found = lots[used.entry];
  if (found?.lot === used.lot) return found;
  return fail(
    "report.lot_missing",
    `containers.${index}.entry`,
    `The order has no entry ${used.entry} of lot ${used.lot}: the preparation is not one of this version of allocell.`,
    { expected: `the index of an entry of lot ${used.lot}`, received: String(used.entry) },
  );
}

/**
 * Product, route and storage, and what is taken of each lot and size.
 *
 * @throws AllocellError `report.lot_missing`
 */
export function lotsInUse({ preparation, details, language }: WorksheetProps): ReportElement {
  const { containers, order, unitKind, isPlacebo } = preparation;
  const { minimumViability } = order.product ?? {};
  const least =
    minimumViability === undefined ? "" : bracketed(language, `${say(language, "word.atLeast")} ${minimumViability}`);
  const unit = unitText(language, unitKind);
  const comma = SIGNS[language].comma;
  const product = isPlacebo ? say(language, "word.placebo") : order.product?.name;
  const source = order.product === undefined ? "" : bracketed(language, order.product.source);
  const rows = containers.map((used, index) => {
    const { content, counted, fillMl, recovery, testedViability: tested } = entryOf(order, used, index);
    const concentration = numberText(language, used.concentrationPerMl);
    return [
      used.lot.length > LONG_LOT ? used.lot : h("span", { class: "nowrap" }, used.lot),
      h("span", { class: "nowrap" }, used.expiresOn),
      String(used.containers),
      `${numberText(language, content)} ${unitText(language, counted)}${comma}${numberText(language, fillMl)} mL`,
      recovery,
      tested === undefined ? "—" : `${tested.fraction}${least}${comma}${tested.method}`,
      `${concentration} ${unit}/mL${comma}${say(language, used.isMeasured ? "word.measured" : "word.fromLabel")}`,
      h("span", { class: "nowrap" }, `${numberText(language, used.drawMl)} mL`),
      "",
    ];
  });
  const separator = SIGNS[language].between;
  const named = (name: TextKey, value: string): ComponentChildren => [
    `${separator}${say(language, name)}${SIGNS[language].colon}`,
    h("b", null, value),
  ];
  const line = [
    h("b", null, product),
    source,
    named("field.route", details.route),
    named("field.storage", details.storage),
  ];
  return h(
    "div",
    null,
    paragraph(language, "section.product", line),
    rows.length === 0 ? null : table(language, COLUMNS, rows, "lots"),
  );
}
