import { fail } from "../../foundation/index.js";
import type { LabelContent, LabelField } from "./labelContent.js";
import { linesOf, mm, widthOf } from "./lineCount.js";

/** Sizes in points; lengths in millimetres. The style of a label is made from them, and so is the calculation of its room. */
const TEXT_PT = 9;
const NUMBER_PT = 18;
const VALUE_PT = 10;
const FOOT_PT = 8;
const LINE = 1.2;
const NUMBER_LINE = 1.1;
/** A field's name, as a part of the text size. */
const NAME = 0.82;
const NAME_LINE = 1.15;
const PADDING_X = 3;
const PADDING_Y = 2.5;
const GAP = 1;
const COLUMN_GAP = 2;
const ROW_GAP = 0.8;
const RULE = 0.4;
const BLANK = 4.4;
const COLUMNS = 3;
const SPARE = 0.5;

const NAME_HEIGHT = mm(TEXT_PT * NAME * NAME_LINE);

function fieldHeight(value: string | undefined, points: number, line: number, width: number): number {
  return NAME_HEIGHT + (value === undefined ? BLANK : linesOf(value, points, width) * mm(points * line));
}

/** Fields in rows of three columns, as the grid places them. */
function rowsOf(fields: readonly LabelField[]): readonly (readonly LabelField[])[] {
  const rows: LabelField[][] = [];
  let taken = COLUMNS;
  for (const each of fields) {
    const columns = each.isWide === true ? 2 : 1;
    if (taken + columns > COLUMNS) {
      rows.push([]);
      taken = 0;
    }
    rows[rows.length - 1]?.push(each);
    taken += columns;
  }
  return rows;
}

/**
 * A label cuts off what does not fit, so a text that does not fit is refused.
 *
 * @throws AllocellError `report.label_text_too_long` for the field that takes most room
 */
export function requireFits(content: LabelContent, widthMm: number, heightMm: number): void {
  const width = widthMm - 2 * PADDING_X;
  const { title, finalVolume, numbers, fields, foot } = content;
  const column = (width - (COLUMNS - 1) * COLUMN_GAP) / COLUMNS;
  const half = (width - COLUMN_GAP) / 2;
  const widthFor = ({ isWide }: LabelField): number => (isWide === true ? 2 * column + COLUMN_GAP : column);
  const ofNumber = ({ value }: LabelField): number => fieldHeight(value, NUMBER_PT, NUMBER_LINE, half);
  const ofField = (each: LabelField): number => fieldHeight(each.value, VALUE_PT, LINE, widthFor(each));
  const titleRoom = width - widthOf(finalVolume, TEXT_PT) - COLUMN_GAP;
  const rows = rowsOf(fields).map((row) => Math.max(...row.map(ofField)));
  const height =
    linesOf(title, TEXT_PT, titleRoom) * mm(TEXT_PT * LINE) +
    RULE +
    Math.max(...numbers.map(ofNumber)) +
    rows.reduce((sum, row) => sum + row, 0) +
    (rows.length - 1) * ROW_GAP +
    linesOf(foot, FOOT_PT, width) * mm(FOOT_PT * LINE) +
    3 * GAP +
    2 * PADDING_Y +
    SPARE;
  if (height <= heightMm) return;
  const sized = [
    ...numbers.map((each) => ({ each, height: ofNumber(each) - mm(NUMBER_PT * NUMBER_LINE) })),
    ...fields.map((each) => ({ each, height: ofField(each) - mm(VALUE_PT * LINE) })),
  ];
  const [largest] = sized.sort((a, b) => b.height - a.height);
  const { name, value = "" } = largest?.each ?? { name: "label.trialUse" };
  const message = `The label of ${widthMm} mm × ${heightMm} mm has no room for "${value}": it would be cut off.`;
  fail("report.label_text_too_long", name.replace(/^\w+\./u, ""), message, {
    expected: `a shorter text, or a label of at least ${Math.ceil(height)} mm`,
    received: `${Array.from(value).length} characters`,
  });
}

/** The style that goes with the calculation above, beside what all documents share. */
export function labelLayoutCss(widthMm: number, heightMm: number): string {
  return `
@page{size:${widthMm}mm ${heightMm}mm;margin:0}
@media screen{.label{margin:4mm;outline:.3mm solid #000}}
.label{width:${widthMm}mm;height:${heightMm}mm;padding:${PADDING_Y}mm ${PADDING_X}mm;overflow:hidden;break-after:page;font-size:${TEXT_PT}pt;line-height:${LINE};display:flex;flex-direction:column;gap:${GAP}mm}
.label:last-child{break-after:auto}
.label .field .name{font-size:${NAME}em;line-height:${NAME_LINE}}
.label .field{min-width:0}
.label .field b{display:block}
.label .blank .line{height:${BLANK}mm}
.label .top{display:flex;justify-content:space-between;gap:${COLUMN_GAP}mm;border-bottom:${RULE}mm solid #000;font-weight:700}
.label .top span{overflow-wrap:anywhere}
.label .numbers{display:grid;grid-template-columns:1fr 1fr;gap:${COLUMN_GAP}mm}
.label .numbers b{font-size:${NUMBER_PT}pt;line-height:${NUMBER_LINE}}
.label .grid{display:grid;grid-template-columns:repeat(${COLUMNS},1fr);gap:${ROW_GAP}mm ${COLUMN_GAP}mm}
.label .grid b{font-size:${VALUE_PT}pt}
.label .two{grid-column:span 2}
.label .foot{margin-top:auto;font-size:${FOOT_PT}pt}
`;
}
