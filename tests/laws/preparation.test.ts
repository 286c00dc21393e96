import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moveToWorkingDay, weekday } from "../../src/calendar/index.js";
import { findSharedVolume, prepare, type Preparation, type PreparationOrder } from "../../src/dose/index.js";
import { AllocellError } from "../../src/foundation/index.js";
import { compare, decimalText, halfUp, over, readFraction, times } from "../../src/quantity/index.js";
import {
  compareDecimal,
  divideDecimal,
  multiplyDecimal,
  roundHalfUp,
  subtractDecimal,
} from "../support/decimalMath.js";
import { lot, order, perKg, weighed } from "../unit/dose/preparationOrders.js";

const unitKind = "viable-cells" as const;
const tenths = (n: number): string => (n % 10 === 0 ? String(n / 10) : `${Math.trunc(n / 10)}.${n % 10}`);
const hundredthsOf = (n: number): string => decimalText(over(readFraction(String(n)), readFraction("100")));

const kg = fc.integer({ min: 80, max: 1400 }).map(tenths);
const dose = fc.constantFrom("500000", "1000000", "2000000", "3000000", "5000000");
const recovery = fc.integer({ min: 50, max: 100 }).map(hundredthsOf);
const content = fc.constantFrom("5000000", "10000000", "25000000", "50000000", "72000000");
const fill = fc.integer({ min: 10, max: 200 }).map(tenths);
const graduation = fc.constantFrom("0.01", "0.05", "0.1", "0.2", "0.5");
const overfill = fc.constantFrom("0", "5", "10", "20", "30");

const orders: fc.Arbitrary<PreparationOrder> = fc
  .record({ kg, dose, recovery, content, fill, graduation, overfill })
  .map((given) =>
    order({
      weight: weighed(given.kg),
      dose: perKg(given.dose),
      lots: [
        lot({
          containers: 500,
          content: given.content,
          recovery: given.recovery,
          fillMl: given.fill,
          extractableMl: given.fill,
        }),
      ],
      draw: { graduationMl: given.graduation, overfillPercent: given.overfill },
      infusion: {},
    }),
  );

/** The preparation, or the code of the hard error. */
function attempt(given: PreparationOrder): Preparation | string {
  try {
    return prepare(given);
  } catch (error) {
    if (AllocellError.is(error)) return error.code;
    throw error;
  }
}
const abs = (text: string): string => text.replace(/^-/u, "");

describe("laws of a preparation", { tags: ["DOSE-001", "DOSE-005", "PREP-001"] }, () => {
  it("delivers within half a graduation of the target", () => {
    let done = 0;
    fc.assert(
      fc.property(orders, (given) => {
        const result = attempt(given);
        if (typeof result === "string") return ["dose.draw_above_available", "dose.draw_zero"].includes(result);
        done += 1;
        const { concentrationPerMl } = result.containers[0]!;
        const half = over(
          times(readFraction(given.draw!.graduationMl), readFraction(concentrationPerMl)),
          readFraction("2"),
        );
        const difference = abs(subtractDecimal(result.delivered.exactDrawMl.slice(0, 30), result.delivered.drawMl));
        expect(compareDecimal(difference, divideDecimal(given.draw!.graduationMl, "2"))).toBeLessThanOrEqual(0);
        const cells = abs(subtractDecimal(result.delivered.amount.amount.slice(0, 30), result.target.amount.amount));
        expect(compare(readFraction(cells), times(half, readFraction("1.000000000001")))).toBeLessThanOrEqual(0);
        return true;
      }),
      { numRuns: 2000 },
    );
    expect(done).toBeGreaterThan(1000);
  });

  it("thaws enough containers, and one fewer would not do", () => {
    fc.assert(
      fc.property(orders, (given) => {
        const result = attempt(given);
        if (typeof result === "string") return;
        const { containers, usablePerContainer } = result.containers[0]!;
        const needed = multiplyDecimal(
          result.target.amount.amount,
          divideDecimal(String(100 + Number(given.draw!.overfillPercent)), "100"),
        );
        expect(compareDecimal(multiplyDecimal(usablePerContainer, String(containers)), needed)).toBeGreaterThanOrEqual(
          0,
        );
        expect(compareDecimal(multiplyDecimal(usablePerContainer, String(containers - 1)), needed)).toBeLessThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it("never delivers above cap or hard maximum, whatever is ordered above them", () => {
    let stopped = 0;
    let less = 0;
    const whenAbove = fc.constantFrom("refuse" as const, "one-graduation-less" as const);
    const capAmount = fc.integer({ min: 10_000_000, max: 400_000_000 }).map(String);
    fc.assert(
      fc.property(orders, capAmount, whenAbove, (given, amount, above) => {
        const maximum = { kind: "flat", amount } as const;
        const result = attempt({
          ...given,
          dose: { ...given.dose, cap: { amount, unitKind }, hard: { maximum } } as never,
          draw: { ...given.draw!, whenAbove: above },
        });
        if (typeof result === "string") {
          if (result === "dose.delivered_above_limit") stopped += 1;
          return;
        }
        if (result.delivered.isOneGraduationLess) less += 1;
        expect(compareDecimal(result.delivered.amount.amount, amount)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(stopped, less)).toBeGreaterThan(50);
  });

  it("never delivers below a minimum with whenBelow, and stops without it or at a maximum", () => {
    let more = 0;
    let stopped = 0;
    const least = fc.constantFrom("0", "1", "1000", "50000");
    const how = fc.constantFrom("refuse" as const, "one-graduation-more" as const);
    fc.assert(
      fc.property(orders, least, how, fc.boolean(), (given, below, whenBelow, isRange) => {
        const hasMaximum = isRange;
        const free = attempt(given);
        if (typeof free === "string") return;
        const { amount: target } = free.target.amount;
        const ends = {
          minimum: { kind: "flat", amount: subtractDecimal(target, below) } as const,
          // Half a per cent above the target: one graduation more may be too much.
          ...(hasMaximum ? { maximum: { kind: "flat", amount: multiplyDecimal(target, "1.005") } as const } : {}),
        };
        const dosed = { ...given.dose, ...(isRange ? { range: ends } : { hard: ends }) } as PreparationOrder["dose"];
        const result = attempt({ ...given, dose: dosed, draw: { ...given.draw!, whenBelow } });
        if (typeof result === "string") {
          expect(["dose.delivered_below_limit", "dose.delivered_above_limit"]).toContain(result);
          if (!hasMaximum) expect(whenBelow).toBe("refuse");
          stopped += 1;
          return;
        }
        if (result.delivered.isOneGraduationMore) more += 1;
        const { amount } = result.delivered.amount;
        expect(compareDecimal(amount, ends.minimum.amount)).toBeGreaterThanOrEqual(0);
        if (hasMaximum) expect(compareDecimal(amount, ends.maximum!.amount)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
    expect(Math.min(stopped, more)).toBeGreaterThan(20);
  });

  it("thaws the least number that holds the dose and gives the draw, where less than the fill can be drawn", () => {
    let byVolume = 0;
    fc.assert(
      fc.property(orders, fc.integer({ min: 60, max: 100 }), (given, share) => {
        const [first] = given.lots!;
        const extractableMl = multiplyDecimal(first!.fillMl, divideDecimal(String(share), "100"));
        // A further zero, so that 1.106 is no power of ten that lost its superscript.
        const written = extractableMl.includes(".") ? `${extractableMl}0` : extractableMl;
        const result = attempt({ ...given, lots: [{ ...first!, extractableMl: written }] });
        if (typeof result === "string") {
          // No refusal for want of a container: 500 are at hand.
          expect(["dose.draw_zero", "dose.containers_short"]).toContain(result);
          return;
        }
        const { containers, usablePerContainer, drawMl } = result.containers[0]!;
        const factor = divideDecimal(String(100 + Number(given.draw!.overfillPercent)), "100");
        const needed = multiplyDecimal(result.target.amount.amount, factor);
        const holds = (n: number): boolean =>
          compareDecimal(multiplyDecimal(usablePerContainer, String(n)), needed) >= 0;
        const gives = (n: number): boolean => compareDecimal(multiplyDecimal(extractableMl, String(n)), drawMl) >= 0;
        expect(holds(containers) && gives(containers)).toBe(true);
        expect(holds(containers - 1) && gives(containers - 1)).toBe(false);
        if (holds(containers - 1)) byVolume += 1;
      }),
      { numRuns: 500 },
    );
    expect(byVolume).toBeGreaterThan(50);
  });

  it("always reports rules of the label that disagree", () => {
    let disagreed = 0;
    fc.assert(
      fc.property(orders, fc.integer({ min: 950, max: 1050 }), (given, permille) => {
        const [first] = given.lots!;
        const mean = Number(first!.content) / Number(first!.fillMl);
        const labelPerMl = String(Math.max(Math.round((mean * permille) / 1000), 1));
        const lots = [{ ...first!, labelPerMl }];
        const result = attempt({ ...given, lots, draw: { ...given.draw!, governingRule: "content" } });
        const bare = attempt({ ...given, lots });
        if (typeof result === "string") return;
        const [rule] = result.rules;
        const isFar = Math.abs(Number(rule!.labelDifferencePercent)) > 1.005;
        const disagrees = isFar || rule!.byContent !== rule!.byVolume;
        const isReported = result.warnings.some(({ code }) => code === "dose.label_values_inconsistent");
        if (disagrees) {
          disagreed += 1;
          expect(isReported).toBe(true);
          expect(bare).toBe("dose.governing_rule_missing");
        } else if (Math.abs(Number(rule!.labelDifferencePercent)) < 0.995) expect(isReported).toBe(false);
      }),
      { numRuns: 1000 },
    );
    expect(disagreed).toBeGreaterThan(300);
  });

  it("does not depend on the notation: scaled units give the same", () => {
    fc.assert(
      fc.property(orders, (given) => {
        const million = (amount: string): string =>
          `${decimalText(over(readFraction(amount), readFraction("1000000")))}E6`;
        const [first] = given.lots!;
        const other = { ...given, lots: [{ ...first!, content: million(first!.content) }] };
        expect(attempt(other)).toEqual(attempt(given));
      }),
      { numRuns: 300 },
    );
  });

  it("does not depend on the scale of the cells: a thousand times the dose and content draw the same volume", () => {
    fc.assert(
      fc.property(orders, (given) => {
        const [first] = given.lots!;
        const rule = given.dose.from === "protocol" ? given.dose.rule : undefined;
        const amount = `${rule !== undefined && "amount" in rule ? rule.amount : ""}000`;
        const [small, large] = [
          attempt(given),
          attempt({ ...given, dose: perKg(amount), lots: [{ ...first!, content: `${first!.content}000` }] }),
        ];
        if (typeof small === "string" || typeof large === "string") {
          expect(large).toEqual(small);
          return;
        }
        expect(large.delivered.drawMl).toBe(small.delivered.drawMl);
        expect(large.containers[0]?.containers).toBe(small.containers[0]?.containers);
      }),
      { numRuns: 500 },
    );
  });
});

describe("exact fractions", { tags: ["QTY-003"] }, () => {
  const decimal = fc
    .tuple(fc.integer({ min: 1, max: 999_999_999 }), fc.integer({ min: 0, max: 6 }))
    .map(([n, places]) => {
      const text = decimalText(over(readFraction(String(n)), readFraction(`1${"0".repeat(places)}`)));
      return text;
    });
  it("agree with the decimals of the quantity room", () => {
    fc.assert(
      fc.property(decimal, decimal, fc.constantFrom("0.01", "0.05", "0.5", "1"), (a, b, step) => {
        expect(decimalText(times(readFraction(a), readFraction(b)))).toBe(multiplyDecimal(a, b));
        expect(decimalText(over(readFraction(a), readFraction(b)))).toBe(divideDecimal(a, b));
        expect(decimalText(halfUp(readFraction(a), readFraction(step)))).toBe(roundHalfUp(a, step));
        expect(Math.sign(compare(readFraction(a), readFraction(b)))).toBe(compareDecimal(a, b));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("one volume for all arms", { tags: ["PREP-007"] }, () => {
  it("every option can be prepared at the ends of the range, and every named concentration does", () => {
    let feasible = 0;
    let named = 0;
    const cells = fc.integer({ min: 1, max: 400 }).map((n) => String(n * 250_000));
    const ends = fc.constantFrom(
      undefined,
      { minimum: "200000" },
      { maximum: "4000000" },
      { minimum: "200000", maximum: "4000000" },
    );
    fc.assert(
      fc.property(
        cells,
        graduation,
        fc.integer({ min: 20, max: 60 }),
        ends,
        (concentrationPerMl, grade, kilograms, finalPerMl) => {
          const query = {
            arms: (["1000000", "3000000"] as const).map((amount) => ({
              arm: amount,
              dose: { kind: "per-kg", amount, unitKind } as const,
            })),
            weightKg: { minimum: String(kilograms), maximum: String(kilograms + 40) },
            concentrationPerMl,
            graduationsMl: [grade],
            maximumRoundingErrorPercent: "1",
            maximumFinalMl: "100",
            ...(finalPerMl === undefined ? {} : { finalPerMl }),
          };
          const found = findSharedVolume(query);
          for (const { finalVolumeMl } of found.options) {
            feasible += 1;
            for (const amount of ["1000000", "3000000"]) {
              for (const weightKg of [query.weightKg.minimum, String(kilograms + 17), query.weightKg.maximum]) {
                for (const finalMl of [finalVolumeMl.from, finalVolumeMl.to]) {
                  const result = prepare(
                    order({
                      weight: weighed(weightKg),
                      dose: perKg(amount),
                      product: {
                        name: "MSC",
                        mayMixLots: false,
                        source: "x",
                        ...(finalPerMl === undefined ? {} : { concentrationPerMl: finalPerMl }),
                      },
                      lots: [
                        lot({
                          containers: 9,
                          content: "1000000000",
                          fillMl: "1000",
                          extractableMl: "1000",
                          measuredPerMl: concentrationPerMl,
                        }),
                      ],
                      draw: { graduationMl: grade, overfillPercent: "0" },
                      infusion: { finalVolumeMl: finalMl },
                    }),
                  );
                  expect(result.warnings.map(({ code }) => code)).not.toContain("dose.rounding_error_high");
                }
              }
            }
          }
          for (const { perMl } of found.concentrations) {
            named += 1;
            for (const other of [perMl.from, perMl.to]) {
              expect(
                findSharedVolume({ ...query, concentrationPerMl: other }).isFeasible,
                `${other} for ${JSON.stringify(query)}`,
              ).toBe(true);
            }
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(feasible).toBeGreaterThan(40);
    expect(named).toBeGreaterThan(40);
  });
});

describe("working days", () => {
  it("are inside the window, or the date stays and says so", () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, "0")}`);
    const policy = fc.constantFrom("none" as const, "previous" as const, "next" as const, "nearest" as const);
    fc.assert(
      fc.property(
        day,
        policy,
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        (date, rule, early, late) => {
          const shift = (n: number): string =>
            `2026-0${n < 1 ? 1 : n > 28 ? 3 : 2}-${String(n < 1 ? 31 + n : n > 28 ? n - 28 : n).padStart(2, "0")}`;
          const n = Number(date.slice(8));
          const window = { from: shift(n - early), to: shift(n + late), anchor: "planned" } as const;
          const found = moveToWorkingDay({ number: 1, studyDay: 1, date, window }, rule, []);
          expect(found.date >= window.from && found.date <= window.to).toBe(true);
          const isFree = ["Saturday", "Sunday"].includes(weekday(found.date));
          expect(found.warnings.length === 1).toBe(isFree);
          if (isFree) expect(found.date).toBe(date);
        },
      ),
    );
  });
});
