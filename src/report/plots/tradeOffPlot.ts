import type { ComparedDesign } from "../../assessment/index.js";
import { designNames, type DesignFamily } from "../assessment/designName.js";
import { methodText } from "./imbalancePlot.js";
import { placeLabels } from "./labelPlacement.js";
import { toPlot, type Plot, type PlotRow } from "./plot.js";
import { textWidth } from "../page/textWidth.js";

const WIDTH = 560;
const HEIGHT = 360;
const FONT_SIZE = 11;
const MARK = { type: "point", filled: false, size: 80, opacity: 1, stroke: "#000", strokeWidth: 1 } as const;

const SHAPES: Readonly<Record<DesignFamily, string>> = {
  "no restriction": "circle",
  blocks: "square",
  tolerance: "triangle-up",
  "biased coin": "diamond",
  urn: "cross",
};

/**
 * Balance against randomness: each design at its predictability and its expected largest imbalance. Down and to the
 * left is better; the line joins the designs that no other beats in both.
 *
 * @param own - how many of the first designs are those of the plans; they are drawn in black with a ring
 */
export function tradeOffPlot(designs: readonly ComparedDesign[], own: number, of: string): Plot {
  const rows = designs.map((design, i) => plotRow(design, i < own));
  const most = {
    x: niceAbove(Math.max(0.05, ...designs.map(({ predictability }) => predictability))),
    y: niceAbove(Math.max(0.5, ...designs.map(({ imbalance }) => imbalance))),
  };
  const shifts = placeLabels(
    designs.map(({ procedure, predictability, imbalance }, i) => ({
      x: (predictability / most.x) * WIDTH,
      y: HEIGHT - (imbalance / most.y) * HEIGHT,
      text: designNames(procedure).label,
      radius: i < own ? 11 : 7,
    })),
    { width: WIDTH, height: HEIGHT, font: FONT_SIZE },
  );
  return toPlot({
    name: "trade-off",
    title: `Balance and randomness: ${of}`,
    caption: captionOf(designs, own),
    columns: ["label", "design", "family", "predictability", "imbalance", "forcedShare", "isUndominated", "isOwn"],
    rows,
    width: WIDTH,
    height: HEIGHT,
    resolve: { legend: { shape: "independent" } },
    layer: layersOf(rows, most, shifts),
  });
}

function plotRow(design: ComparedDesign, isOwn: boolean): PlotRow {
  const { procedure, predictability, imbalance, isUndominated, measures } = design;
  const { name, label, family } = designNames(procedure);
  const forcedShare = measures.forcedShare?.value ?? "";
  return { label, design: name, family, predictability, imbalance, forcedShare, isUndominated, isOwn };
}

function captionOf(designs: readonly ComparedDesign[], own: number): string {
  const [first] = designs;
  return (
    "Designs by predictability (0: no better than guessing by the ratio; 1: always right) and expected largest imbalance" +
    `${first?.measures.scale === "difference" ? ", the difference of the two groups" : ", the deviation of a group from its share"}. ` +
    `Lower left is better; the line joins designs that no other beats in both${own > 0 ? "; ringed: the design of the plan" : ""}. ` +
    "PB permuted blocks (last one cut), CR complete, RAR random allocation rule, BSD big stick, EBC Efron, MP maximal, " +
    "BUD block urn, MWU mass weighted urn, BT brick tunnel; numbers: parameters." +
    (first === undefined ? "" : methodText(first.measures))
  );
}

/** Ends of the axes. */
interface Most {
  readonly x: number;
  readonly y: number;
}

type Shift = ReturnType<typeof placeLabels>[number];

/** A label that stands away from its point is joined to it. */
function leadersOf(rows: readonly PlotRow[], most: Most, shifts: readonly Shift[]): readonly PlotRow[] {
  return rows.flatMap((row, i): PlotRow[] => {
    const { dx, dy } = shifts[i] as Shift;
    const [half, line] = [textWidth(String(row["label"]), FONT_SIZE) / 2, FONT_SIZE / 2];
    const endX = dx - Math.sign(dx) * Math.min(Math.abs(dx), half);
    const endY = dy - Math.sign(dy) * Math.min(Math.abs(dy), line);
    if (Math.hypot(endX, endY) < 16) return [];
    const x2 = Number(row["predictability"]) + (endX / WIDTH) * most.x;
    return [{ ...row, x2, y2: Number(row["imbalance"]) - (endY / HEIGHT) * most.y }];
  });
}

function layersOf(rows: readonly PlotRow[], most: Most, shifts: readonly Shift[]): readonly object[] {
  const front = [...rows]
    .filter((row) => row["isUndominated"] === true)
    .sort((a, b) => Number(a["predictability"]) - Number(b["predictability"]));
  const families = (Object.keys(SHAPES) as DesignFamily[]).filter((family) =>
    rows.some((row) => row["family"] === family),
  );
  const x = axis(
    "predictability",
    "Predictability: correct guesses beyond the ratio, as a share of what is possible",
    most.x,
  );
  const y = axis("imbalance", "Expected largest imbalance (participants)", most.y);
  const shape = {
    field: "family",
    type: "nominal",
    scale: { domain: families, range: families.map((family) => SHAPES[family]) },
  };
  const fill = { condition: { test: "datum.isOwn", value: "#000" }, value: "#fff" };
  return [
    {
      data: { values: front },
      mark: { type: "line", stroke: "#999", strokeWidth: 1 },
      encoding: { x, y, order: { field: "predictability", type: "quantitative" } },
    },
    {
      data: { values: leadersOf(rows, most, shifts) },
      mark: { type: "rule", stroke: "#000", strokeWidth: 0.6 },
      encoding: { x, y, x2: { field: "x2" }, y2: { field: "y2" } },
    },
    // Filled first and outlined then: the legend takes its signs from the outlines, and has none for filled ones.
    {
      mark: { type: "point", filled: true, size: 80, opacity: 1 },
      encoding: { x, y, shape: { ...shape, legend: null }, fill },
    },
    { mark: MARK, encoding: { x, y, shape } },
    {
      transform: [{ filter: "datum.isOwn" }],
      mark: { ...MARK, shape: "circle", size: 320, strokeWidth: 1.4 },
      encoding: { x, y },
    },
    ...rows.map((row, i) => labelLayer(row, shifts[i] as Shift, { x, y })),
  ];
}

const axis = (field: string, title: string, most: number): object => ({
  field,
  type: "quantitative",
  title,
  scale: { domain: [0, most], nice: false },
  axis: { tickCount: 6 },
});

function labelLayer(row: PlotRow, { dx, dy }: Shift, encoding: object): object {
  return {
    data: { values: [row] },
    mark: {
      type: "text",
      align: "center",
      baseline: "middle",
      fontSize: FONT_SIZE,
      dx,
      dy,
      fontWeight: row["isOwn"] === true ? "bold" : "normal",
    },
    encoding: { ...encoding, text: { field: "label", type: "nominal" } },
  };
}

/** The least of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that leaves room above the value. */
function niceAbove(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * unit >= 1.04 * value) ?? 12;
  return step * unit;
}
