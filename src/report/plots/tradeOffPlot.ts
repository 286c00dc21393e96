import type { ComparedDesign } from "../../assessment/index.js";
import { designNames, designSigns } from "../assessment/designName.js";
import type { DesignFamily } from "../../procedure/index.js";
import { textWidth } from "../page/textWidth.js";
import type { Language } from "../texts/language.js";
import { familyWord, plotWords } from "../texts/plotTexts.js";
import { roundTicks, type At, type Mark, type Sign } from "./figure.js";
import { methodText } from "./imbalancePlot.js";
import { placeLabels } from "./labelPlacement.js";
import { toPlot, type Plot } from "./plot.js";

const WIDTH = 560;
const HEIGHT = 360;
const FONT_SIZE = 11;
/** Pixels of a design's sign, and of the ring around that of the plan. */
const [RADIUS, RING] = [5, 10];

const SIGNS: Readonly<Record<DesignFamily, Sign>> = {
  "no restriction": "circle",
  blocks: "square",
  tolerance: "triangle",
  "biased coin": "diamond",
  urn: "cross",
};

/**
 * Balance against randomness: each design at its predictability and its expected largest imbalance. Down and to the
 * left is better; the line joins the designs that no other beats in both.
 *
 * @param own - how many of the first designs are those of the plans; they are drawn in black with a ring
 */
export function tradeOffPlot(
  designs: readonly ComparedDesign[],
  own: number,
  of: string,
  language: Language = "en",
): Plot {
  const say = plotWords(language);
  return pointPlot(
    designs.map((design, i) => plotRow(design, i < own)),
    say("tradeOff", { of }),
    captionOf(designs, own, language),
    language,
  );
}

/** Designs as points, those of the plan ringed: of lists, or of whole trials. */
export function pointPlot(
  rows: readonly DesignRow[],
  title: string,
  caption: string,
  language: Language,
  imbalanceAxis?: string,
): Plot {
  const say = plotWords(language);
  const most = {
    x: niceAbove(Math.max(0.05, ...rows.map(({ predictability }) => predictability))),
    y: niceAbove(Math.max(0.5, ...rows.map(({ imbalance }) => imbalance))),
  };
  const families = (Object.keys(SIGNS) as DesignFamily[]).filter((family) => rows.some((row) => row.family === family));
  return toPlot({
    name: "trade-off",
    title,
    caption,
    columns: ["label", "design", "family", "predictability", "imbalance", "forcedShare", "isUndominated", "isOwn"],
    rows,
    figure: {
      width: WIDTH,
      height: HEIGHT,
      x: { title: say("predictabilityAxis"), from: 0, to: most.x, ticks: roundTicks(0, most.x, 6) },
      y: {
        title: imbalanceAxis ?? say("imbalanceAxis"),
        from: 0,
        to: most.y,
        ticks: roundTicks(0, most.y, 6),
        hasGrid: true,
      },
      marks: marksOf(rows, most),
      legend: families.map((family) => ({ label: familyWord(language, family), show: { sign: SIGNS[family] } })),
    },
  });
}

/** A design in the picture's data. */
export type DesignRow = ReturnType<typeof plotRow>;

function plotRow(
  design: ComparedDesign,
  isOwn: boolean,
): {
  readonly label: string;
  readonly design: string;
  readonly family: DesignFamily;
  readonly predictability: number;
  readonly imbalance: number;
  readonly forcedShare: number | "";
  readonly isUndominated: boolean;
  readonly isOwn: boolean;
} {
  const { procedure, predictability, imbalance, isUndominated, measures } = design;
  const { name, label, family } = designNames(procedure);
  const forcedShare = measures.forcedShare?.value ?? "";
  return { label, design: name, family, predictability, imbalance, forcedShare, isUndominated, isOwn };
}

function captionOf(designs: readonly ComparedDesign[], own: number, language: Language): string {
  const [first, ...others] = designs;
  const say = plotWords(language);
  const signs = designSigns(
    designs.map(({ procedure }) => procedure),
    language,
  );
  const scale = say(first?.measures.scale === "difference" ? "scaleDifference" : "scaleDeviation");
  const isExact = [first, ...others].every((design) => design?.measures.method === "exact");
  const simulated = [first, ...others].find((design) => design?.measures.method !== "exact") ?? first;
  const method = isExact || simulated === undefined ? first : simulated;
  return (
    say("designs", { scale, own: own > 0 ? say("ringed") : "", signs }) +
    (method === undefined ? "" : methodText(method.measures, language))
  );
}

/** Ends of the axes. */
interface Most {
  readonly x: number;
  readonly y: number;
}

function marksOf(rows: readonly DesignRow[], most: Most): readonly Mark[] {
  const place = ({ predictability, imbalance }: DesignRow): At => [predictability, imbalance];
  const shifts = placeLabels(
    rows.map(({ predictability, imbalance, label, isOwn }) => ({
      x: (predictability / most.x) * WIDTH,
      y: HEIGHT - (imbalance / most.y) * HEIGHT,
      text: label,
      radius: isOwn ? RING + 1 : RADIUS + 2,
    })),
    { width: WIDTH, height: HEIGHT, font: FONT_SIZE },
  );
  const front = [...rows].filter((row) => row.isUndominated).sort((a, b) => a.predictability - b.predictability);
  const joined = rows.flatMap((row, i): Mark[] => {
    const { dx, dy } = shifts[i] ?? { dx: 0, dy: 0 };
    const end = leader(row.label, dx, dy);
    if (end === undefined) return [];
    const to: At = [row.predictability + (end[0] / WIDTH) * most.x, row.imbalance - (end[1] / HEIGHT) * most.y];
    return [{ kind: "line", points: [place(row), to], stroke: "#000", width: 0.6 }];
  });
  const signs = rows.flatMap((row): Mark[] => [
    { kind: "sign", at: place(row), sign: SIGNS[row.family], radius: RADIUS, fill: row.isOwn ? "#000" : "#fff" },
    ...(row.isOwn ? [{ kind: "sign", at: place(row), sign: "circle", radius: RING, fill: "none" } as const] : []),
  ]);
  const labels = rows.map((row, i): Mark => {
    const { dx, dy } = shifts[i] ?? { dx: 0, dy: 0 };
    return { kind: "text", at: place(row), shift: [dx, dy], text: row.label, size: FONT_SIZE, isBold: row.isOwn };
  });
  return [{ kind: "line", points: front.map(place), stroke: "#999", width: 1 }, ...joined, ...signs, ...labels];
}

/** A label that stands away from its point is joined to it: shifts of the line's end, pixels. */
function leader(label: string, dx: number, dy: number): At | undefined {
  const [half, line] = [textWidth(label, FONT_SIZE) / 2, FONT_SIZE / 2];
  const endX = dx - Math.sign(dx) * Math.min(Math.abs(dx), half);
  const endY = dy - Math.sign(dy) * Math.min(Math.abs(dy), line);
  return Math.hypot(endX, endY) < 16 ? undefined : [endX, endY];
}

/** The least of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that leaves room above the value. */
function niceAbove(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((factor) => factor * unit >= 1.04 * value) ?? 12;
  return step * unit;
}
