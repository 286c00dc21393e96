import { describe, expect, it } from "vitest";
import type { LotOrder, Preparation, PreparationOrder } from "../../../src/dose/index.js";
import { prepare } from "../../../src/dose/index.js";
import { toWorksheetHtml, type Language } from "../../../src/report/index.js";
import { numberText } from "../../../src/report/worksheet/shownValues.js";
import { issueOf } from "../../support/issueOf.js";
import { plainText } from "./exampleOrders.js";

const lot = (fields: Partial<LotOrder>): LotOrder => ({
  lot: "L1",
  expiresOn: "2027-01-31",
  isReleased: true,
  containers: 9,
  content: "10E6",
  counted: "viable-cells",
  recovery: "1",
  fillMl: "2",
  extractableMl: "2",
  ...fields,
});

/** 15 million viable cells for 60 kg; changed at will. */
const order = (fields: Partial<PreparationOrder>): PreparationOrder => ({
  identification: { subject: "S-01", kit: "K-07", visit: "Visit 2" },
  preparedOn: "2026-02-27",
  weight: { descriptor: "actual", weightKg: "60", weighedOn: "2026-02-26", weighedBy: "nurse A" },
  dose: {
    from: "protocol",
    rule: { kind: "flat", amount: "15E6", unitKind: "viable-cells" },
    levels: [{ kind: "flat", amount: "15E6", unitKind: "viable-cells" }],
    source: "protocol 5.1",
  },
  product: { name: "MSC", mayMixLots: true, source: "product file" },
  lots: [lot({})],
  draw: { graduationMl: "0.1", overfillPercent: "0" },
  infusion: { finalVolumeMl: "100", rateMlPerMin: "2" },
  ...fields,
});
const protocolDose = (fields: object): PreparationOrder["dose"] => ({ ...order({}).dose, ...fields });

const sheet = (preparation: Preparation, language: Language = "en"): string =>
  toWorksheetHtml(preparation, { route: "intravenous", storage: "cold" }, language);

/** The cells of the table of lots, row by row. */
function lotRows(html: string): readonly (readonly string[])[] {
  const table = /<table class="lots">.*?<\/table>/s.exec(html)?.[0] ?? "";
  const rows = [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].slice(1);
  return rows.map(([, row = ""]) =>
    [...row.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = ""]) => plainText(cell).trim()),
  );
}

/** The value under the name of a field. */
const valueOf = (html: string, name: string): string =>
  plainText(new RegExp(`<span class="name">${name}</span><b>(.*?)</b>`).exec(html)?.[1] ?? "");

describe("the lots on a worksheet", { tags: ["PAPER-001"] }, () => {
  const large = lot({
    content: "10E6",
    fillMl: "2",
    extractableMl: "2",
    recovery: "0.85",
    containers: 1,
    testedViability: { fraction: "0.85", method: "AO/PI" },
  });
  const small = lot({
    content: "5E6",
    fillMl: "1",
    extractableMl: "1",
    recovery: "0.8",
    testedViability: { fraction: "0.9", method: "trypan" },
  });

  it.each([
    ["the larger first", [large, small]],
    ["the smaller first", [small, large]],
  ])("show each size of a lot with the label of that size, listed %s", (_, lots) => {
    const preparation = prepare(order({ lots }));
    expect(preparation.containers.map(({ lot: name }) => name)).toEqual(["L1", "L1"]);
    const cells = lotRows(sheet(preparation)).map((row) => row.slice(3, 6));
    expect(cells).toEqual([
      ["10,000,000 viable cells, 2 mL", "0.85", "0.85, AO/PI"],
      ["5,000,000 viable cells, 1 mL", "0.8", "0.9, trypan"],
    ]);
  });

  it("round a concentration that does not end as the steps do, and mark it", () => {
    const preparation = prepare(order({ lots: [lot({ content: "20E6", fillMl: "3", extractableMl: "3" })] }));
    expect(preparation.containers[0]?.concentrationPerMl).toMatch(/^6666666\.6{5,}7$/);
    const html = sheet(preparation);
    expect(lotRows(html)[0]?.[6]).toBe("about 6,666,666.6667 viable cells/mL, from label");
    expect(plainText(html)).not.toContain("6,666,666.6666");
    expect(lotRows(sheet(preparation, "zh"))[0]?.[6]).toBe("约 6,666,666.6667 个活细胞/mL，按标示值");
  });
});

describe("a lot that the order does not hold", { tags: ["PAPER-001"] }, () => {
  it.each([7, undefined])("is refused and not left blank (entry %s)", (entry) => {
    const preparation = prepare(order({}));
    const containers = preparation.containers.map((used) => ({ ...used, entry: entry as number }));
    const { code, path } = issueOf(() => sheet({ ...preparation, containers }));
    expect([code, path]).toEqual(["report.lot_missing", "containers.0.entry"]);
  });
});

describe("numbers on a worksheet", { tags: ["PAPER-001"] }, () => {
  it.each([
    ["72.4", "72.4"],
    ["1234567.123456", "1,234,567.123456"],
    ["6666666.66666666666", "about 6,666,666.6667"],
    ["0.99999999", "about 1"],
    ["2.00005000", "about 2.0001"],
    ["-0.20718232", "about -0.2072"],
  ])("show %s as %s", (decimal, shown) => {
    expect(numberText("en", decimal)).toBe(shown);
    expect(numberText("zh", decimal)).toBe(shown.replace("about", "约"));
  });

  it("are those of the steps, to the letter", () => {
    const weight = { descriptor: "ideal" as const, weightKg: "60", weighedOn: "2026-02-26", weighedBy: "nurse A" };
    const participant = { ageYears: "40", sex: "female" as const, heightCm: "171.3" };
    const preparation = prepare(order({ weight, participant }));
    const [step] = preparation.steps;
    expect(step?.worked).toContain(numberText("en", preparation.weight?.dosingKg ?? ""));
    expect(valueOf(sheet(preparation), "Dosing weight")).toBe(
      `${numberText("en", preparation.weight?.dosingKg ?? "")} kg, ideal`,
    );
  });

  it("say of millions, too, that they are rounded", () => {
    const perKg = { kind: "per-kg" as const, amount: "1234567.125", unitKind: "viable-cells" as const };
    const lots = [lot({ containers: 20 })];
    const preparation = prepare(order({ dose: protocolDose({ rule: perKg, levels: [perKg] }), lots }));
    expect(valueOf(sheet(preparation), "Target")).toBe("74,074,027.5 viable cells (about 74.074 million)");
    expect(valueOf(sheet(preparation, "zh"), "目标剂量")).toBe("74,074,027.5 个活细胞（7407.40275 万）");
  });
});

describe("what is allowed at a weight", { tags: ["PAPER-001"] }, () => {
  const ranged = (weightKg: string, fields: object, amount = "2E6"): Preparation => {
    const perKg = { kind: "per-kg" as const, amount, unitKind: "viable-cells" as const };
    return prepare(
      order({
        weight: { descriptor: "actual", weightKg, weighedOn: "2026-02-26", weighedBy: "nurse A" },
        dose: protocolDose({ rule: perKg, levels: [perKg], ...fields }),
        lots: [lot({ containers: 60 })],
      }),
    );
  };
  const perKg = (amount: string): object => ({ kind: "per-kg", amount });
  const ALLOWED = "Allowed at this weight";

  it("has commas, the unit, and words for millions", () => {
    const preparation = ranged("60", { range: { minimum: perKg("1E6"), maximum: perKg("3E6") } });
    expect(valueOf(sheet(preparation), ALLOWED)).toBe(
      "60,000,000 to 180,000,000 viable cells (60 million to 180 million)",
    );
    expect(valueOf(sheet(preparation, "zh"), "该体重允许的剂量范围")).toBe(
      "60,000,000 至 180,000,000 个活细胞（6000 万 至 1.8 亿）",
    );
  });

  it("is never above the cap, which stands beside it", () => {
    const cap = { amount: "200E6", unitKind: "viable-cells" };
    const preparation = ranged("110", { cap, range: { minimum: perKg("1E6"), maximum: perKg("2E6") } });
    const html = sheet(preparation);
    expect(preparation.target.range?.maximum).toBe("220000000");
    expect(valueOf(html, ALLOWED)).toBe(
      "110,000,000 to 200,000,000 viable cells (110 million to 200 million), up to the cap",
    );
    expect(valueOf(html, "Cap of one administration")).toBe("200,000,000 viable cells (200 million)");
    expect(plainText(html).match(/220,000,000|220000000/g)).not.toBeNull(); // in the step that says what the range is
    expect(html).toMatch(/Cap of one administration<\/span>.{0,200}Allowed at this weight/s);
  });

  it("ends at the cap where the range itself has no end", () => {
    const cap = { amount: "200E6", unitKind: "viable-cells" };
    const preparation = ranged("60", { cap, range: { minimum: perKg("1E6") } });
    expect(valueOf(sheet(preparation), ALLOWED)).toBe(
      "60,000,000 to 200,000,000 viable cells (60 million to 200 million), up to the cap",
    );
  });

  it("says which end is open, and rounds what does not end", () => {
    const weightKg = "0.7";
    const open = ranged(weightKg, { range: { maximum: perKg("3333333.33333333") } });
    expect(valueOf(sheet(open), ALLOWED)).toBe("at most about 2,333,333.3333 viable cells (about 2.3333 million)");
    expect(valueOf(sheet(ranged("60", { range: { minimum: perKg("1E6") } })), ALLOWED)).toBe(
      "at least 60,000,000 viable cells (60 million)",
    );
    expect(valueOf(sheet(ranged("60", {})), ALLOWED)).toBe("none stated");
  });
});
