import { describe, expect, it } from "vitest";
import {
  prepare,
  prepareWithoutSteps,
  parsePreparationOrder,
  recordAdministration,
  type LotOrder,
  type PreparationOrder,
} from "../../../src/dose/index.js";
import { parseDecimalOrZero } from "../../../src/quantity/index.js";
import { AllocellError } from "../../../src/index.js";
import { flat, lot, order, perKg, weighed } from "./preparationOrders.js";

const draw = (more: Partial<NonNullable<PreparationOrder["draw"]>> = {}) => ({
  draw: { graduationMl: "0.1", overfillPercent: "0", ...more },
});

/** The vials of the four trials' examples. */
const VIALS: Readonly<Record<string, Partial<LotOrder>>> = {
  sle: { content: "20E6", fillMl: "2", extractableMl: "1.9", recovery: "0.85" },
  t1d: { content: "10E6", fillMl: "2", extractableMl: "1.9", recovery: "0.9" },
  t2d: { content: "50E6", fillMl: "5", extractableMl: "4.8", recovery: "0.8" },
  ryoncil: { content: "25E6", fillMl: "3.8", extractableMl: "3.8", recovery: "1" },
};

describe("the number of containers", { tags: ["PREP-001"] }, () => {
  it.each(Object.entries(VIALS))("of %s is enough and one fewer is not, at every weight and dose", (_, vial) => {
    for (const amount of ["1000000", "3000000", "5000000"]) {
      for (let tenths = 300; tenths <= 1200; tenths += 3) {
        const read = parsePreparationOrder(
          order({
            weight: weighed(`${tenths / 10}`),
            dose: perKg(amount),
            lots: [lot({ ...vial, containers: 200 })],
            infusion: { finalVolumeMl: "300" },
          }),
        );
        const [used] = prepareWithoutSteps(read).containers;
        const target = (Number(amount) * tenths) / 10;
        const { containers = 0, drawMl = "0" } = used ?? {};
        const usable = Number(vial.content) * Number(vial.recovery);
        const holds = (n: number): boolean =>
          n * usable >= target - 1e-3 && Number(drawMl) <= n * Number(vial.extractableMl) + 1e-9;
        expect([tenths, amount, holds(containers), holds(containers - 1)]).toEqual([tenths, amount, true, false]);
      }
    }
  });

  it("is worked by the volume where that asks for more", () => {
    const made = prepare(order({ ...draw(), lots: [lot({ extractableMl: "1.5" })], dose: flat("60000000") }));
    const step = made.steps.find(({ id }) => id === "containers");
    expect(made.containers[0]).toMatchObject({ containers: 8, draws: [{ containers: 8, drawMl: "1.5" }] });
    expect(step).toMatchObject({ exact: "8", worked: "ceiling(12 / 1.5) = 8 containers" });
  });

  it("goes on to the next lot where the first holds the dose and does not give it", () => {
    const made = prepare(
      order({
        ...draw(),
        dose: flat("20000000"),
        product: { name: "MSC", mayMixLots: true, source: "product file" },
        lots: [lot({ containers: 2, extractableMl: "1.8" }), lot({ lot: "L2", expiresOn: "2027-02-01" })],
      }),
    );
    expect(made.containers.map(({ lot: name, containers, draws }) => [name, containers, draws])).toEqual([
      ["L1", 2, [{ containers: 2, drawMl: "1.8" }]],
      ["L2", 1, [{ containers: 1, drawMl: "0.4" }]],
    ]);
  });

  it("is refused only where none would do, and says what is missing", () => {
    const short = order({ ...draw(), dose: flat("20000000"), lots: [lot({ containers: 2, extractableMl: "1.8" })] });
    expect(() => prepare(short)).toThrow(/one container more is needed/u);
  });
});

describe("zero", { tags: ["PREP-001"] }, () => {
  const ZEROS = ["0", "0.0", " 0 ", "0E6", "0e6", "0x10^6", "0 × 10⁶", "0.000", 0 as unknown as string];
  const dayTotals = { otherDmsoG: "0", otherEndotoxinEu: "0" };
  const plain = {
    ...draw({ deadVolumeMl: "0" }),
    ...{ participant: { ageYears: "0" }, weight: weighed("4"), dose: flat("20000000"), dayTotals },
  };
  const givenBy = (infusedMl: string, preparedAtInfusion: string) =>
    recordAdministration({
      ...{ number: 1, unitKind: "viable-cells", planned: "60000000", preparedMl: "100", weightKg: "60" },
      ...{ administeredOn: "2026-03-01", administeredBy: "nurse A", infusedMl, preparedAtInfusion, reason: "stopped" },
      deviation: { minorPercent: "10", majorPercent: "20", comparison: ">" },
    }).actual;

  it.each(ZEROS)("is read as %j wherever a field takes it", (zero) => {
    const written = {
      ...plain,
      ...draw({ overfillPercent: zero, deadVolumeMl: zero }),
      ...{ participant: { ageYears: zero }, dayTotals: { otherDmsoG: zero, otherEndotoxinEu: zero } },
    };
    expect(prepare(order(written))).toEqual(prepare(order(plain)));
    expect(givenBy(zero, "60000000")).toEqual(givenBy("0", "60000000"));
    expect(givenBy("100", zero)).toEqual(givenBy("100", "0"));
  });

  it("is not taken where a field takes none, and a minus is no zero", () => {
    expect(() => prepare(order(draw({ graduationMl: "0.0" })))).toThrow(/above zero/u);
    expect(() => parseDecimalOrZero("-0", "x")).toThrow(/minus/u);
    expect(() => parseDecimalOrZero("0.", "x")).toThrow(/digit on both sides/u);
  });
});

describe("the draw from each container", { tags: ["PREP-001"] }, () => {
  const drawsOf = (amount: string, more: Partial<LotOrder> = {}, graduationMl = "0.1") =>
    prepare(order({ ...draw({ graduationMl }), dose: flat(amount), lots: [lot(more)] })).containers[0]?.draws;

  it.each([
    [
      "24500000",
      { extractableMl: "1.9" },
      [
        { containers: 2, drawMl: "1.9" },
        { containers: 1, drawMl: "1.1" },
      ],
    ],
    ["10000000", {}, [{ containers: 1, drawMl: "2" }]],
    ["4000000", {}, [{ containers: 1, drawMl: "0.8" }]],
    // Whole graduations of 1.95 mL are 1.9 mL: twelve of them give 22.8 and not 23.4.
    ["117000000", { extractableMl: "1.95" }, [{ containers: 12, drawMl: "1.95" }]],
  ] as const)("of %s cells", (amount, more, draws) => {
    expect(drawsOf(amount, more)).toEqual(draws);
  });
});

describe("a limit that rounding would cross", { tags: ["PREP-001"] }, () => {
  const of = (more: object, how: Partial<NonNullable<PreparationOrder["draw"]>>) =>
    prepare(order({ ...draw(how), dose: { ...flat("60100000"), ...more } }));
  const bound = (amount: string) => ({ kind: "flat" as const, amount });

  it("at a minimum is one graduation more where the order says so, and offered where it does not", () => {
    // 60.1E6 at 5E6/mL are 12.02 mL, rounded to 12.0 mL: 60E6.
    const atMinimum = { hard: { minimum: bound("60100000") } };
    const made = of(atMinimum, { whenBelow: "one-graduation-more" });
    expect(made.delivered).toMatchObject({ drawMl: "12.1", isOneGraduationMore: true, isOneGraduationLess: false });
    try {
      of(atMinimum, {});
      throw new Error("not refused");
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      expect(error.issues[0]).toMatchObject({ code: "dose.delivered_below_limit", path: "draw.graduationMl" });
      expect(error.message).toContain("one-graduation-more");
    }
  });

  it("never goes above a maximum for the sake of a minimum", () => {
    const between = { hard: { minimum: bound("60100000"), maximum: bound("60200000") } };
    expect(() => of(between, { whenBelow: "one-graduation-more" })).toThrow(/above the cap or maximum/u);
  });

  it("offers one graduation less at a maximum", () => {
    const rule = { kind: "flat" as const, amount: "60400000", unitKind: "viable-cells" as const };
    const dose = { ...flat("60400000"), rule, levels: [rule], hard: { maximum: bound("60400000") } };
    expect(() => prepare(order({ ...draw(), dose }))).toThrow(/one-graduation-less/u);
    expect(prepare(order({ ...draw({ whenAbove: "one-graduation-less" }), dose })).delivered.drawMl).toBe("12");
  });
});
