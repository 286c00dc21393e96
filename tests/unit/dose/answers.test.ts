import { describe, expect, it } from "vitest";
import { prepare, resolveTrialDose, type PreparationInput } from "../../../src/dose/index.js";
import { AllocellError } from "../../../src/foundation/index.js";
import { sle } from "../../../src/trials/index.js";

const ANSWERS = {
  "dose.countBasis": "viable-cells",
  "dose.weightDescriptor": "actual",
  "dose.cap": "none",
  "dose.administrations": "1",
  "product.minViability": "80 %",
  "product.recovery": "0.85",
  "product.stability": "4 h after thawing",
  "product.concentration": "10E6 viable cells/mL",
  "product.vialContent": "20E6 viable cells in 2 mL",
  "product.extractableVolume": "1.9 mL",
  "infusion.finalVolume": "0.1 L",
  "infusion.rate": "150 mL/h",
};
const LOT = {
  lot: "L1",
  expiresOn: "2027-06-30",
  isReleased: true,
  containers: 12,
  testedViability: { fraction: "0.93", method: "trypan blue" },
};

function order(change: object = {}, answers: Readonly<Record<string, string>> = {}): PreparationInput {
  const trial = resolveTrialDose({ trial: sle, arm: "low", assumptions: { ...ANSWERS, ...answers } });
  return {
    preparedOn: "2026-03-19",
    weight: { descriptor: "actual", weightKg: "72.4", weighedOn: "2026-03-19", weighedBy: "nurse" },
    dose: { from: "trial", trial },
    product: { name: "MSC", mayMixLots: false, source: "product file" },
    lots: [LOT],
    draw: { graduationMl: "0.1", overfillPercent: "5" },
    infusion: {},
    clock: { thawedAt: "2026-03-19T09:00", startAt: "2026-03-19T09:45", lineFlushMinutes: 5 },
    ...change,
  };
}

/** "code path" of every fault. */
function faults(change: object, answers: Readonly<Record<string, string>> = {}): readonly string[] {
  try {
    prepare(order(change, answers));
    return [];
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.issues.map(({ code, path }) => `${code} ${path}`);
  }
}

describe("an order of a trial's arm", { tags: ["DOSE-003"] }, () => {
  it("takes the answers of the trial, and stands with them in the record", () => {
    const { order: read, delivered, infusion, stability } = prepare(order());
    expect(read.lots?.[0]).toMatchObject({
      content: "20000000",
      counted: "viable-cells",
      recovery: "0.85",
      fillMl: "2",
      extractableMl: "1.9",
    });
    expect(read.product?.minimumViability).toBe("0.8");
    expect([delivered.drawMl, infusion.finalVolumeMl, infusion.minutes]).toEqual(["8.5", "100", "40"]);
    expect(stability?.expiresAt).toBe("2026-03-19T13:00");
  });

  it("gives the same, whichever of the answers it repeats and however they are written", () => {
    const lot = {
      ...LOT,
      content: "2x10^7",
      counted: "viable-cells",
      recovery: "0.850",
      fillMl: "2.0",
      extractableMl: "1.90",
    };
    const repeated = prepare(
      order({
        lots: [lot],
        infusion: { finalVolumeMl: "100.0", minutes: "40" },
        product: { ...order().product, minimumViability: "0.80" },
      }),
    );
    expect(repeated.delivered).toEqual(prepare(order()).delivered);
    expect(repeated.infusion.minutes).toBe("40");
  });

  it.each<[string, object, Record<string, string>, readonly string[]]>([
    [
      "another volume",
      { infusion: { finalVolumeMl: "250" } },
      { "infusion.finalVolume": "100 ml" },
      ["infusion.finalVolumeMl"],
    ],
    ["another rate", { infusion: { rateMlPerMin: "2" } }, {}, ["infusion.rateMlPerMin"]],
    ["minutes that are not the rate", { infusion: { minutes: "41" } }, {}, ["infusion.minutes"]],
    [
      "a rate that is not the time",
      { infusion: { rateMlPerMin: "2" } },
      { "infusion.rate": "40 min" },
      ["infusion.rateMlPerMin"],
    ],
    [
      "another viability",
      { product: { name: "MSC", mayMixLots: false, source: "x", minimumViability: "0.7" } },
      {},
      ["product.minimumViability"],
    ],
    ["a longer stability", { clock: { ...order().clock, stabilityMinutes: 241 } }, {}, ["clock.stabilityMinutes"]],
    ["another recovery", { lots: [{ ...LOT, recovery: "0.9" }] }, {}, ["lots.0.recovery"]],
    [
      "another kind",
      { lots: [{ ...LOT, counted: "total-nucleated-cells", viability: "0.9" }] },
      {},
      ["lots.0.counted"],
    ],
    ["another label", { lots: [{ ...LOT, labelPerMl: "9E6" }] }, {}, ["lots.0.labelPerMl"]],
    [
      "a content that is not the concentration",
      {},
      { "product.concentration": "1E6 viable cells/mL" },
      ["lots.0.content"],
    ],
    [
      "several at once",
      { infusion: { finalVolumeMl: "99" }, lots: [{ ...LOT, fillMl: "3", extractableMl: "2" }] },
      {},
      ["infusion.finalVolumeMl", "lots.0.fillMl", "lots.0.extractableMl"],
    ],
  ])("is refused with %s", (_, change, answers, paths) => {
    expect(faults(change, answers)).toEqual(paths.map((path) => `dose.assumption_conflict ${path}`));
  });

  it("may say less of the stability, and goes by no recovery where it was measured", () => {
    expect(faults({ clock: { ...order().clock, stabilityMinutes: 239 } })).toEqual([]);
    expect(faults({ lots: [{ ...LOT, recovery: "1", measuredPerMl: "10E6" }] })).toEqual([]);
  });

  it('states by lot what is answered "by lot": several lots may differ', () => {
    const byLot = {
      "product.recovery": "by lot",
      "product.vialContent": "by lot",
      "product.extractableVolume": "by lot",
      "product.concentration": "by lot",
    };
    const missing = ["content", "counted", "fillMl", "extractableMl", "recovery", "labelPerMl"];
    expect(faults({}, byLot)).toEqual(missing.map((field) => `dose.preparation_invalid lots.0.${field}`));
    const one = {
      ...LOT,
      content: "20E6",
      counted: "viable-cells",
      fillMl: "2",
      extractableMl: "1.9",
      recovery: "0.85",
      labelPerMl: "1E7",
    };
    const two = { ...one, lot: "L2", content: "30E6", recovery: "0.9", labelPerMl: "1.5E7" };
    expect(faults({ lots: [one, two] }, byLot)).toEqual([]);
  });

  it("says what is missing where no trial answers", () => {
    const rule = { kind: "flat", amount: "60E6", unitKind: "viable-cells" } as const;
    const dose = { from: "protocol", rule, levels: [rule], source: "protocol" } as const;
    const missing = [
      "lots.0.content",
      "lots.0.counted",
      "lots.0.fillMl",
      "lots.0.extractableMl",
      "lots.0.recovery",
      "clock.stabilityMinutes",
    ];
    expect(faults({ dose })).toEqual(missing.map((path) => `dose.preparation_invalid ${path}`));
  });
});
