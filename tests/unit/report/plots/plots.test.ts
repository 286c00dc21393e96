import { describe, expect, it } from "vitest";
import { assess, compareDesigns } from "../../../../src/assessment/index.js";
import {
  fillPlot,
  imbalancePlot,
  predictabilityPlot,
  textWidth,
  toPlotCsv,
  toPlotSvg,
  tradeOffDesigns,
  tradeOffPlot,
  type Plot,
} from "../../../../src/report/index.js";
import { roundAxis, roundTicks } from "../../../../src/report/plots/figure.js";
import { placeLabels } from "../../../../src/report/plots/labelPlacement.js";

const two = assess({
  trial: "X",
  part: "p",
  list: "TWO",
  arms: { a: 1, b: 1 },
  procedure: { kind: "permuted-block", sizes: [4] },
  length: 8,
});
const strata = assess({
  trial: "X",
  part: "p",
  list: "STRATA",
  arms: { a: 2, b: 1 },
  procedure: { kind: "permuted-block", sizes: [3] },
  strata: [{ factor: "site", levels: ["01", "<45 kg"] }],
  length: 6,
});
const measuresOf = (assessment: typeof two): (typeof two)["lists"][number]["measures"] => assessment.lists[0]!.measures;
const plots: readonly Plot[] = [
  imbalancePlot(measuresOf(two), two.arms, "TWO"),
  imbalancePlot(measuresOf(strata), strata.arms, "STRATA"),
  predictabilityPlot(measuresOf(two), "TWO"),
  fillPlot(strata.fill, "STRATA"),
  tradeOffPlot(tradeOffDesigns([two.procedure], { ratio: [1, 1], rows: 8 }), 1, "TWO"),
];

describe("the data of the pictures", () => {
  it("are the measures: a block of 4 at 1:1", () => {
    // After one row D is -1 or 1; after two it is -2, 0 or 2 with 1/6, 4/6, 1/6; after four it is 0.
    const { rows } = plots[0]!;
    expect(rows[0]).toEqual({
      row: 1,
      q05: -1,
      q25: -1,
      median: expect.any(Number) as number,
      q75: 1,
      q95: 1,
      meanAbsolute: 1,
    });
    expect(rows[1]).toMatchObject({ q05: -2, q25: 0, median: 0, q75: 0, q95: 2 });
    expect(rows[1]!["meanAbsolute"]).toBeCloseTo(2 / 3, 12);
    expect(rows[3]).toMatchObject({ q05: 0, q95: 0, meanAbsolute: 0 });
    expect(rows).toHaveLength(8);
  });

  it("say what is certain: the last row of each block of 4, and the third in a third of them", () => {
    const forced = plots[2]!.rows.filter((row) => String(row["measure"]).startsWith("deterministic"));
    const expected = [0, 0, 1 / 3, 1, 0, 0, 1 / 3, 1];
    expect(forced.map((row) => row["row"])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    forced.forEach((row, i) => {
      expect(row["probability"]).toBeCloseTo(expected[i]!, 12);
    });
  });

  it("hold the strata with their rows and how likely they run out: 12 participants, 6 rows each", () => {
    // P(Bin(12, 1/2) > 6) = (1 - C(12,6)/4096) / 2.
    const { rows } = plots[3]!;
    expect(rows.map((row) => row["stratum"])).toEqual(["site 01", "site <45 kg"]);
    for (const row of rows) expect(row["runOutProbability"]).toBeCloseTo((1 - 924 / 4096) / 2, 12);
  });

  it("compare the plan's design with others, without the same design twice", () => {
    const { rows } = plots[4]!;
    expect(rows.filter((row) => row["isOwn"] === true).map((row) => row["label"])).toEqual(["PB 4"]);
    const labels = rows.map((row) => row["label"]);
    expect(new Set(labels).size).toBe(labels.length);
    const [own] = compareDesigns([two.procedure], { ratio: [1, 1], rows: 8 });
    expect(rows[0]).toMatchObject({ predictability: own!.predictability, imbalance: own!.imbalance });
  });

  it("can be saved: one line for each row, quoted where needed", () => {
    const csv = toPlotCsv(plots[3]!);
    expect(csv.split("\r\n")).toHaveLength(4);
    expect(csv).toMatch(/^stratum,length,expectedParticipants,q05,q25,median,q75,q95,runOutProbability\r\n/);
    expect(toPlotCsv({ ...plots[3]!, columns: ["a"], rows: [{ a: 'x, "y"' }] })).toBe('a\r\n"x, ""y"""\r\n');
    expect(toPlotCsv({ ...plots[3]!, columns: ["a", "b"], rows: [{ a: 1 }] })).toBe("a,b\r\n1,\r\n");
  });

  it("do not put the best guess and the guess of the smaller group twice where they are the same", () => {
    const measures = new Set(plots[2]!.rows.map((row) => row["measure"]));
    expect([...measures]).toEqual(["best guess (design known)", "deterministic"]);
    expect(predictabilityPlot(measuresOf(strata), "S").rows.map((row) => row["measure"])).toContain(
      "guess of the smaller group",
    );
  });
});

/** The numbers of an SVG path, pair by pair. */
const pairsOf = (d: string): readonly (readonly [number, number])[] =>
  [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

/** Values of a figure's axes from pixels of its field. */
function valuesOf(
  { figure }: Plot,
  pixels: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const { width, height, x, y } = figure;
  return pixels.map(([right, down]) => [
    x.from + (right / width) * (x.to - x.from),
    y.from + ((height - down) / height) * (y.to - y.from),
  ]);
}

const drawnPaths = (svg: string, kind: string): readonly string[] =>
  [...svg.matchAll(new RegExp(`<path class="${kind}"[^>]*? d="([^"]*)"`, "g"))].map(([, d = ""]) => d);

function expectPairs(
  found: readonly (readonly [number, number])[],
  wanted: readonly (readonly [number, number])[],
): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach(([x, y], i) => {
    expect(x).toBeCloseTo(wanted[i]![0], 2);
    expect(y).toBeCloseTo(wanted[i]![1], 2);
  });
}

/** A column of the rows, each row as wide as it is drawn. */
const stepsOf = (plot: Plot, column: string, keep: (row: Plot["rows"][number]) => boolean = () => true) =>
  plot.rows.filter(keep).flatMap((row): (readonly [number, number])[] => {
    const [at, value] = [Number(row["row"]), Number(row[column])];
    return [
      [at - 0.5, value],
      [at + 0.5, value],
    ];
  });

describe("what is drawn is the data", () => {
  it.each([plots[0]!, plots[1]!].map((plot) => [plot.title, plot] as const))("%s: bands and lines", (_, plot) => {
    const svg = toPlotSvg(plot);
    const [wide, narrow] = drawnPaths(svg, "area").map((d) => valuesOf(plot, pairsOf(d)));
    expectPairs(wide!, [...stepsOf(plot, "q95"), ...[...stepsOf(plot, "q05")].reverse()]);
    expectPairs(narrow!, [...stepsOf(plot, "q75"), ...[...stepsOf(plot, "q25")].reverse()]);
    const lines = drawnPaths(svg, "line").map((d) => valuesOf(plot, pairsOf(d)));
    expectPairs(lines.at(-1)!, stepsOf(plot, "meanAbsolute"));
    if (lines.length > 1) expectPairs(lines[0]!, stepsOf(plot, "median"));
  });

  it("the probabilities of each guess, and the line of the ratio", () => {
    const plot = plots[2]!;
    const [byRatio, ...lines] = drawnPaths(toPlotSvg(plot), "line").map((d) => valuesOf(plot, pairsOf(d)));
    expectPairs(byRatio!, [
      [0.5, 0.5],
      [8.5, 0.5],
    ]);
    const measures = [...new Set(plot.rows.map((row) => row["measure"]))];
    expect(lines).toHaveLength(measures.length);
    lines.forEach((line, i) => {
      expectPairs(
        line,
        stepsOf(plot, "probability", (row) => row["measure"] === measures[i]),
      );
    });
  });

  it("each stratum with its quantiles, its rows and how likely its list is exhausted", () => {
    const plot = plots[3]!;
    const svg = toPlotSvg(plot);
    const lines = drawnPaths(svg, "line").map((d) => valuesOf(plot, pairsOf(d)));
    plot.rows.forEach((row, i) => {
      const [thin, thick, upright] = lines.slice(3 * i, 3 * i + 3).map((line) => line.map(([x]) => x));
      for (const [found, names] of [
        [thin, ["q05", "q95"]],
        [thick, ["q25", "q75"]],
        [upright, ["length", "length"]],
      ] as const) {
        found!.forEach((value, k) => {
          expect(value).toBeCloseTo(Number(row[names[k]!]), 2);
        });
      }
    });
    const medians = [...svg.matchAll(/class="sign" transform="translate\(([\d.]+),([\d.]+)\)/g)];
    expectPairs(
      valuesOf(
        plot,
        medians.map(([, x, y]) => [Number(x), Number(y)]),
      ),
      plot.rows.map((row, i) => [Number(row["median"]), i]),
    );
    expect(svg.match(/P\(exhausted\) = 0\.387/g)).toHaveLength(2);
  });

  it("each design at its two numbers, the plan's with a ring, and its label beside it", () => {
    const plot = plots[4]!;
    const svg = toPlotSvg(plot);
    const signs = [
      ...svg.matchAll(/<path class="sign" transform="translate\(([\d.]+),([\d.]+)\)" d="([^"]*)" fill="([^"]*)"/g),
    ];
    const own = plot.rows.filter((row) => row["isOwn"] === true).length;
    expect(signs.filter(([, , , , fill]) => fill === "none")).toHaveLength(own);
    expectPairs(
      valuesOf(
        plot,
        signs.filter(([, , , , fill]) => fill !== "none").map(([, x, y]) => [Number(x), Number(y)]),
      ),
      plot.rows.map((row) => [Number(row["predictability"]), Number(row["imbalance"])]),
    );
    const front = plot.rows.filter((row) => row["isUndominated"] === true);
    const sorted = [...front].sort((a, b) => Number(a["predictability"]) - Number(b["predictability"]));
    expectPairs(
      valuesOf(plot, pairsOf(drawnPaths(svg, "line")[0]!)),
      sorted.map((row) => [Number(row["predictability"]), Number(row["imbalance"])]),
    );
    const labels = [...svg.matchAll(/<text class="label"[^>]*>([^<]*)</g)].map(([, label]) => label);
    expect(labels).toEqual(plot.rows.map((row) => row["label"]));
  });

  it("the ticks stand at the values that they name", () => {
    for (const plot of plots) {
      for (const axis of [plot.figure.x, plot.figure.y]) {
        expect(axis.ticks.length).toBeGreaterThan(1);
        for (const { at, label } of axis.ticks) {
          const number = Number(label.replace("−", "-"));
          if (!Number.isNaN(number)) expect(number).toBeCloseTo(at, 9);
          expect(at).toBeGreaterThanOrEqual(Math.min(axis.from, axis.to) - 1e-9);
          expect(at).toBeLessThanOrEqual(Math.max(axis.from, axis.to) + 1e-9);
        }
      }
    }
  });
});

describe("the drawings", () => {
  it.each(plots.map((plot) => [plot.title, plot] as const))("%s: the same bytes each time, grey only", (_, plot) => {
    const first = toPlotSvg(plot);
    expect(toPlotSvg(structuredClone(plot))).toBe(first);
    expect(first).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(first).not.toMatch(/NaN|undefined|Infinity|<script|href="http/);
    // Every colour has equal parts of red, green and blue.
    for (const [, colour = ""] of first.matchAll(/(?:fill|stroke)="#([0-9a-f]{3,6})"/g)) {
      const parts = colour.length === 3 ? colour.match(/./g) : colour.match(/../g);
      expect(new Set(parts).size, colour).toBe(1);
    }
  });

  it.each(plots.map((plot) => [plot.title, plot] as const))(
    "%s: tells title and caption to whoever does not see it",
    (_, plot) => {
      const svg = toPlotSvg(plot);
      expect(svg).toContain('role="img"');
      const said = (name: string): string =>
        (new RegExp(`<${name}>([^<]*)</${name}>`).exec(svg)?.[1] ?? "").replaceAll("&lt;", "<");
      expect([said("title"), said("desc")]).toEqual([plot.title, plot.caption]);
    },
  );

  it("escape what a plan calls its levels", () => {
    expect(toPlotSvg(plots[3]!)).toContain("site &lt;45 kg");
  });

  it("say everything in Chinese but names of designs, and draw the same", () => {
    const pairs = [
      [imbalancePlot(measuresOf(two), ["A", "B"], "L"), imbalancePlot(measuresOf(two), ["A", "B"], "L", "zh")],
      [imbalancePlot(measuresOf(strata), ["A", "B"], "L"), imbalancePlot(measuresOf(strata), ["A", "B"], "L", "zh")],
      [predictabilityPlot(measuresOf(two), "L"), predictabilityPlot(measuresOf(two), "L", "zh")],
      [fillPlot(strata.fill, "L"), fillPlot(strata.fill, "L", "zh")],
      [
        tradeOffPlot(tradeOffDesigns([two.procedure], { ratio: [1, 1], rows: 8 }), 1, "L"),
        tradeOffPlot(tradeOffDesigns([two.procedure], { ratio: [1, 1], rows: 8 }), 1, "L", "zh"),
      ],
    ] as const;
    for (const [english, chinese] of pairs) {
      const words = (plot: Plot): readonly string[] =>
        [
          ...[plot.title, plot.caption, plot.figure.subtitle, plot.figure.x.title, plot.figure.y.title],
          ...(plot.figure.legend ?? []).map(({ label }) => label),
        ].flatMap((text) => (text === undefined ? [] : [text]));
      for (const text of words(chinese)) expect(text).toMatch(/\p{Script=Han}|^\d+ % /u);
      for (const text of words(english)) expect(text).not.toMatch(/\p{Script=Han}/u);
      const drawn = (plot: Plot): object => plot.figure.marks.map((mark) => ({ ...mark, text: "" }));
      expect(drawn(chinese)).toEqual(drawn(english));
    }
  });

  it("have axes that end at round values", () => {
    expect(roundAxis([0.3, 7.2], 6, 1)).toMatchObject({ from: 0, to: 8 });
    expect(roundAxis([-2, 2], 6, 1)).toMatchObject({ from: -2, to: 2 });
    expect(roundAxis([0], 6, 1)).toMatchObject({ from: 0, to: 1 });
    expect(roundTicks(0, 0.25, 5).map(({ label }) => label)).toEqual(["0.00", "0.05", "0.10", "0.15", "0.20", "0.25"]);
    expect(roundTicks(-2, 2, 4).map(({ label }) => label)).toEqual(["−2", "−1", "0", "1", "2"]);
  });
});

describe("labels", () => {
  const size = { width: 400, height: 300, font: 11 };
  const boxes = (points: Parameters<typeof placeLabels>[0]): readonly (readonly number[])[] =>
    placeLabels(points, size).map(({ dx, dy }, i) => {
      const { x, y, text } = points[i]!;
      const half = textWidth(text, 11) / 2;
      return [x + dx - half, x + dx + half, y + dy - 5.5, y + dy + 5.5];
    });
  const overlap = (
    [a = 0, b = 0, c = 0, d = 0]: readonly number[],
    [e = 0, f = 0, g = 0, i = 0]: readonly number[],
  ): boolean => Math.min(b, f) > Math.max(a, e) && Math.min(d, i) > Math.max(c, g);

  it("go to the right of a point that stands alone, and to the left at the right edge", () => {
    const [inside, edge] = placeLabels(
      [
        { x: 100, y: 100, text: "one", radius: 5 },
        { x: 395, y: 200, text: "two", radius: 5 },
      ],
      size,
    );
    expect(inside!.dx).toBeGreaterThan(0);
    expect(inside!.dy).toBe(0);
    expect(edge!.dx).toBeLessThan(0);
  });

  it("do not cover each other among four points close together", () => {
    const points = [0, 12, 24, 36].map((step) => ({ x: 200 + step, y: 150 + step / 4, text: "label", radius: 5 }));
    const all = boxes(points);
    for (const [i, a] of all.entries()) for (const b of all.slice(i + 1)) expect(overlap(a, b)).toBe(false);
  });

  it("are as wide as in Helvetica: 667 + 667 thousandths for AV", () => {
    expect(textWidth("AV", 1000)).toBe(1334);
    expect(textWidth("~", 1000)).toBe(584);
    expect(textWidth("剂", 12)).toBe(12);
  });
});
