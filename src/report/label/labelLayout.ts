import { fail } from "../../foundation/index.js";
import type { Language } from "../texts/language.js";
import { linesText } from "./bagLabel.js";
import { sideOf } from "./dataMatrix.js";
import type { LabelContent, LabelField } from "./labelContent.js";
import type { RequiredSize } from "./labelSize.js";
import { linesOf, mm, widthOf } from "./lineCount.js";

/** Sizes in points; lengths in millimetres. The style of a label is made from them, and so is the calculation of its room. */
interface Layout {
  readonly text: number;
  readonly number: number;
  readonly value: number;
  readonly name: number;
  readonly paragraph: number;
  readonly columns: number;
  readonly paddingX: number;
  readonly paddingY: number;
  readonly gap: number;
}

const LARGE: Layout = {
  ...{ text: 9, number: 18, value: 9.5, name: 7.4, paragraph: 7.5, columns: 3, paddingX: 3, paddingY: 2, gap: 0.8 },
};
const SMALL: Layout = {
  ...{ text: 8, number: 12, value: 8, name: 7, paragraph: 7, columns: 2, paddingX: 1.5, paddingY: 1.2, gap: 0.5 },
};
const layoutOf = ({ isSmall }: RequiredSize): Layout => (isSmall ? SMALL : LARGE);

const LINE = 1.2;
const NUMBER_LINE = 1.1;
const NAME_LINE = 1.15;
const PARAGRAPH_LINE = 1.15;
const COLUMN_GAP = 2;
const ROW_GAP = 0.6;
const RULE = 0.4;
const BLANK = 4.4;
const SPARE = 0.5;

function fieldHeight(value: string | undefined, points: number, line: number, width: number, name: number): number {
  return mm(name * NAME_LINE) + (value === undefined ? BLANK : linesOf(value, points, width) * mm(points * line));
}

/** Fields in rows of columns, as the grid places them. */
function rowsOf(fields: readonly LabelField[], columns: number): readonly (readonly LabelField[])[] {
  const rows: LabelField[][] = [];
  let taken = columns;
  for (const each of fields) {
    const own = each.isWide === true ? 2 : 1;
    if (taken + own > columns) {
      rows.push([]);
      taken = 0;
    }
    rows[rows.length - 1]?.push(each);
    taken += own;
  }
  return rows;
}

/** Widths that texts have, in mm. */
function widthsOf(
  content: LabelContent,
  size: RequiredSize,
): { readonly whole: number; readonly column: number; readonly number: number; readonly code: number } {
  const { columns, paddingX } = layoutOf(size);
  const whole = size.widthMm - 2 * paddingX;
  const code = content.code === undefined ? 0 : sideOf(content.code, size.moduleMm);
  const column = (whole - (columns - 1) * COLUMN_GAP) / columns;
  const number = (whole - COLUMN_GAP - (code === 0 ? 0 : code + COLUMN_GAP)) / 2;
  return { whole, column, number, code };
}

/** What takes room, from the field that takes most: the one to shorten. */
interface Part {
  readonly name: string;
  readonly text: string;
  readonly height: number;
}

function partsOf(
  content: LabelContent,
  size: RequiredSize,
  language: Language,
): { readonly height: number; readonly parts: readonly Part[] } {
  const { title, finalVolume, numbers, fields, lines, foot } = content;
  const { text, number, value, name, paragraph, columns, paddingY, gap } = layoutOf(size);
  const widths = widthsOf(content, size);
  const ofNumber = (each: LabelField): number => fieldHeight(each.value, number, NUMBER_LINE, widths.number, name);
  const widthFor = ({ isWide }: LabelField): number =>
    isWide === true ? 2 * widths.column + COLUMN_GAP : widths.column;
  const ofField = (each: LabelField): number => fieldHeight(each.value, value, LINE, widthFor(each), name);
  const ofText = (words: string, points: number): number =>
    words === "" ? 0 : linesOf(words, points, widths.whole) * mm(points * PARAGRAPH_LINE) + gap;
  const titleRoom = widths.whole - widthOf(finalVolume, text) - COLUMN_GAP;
  const rows = rowsOf(fields, columns).map((row) => Math.max(...row.map(ofField)));
  const height =
    linesOf(title, text, titleRoom) * mm(text * LINE) +
    RULE +
    Math.max(widths.code, ...numbers.map(ofNumber)) +
    rows.reduce((sum, row) => sum + row, 0) +
    (rows.length - 1) * ROW_GAP +
    ofText(linesText(content, language), paragraph) +
    ofText(foot, paragraph) +
    2 * gap +
    2 * paddingY +
    SPARE;
  const keyOf = (key = "label.trialUse"): string => key.replace(/^\w+\./u, "");
  const parts = [
    ...numbers.map((each) => ({
      name: keyOf(each.name),
      text: each.value ?? "",
      height: ofNumber(each) - mm(number * NUMBER_LINE),
    })),
    ...fields.map((each) => ({
      name: keyOf(each.name),
      text: each.value ?? "",
      height: ofField(each) - mm(value * LINE),
    })),
    ...lines.map((each) => ({ name: keyOf(each.name), text: each.value, height: ofText(each.value, paragraph) })),
  ];
  return { height, parts };
}

/**
 * A label cuts off what does not fit, so a text that does not fit is refused.
 *
 * @throws AllocellError `report.label_text_too_long` for the field that takes most room
 */
export function requireFits(content: LabelContent, size: RequiredSize, language: Language): void {
  const { height, parts } = partsOf(content, size, language);
  if (height <= size.heightMm) return;
  const [largest] = [...parts].sort((a, b) => b.height - a.height);
  const { name, text } = largest ?? { name: "trialUse", text: content.title };
  const message = `The label of ${size.widthMm} mm × ${size.heightMm} mm has no room for "${text}": it would be cut off.`;
  fail("report.label_text_too_long", name, message, {
    expected: `a shorter text, or a label of at least ${Math.ceil(height)} mm`,
    received: `${Array.from(text).length} characters`,
    parameters: { widthMm: size.widthMm, heightMm: size.heightMm },
  });
}

/** The style that goes with the calculation above, beside what all documents share. */
export function labelLayoutCss(content: LabelContent, size: RequiredSize): string {
  const { widthMm, heightMm } = size;
  const { text, number, value, name, paragraph, columns, paddingX, paddingY, gap } = layoutOf(size);
  const code = content.code === undefined ? "" : ` ${widthsOf(content, size).code.toFixed(3)}mm`;
  return `
@page{size:${widthMm}mm ${heightMm}mm;margin:0}
@media screen{.label{margin:4mm;outline:.3mm solid #000}}
.label{width:${widthMm}mm;height:${heightMm}mm;padding:${paddingY}mm ${paddingX}mm;overflow:hidden;break-after:page;font-size:${text}pt;line-height:${LINE};display:flex;flex-direction:column;gap:${gap}mm}
.label:last-child{break-after:auto}
.label .field .name{font-size:${name}pt;line-height:${NAME_LINE}}
.label .field{min-width:0}
.label .field b{display:block}
.label .blank .line{height:${BLANK}mm}
.label .top{display:flex;justify-content:space-between;gap:${COLUMN_GAP}mm;border-bottom:${RULE}mm solid #000;font-weight:700}
.label .top span{overflow-wrap:anywhere}
.label .numbers{display:grid;grid-template-columns:1fr 1fr${code};gap:${COLUMN_GAP}mm}
.label .numbers b{font-size:${number}pt;line-height:${NUMBER_LINE}}
.label .code{display:block}
.label .grid{display:grid;grid-template-columns:repeat(${columns},1fr);gap:${ROW_GAP}mm ${COLUMN_GAP}mm}
.label .grid b{font-size:${value}pt}
.label .two{grid-column:span 2}
.label .lines,.label .foot{font-size:${paragraph}pt;line-height:${PARAGRAPH_LINE};overflow-wrap:anywhere}
.label .foot{margin-top:auto}
`;
}
