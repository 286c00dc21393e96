import * as fc from "fast-check";
import { acceptanceOf } from "./mistakes.js";
import type { Acceptance } from "./mistakes.js";
import { products, computeProduct } from "./products.js";
import type { ProductOrder } from "./products.js";
import type { Kind, Limit, Lot } from "./shape.js";

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const rarely = <T>(one: fc.Arbitrary<T>, inverse = 12): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: inverse - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });
const sometimes = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => rarely(one, 3);
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 24, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: pick(...others) });

/** Numbers on and just off those that the sources state. */
const BY_PRODUCT: Readonly<
  Record<
    string,
    { content: readonly string[]; fill: readonly string[]; perMl: readonly string[]; rules: readonly Limit[] }
  >
> = (() => {
  const perKg = (...amounts: readonly string[]): readonly Limit[] =>
    amounts.map((amount) => ({ kind: "per-kg", amount }));
  const flat = (...amounts: readonly string[]): readonly Limit[] => amounts.map((amount) => ({ kind: "flat", amount }));
  const large = { content: ["1E8", "5E8"], fill: ["10", "20"], perMl: ["1E7"] };
  const carT = { ...large, rules: perKg("1E6", "0.999999E6", "2E6", "2.000001E6") };
  return {
    ryoncil: {
      content: ["25E6", "24999999", "25000001"],
      fill: ["3.8", "3.8", "3.79"],
      perMl: ["6.68E6", "6.57E6"],
      rules: [...perKg("2E6", "2000000", "3E6", "1.999999E6"), ...flat("2E6", "1E8")],
    },
    temcell: { ...large, content: ["72E6", "72000001"], fill: ["10.8", "10.8", "10.79"], rules: perKg("2E6", "20E6") },
    ebvallo: {
      ...large,
      content: ["7.3E8", "8E8"],
      perMl: ["2.8E7", "27999999", "7.3E7", "73000001"],
      rules: perKg("2E6", "2.1E6"),
    },
    lantidra: { ...large, content: ["1E6", "1000001"], rules: perKg("5000", "4999", "4500", "4499", "6000") },
    yescarta: carT,
    tecartus: carT,
    kymriah: {
      ...large,
      rules: [
        ...perKg("0.2E6", "199999", "5.0E6", "5000001", "1E6"),
        ...flat("0.1E8", "2.5E8", "250000001", "0.6E8", "59999999", "6.0E8", "600000001"),
      ],
    },
    carvykti: { ...large, rules: perKg("0.5E6", "499999", "1.0E6", "1000001") },
    breyanzi: {
      content: ["6.9E6", "6899999", "322E6", "322000001", "1E8"],
      fill: ["4.6", "4.6", "4.61"],
      perMl: ["1.5E6", "1499999", "70E6", "70000001"],
      rules: flat("50E6", "49999999", "110E6", "110000001", "44E6", "120E6", "120000001"),
    },
    aucatzyl: {
      ...large,
      content: ["10E6", "100E6", "300E6", "299999999", "100000001"],
      rules: flat("400E6", "400000001", "10E6", "9999999", "310E6", "155E6"),
    },
    hemacord: { ...large, content: ["5E8", "499999999", "9E8"], rules: perKg("2.5E7", "24999999", "3E7") },
    lenmeldy: {
      content: ["1E8"],
      fill: ["10", "9.99", "20", "20.01"],
      perMl: ["2E6", "1999999", "10E6", "10000001"],
      rules: [...perKg("4.2E6", "4199999", "9E6", "6.6E6", "30E6", "30000001"), ...flat("30E6", "5E8")],
    },
    skysona: { ...large, rules: perKg("5.0E6", "4999999", "9E6") },
    casgevy: {
      ...large,
      perMl: ["4E6", "3999999", "13E6", "13000001"],
      rules: perKg("3E6", "2999999", "4E6"),
    },
  };
})();

const tidy = <T extends object>(from: { readonly [Key in keyof T]: T[Key] | undefined }): T =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as T;

const ordersOf = (id: string): fc.Arbitrary<ProductOrder> => {
  const product = products[id];
  const numbers = BY_PRODUCT[id];
  if (product === undefined || numbers === undefined) throw new Error(`the tests have no numbers for ${id}`);
  const isCounted = product.kind !== "cells";
  const names = Object.keys(product.regimens);
  const kind: Kind = isCounted ? product.kind : id === "ryoncil" || id === "temcell" ? "viable-cells" : "cd3-cells";
  const isByActual = product.isByActualConcentration === true;
  const perMl = pick(...numbers.perMl);
  const lots = fc.array(
    fc.record({
      lot: pick("L1", "L2"),
      content: pick(...numbers.content),
      fillMl: pick(...numbers.fill),
      labelPerMl: rarely(perMl, 4),
      measuredPerMl: isByActual ? fc.oneof({ weight: 15, arbitrary: perMl }, pick(undefined)) : rarely(perMl, 4),
    }),
    { minLength: 1, maxLength: 2 },
  );
  return fc
    .record({
      lots,
      product: mostly(id, "rethymic", "dli", "omisirge", "alofisel"),
      regimen: names.length === 1 ? rarely(pick(...names)) : mostly<string | undefined>(names[0], ...names, undefined),
      otherRegimen: pick(...names),
      wrongRegimen: rarely(pick("child"), 40),
      countBasis: isCounted ? rarely(pick<Kind>(kind, "cd3-cells")) : mostly<Kind | undefined>(kind, undefined),
      rule: fc.oneof({ weight: 7, arbitrary: pick(...numbers.rules) }, { weight: 2, arbitrary: pick(undefined) }),
      ruleKind: mostly<Kind>(kind, "cd34-cells", "cells"),
      hardMaximum: fc.oneof({ weight: 8, arbitrary: pick("1E13") }, pick("1E8", undefined)),
      soft: rarely(pick("1E8", "2E8")),
      kg: pick("10", "30", "50", "50.01", "100", "100.01", "110", "200", "200.01"),
      descriptor: mostly<"actual" | "ideal">("actual", "ideal"),
      name: mostly(product.name, "MSC", "Rethymic"),
      graduationMl: pick("0.01", "0.1", "0.5"),
      finalVolumeMl: sometimes(pick("300", "600", "601")),
      speed: pick(
        { rateMlPerMin: "10" },
        { rateMlPerMin: "20" },
        { rateMlPerMin: "9.99" },
        { rateMlPerMin: "20.01" },
        { minutes: "30" },
        { minutes: "30.01" },
        { minutes: "12" },
        {},
      ),
      stabilityMinutes: sometimes(pick(30, 31, 150, 151, 240, 241, 1_441)),
      dmso: sometimes(pick({ percentVv: "7.5" }, { percentVv: "7.49" }, { mgPerMl: "55" }, { mgPerMl: "54.9" })),
      acceptance: sometimes(pick<Acceptance>("each", "each", "all but one", "by code")),
    })
    .map((made): ProductOrder => {
      const limit = (amount: string): { readonly maximum: Limit } => ({ maximum: { kind: "flat", amount } });
      const hasClock = made.stabilityMinutes !== undefined && Object.keys(made.speed).length > 0;
      const regimen =
        made.wrongRegimen ?? (names.length > 1 && made.regimen !== undefined ? made.otherRegimen : made.regimen);
      const plain = tidy<ProductOrder>({
        identification: undefined,
        preparedOn: "2026-02-27",
        participant:
          made.descriptor === "ideal" ? { ageYears: "40", sex: "female" as const, heightCm: "170" } : undefined,
        weight: { descriptor: made.descriptor, weightKg: made.kg, weighedOn: "2026-02-26", weighedBy: "nurse A" },
        dose: tidy<ProductOrder["dose"]>({
          from: "product",
          product: made.product,
          regimen,
          countBasis: made.countBasis,
          rule: made.rule && { ...made.rule, unitKind: made.ruleKind },
          hard: made.hardMaximum === undefined ? undefined : limit(made.hardMaximum),
          soft: made.soft === undefined ? undefined : limit(made.soft),
        }),
        product: tidy<NonNullable<ProductOrder["product"]>>({
          name: made.name,
          mayMixLots: true,
          source: "product file 7",
          dmso: made.dmso,
          concentrationPerMl: undefined,
          minimumViability: undefined,
          expectedViability: undefined,
          endotoxinEuPerMl: undefined,
        }),
        lots: made.lots.map((lot) =>
          tidy<Lot>({
            ...lot,
            expiresOn: "2027-01-31",
            isReleased: true,
            containers: 40,
            counted: kind,
            recovery: "1",
            extractableMl: lot.fillMl,
            viability: undefined,
            purity: undefined,
            testedViability: undefined,
          }),
        ),
        draw: { graduationMl: made.graduationMl, overfillPercent: "0", governingRule: "content" },
        infusion: tidy<ProductOrder["infusion"]>({
          finalVolumeMl: made.finalVolumeMl,
          otherArms: undefined,
          rateMlPerMin: undefined,
          minutes: undefined,
          dropsPerMl: undefined,
          limits: undefined,
          longMinutes: undefined,
          ...made.speed,
        }),
        clock:
          hasClock && made.stabilityMinutes !== undefined
            ? {
                thawedAt: "2026-02-27T09:00",
                startAt: "2026-02-27T09:00",
                stabilityMinutes: made.stabilityMinutes,
                lineFlushMinutes: 0,
              }
            : undefined,
        dayTotals: { otherDmsoG: "0", otherEndotoxinEu: "0" },
        overrides: undefined,
      });
      const { acceptance } = made;
      if (acceptance === undefined) return plain;
      return { ...plain, overrides: acceptanceOf(computeProduct(plain).sheet.warnings, acceptance) };
    });
};

/** Orders of every product, each number on or beside the one that the product's sources state. */
export const productOrders: fc.Arbitrary<ProductOrder> = fc.oneof(...Object.keys(products).map(ordersOf));
