import { describe, expect, it } from "vitest";
import { assess, compareDesigns } from "../../../../src/assessment/index.js";
import { renderPlot } from "../../../../src/cli/renderPlot.js";
import {
  fillPlot,
  imbalancePlot,
  predictabilityPlot,
  textWidth,
  toPlotCsv,
  tradeOffDesigns,
  tradeOffPlot,
  type Plot,
} from "../../../../src/report/index.js";
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
    const forced = plots[2]!.rows.filter((row) => String(row["measure"]).startsWith("certain"));
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

  it("stand in the specification, which needs no other file", () => {
    for (const { spec, rows } of plots) {
      expect((spec["data"] as { values: unknown }).values).toBe(rows);
      expect(JSON.stringify(spec)).not.toMatch(/"url"/);
      expect(Object.isFrozen(spec)).toBe(true);
    }
  });

  it("do not put the best guess and the guess of the smaller group twice where they are the same", () => {
    const measures = new Set(plots[2]!.rows.map((row) => row["measure"]));
    expect([...measures]).toEqual(["best guess (design known)", "certain (forced)"]);
    expect(predictabilityPlot(measuresOf(strata), "S").rows.map((row) => row["measure"])).toContain(
      "guess of the smaller group",
    );
  });
});

describe("the drawings", () => {
  it.each(plots.map((plot) => [plot.title, plot] as const))(
    "%s: the same bytes each time, grey only",
    async (_, plot) => {
      const first = await renderPlot(plot);
      expect(await renderPlot(plot)).toBe(first);
      expect(first).toMatch(/^<svg [^]*<\/svg>\n$/);
      expect(first).not.toMatch(/NaN|undefined|Infinity|<script|href="http/);
      // Every colour has equal parts of red, green and blue.
      for (const [, colour = ""] of first.matchAll(/(?:fill|stroke)="#([0-9a-f]{3,6})"/g)) {
        const parts = colour.length === 3 ? colour.match(/./g) : colour.match(/../g);
        expect(new Set(parts).size, colour).toBe(1);
      }
    },
  );

  it("escape what a plan calls its levels", async () => {
    const svg = await renderPlot(plots[3]!);
    expect(svg).toContain("site &lt;45 kg");
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
