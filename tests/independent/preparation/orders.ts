import * as fc from "fast-check";
import { edges as edgesOfDoses } from "./edges.js";
import { edgesOfDays } from "./edgesOfDays.js";
import { edgesOfEnds } from "./edgesOfEnds.js";
import { edgesOfSlips } from "./edgesOfSlips.js";
import { acceptWarnings, mistakes } from "./mistakes.js";
import type { Acceptance } from "./mistakes.js";
import type { Side } from "./near.js";
import { compute } from "./secondProgram.js";
import type { Kind, Lot, Order, Rule } from "./shape.js";

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const rarely = <T>(one: fc.Arbitrary<T>, inverse = 8): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: inverse - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });
const sometimes = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => rarely(one, 2);

const decimal = (from: number, to: number, places: number): fc.Arbitrary<string> =>
  fc.integer({ min: from, max: to }).map((value) => {
    const digits = `${value}`.padStart(places + 1, "0");
    return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  });

const KINDS: readonly Kind[] = [
  "viable-cells",
  "car-positive-cells",
  "cd34-cells",
  "total-nucleated-cells",
  "cell-equivalents",
];

/** Leaves a key out where its value is undefined. */
const tidy = <T extends object>(from: { readonly [Key in keyof T]: T[Key] | undefined }): T =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as T;

/** A count from 101 to 109, or from 1010 to 1019, reads like a lost superscript and is written with its power. */
const spell = (count: number): string => (/^10\d{1,2}$/.test(String(count)) ? `${count / 100}E2` : String(count));

/** Where `isLabelled`, every lot has the labelled concentration that the volume rule asks for. */
const lots = (dose: Kind, target: number, isLabelled: boolean): fc.Arbitrary<readonly Lot[]> => {
  const labels: readonly Kind[] =
    dose === "viable-cells"
      ? [dose, dose, "total-nucleated-cells"]
      : dose === "cell-equivalents" || dose === "total-nucleated-cells"
        ? [dose]
        : [dose, "viable-cells", "total-nucleated-cells"];
  const label = pick(1, 1.005, 1.01, 0.99, 1.2, 0.9);
  const entry = fc
    .record({
      lot: pick("L1", "L2", "L3", "L4"),
      expiresOn: pick("2026-02-28", "2026-12-31", "2027-01-31"),
      counted: pick(...labels),
      containers: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 5, max: 30 })),
      part: pick(1, 2, 2.5, 3, 4, 5, 6, 7, 9),
      recovery: pick("1", "0.85", "0.8", "0.9", "0.777", "0.5"),
      viability: pick("0.95", "0.9", "1"),
      purity: pick("0.9", "0.42", "1"),
      fillMl: pick("2", "3.8", "4.6", "10", "15", "50", "0.7"),
      extractable: pick("all", "all", "less"),
      label: isLabelled ? label : rarely(label),
      measured: rarely(pick(1.1, 1, 0.9, 0.8, 0.75)),
      content: sometimes(decimal(1_000, 99_999, 0)),
    })
    .map((made): Lot => {
      const content =
        made.content === undefined ? String(Math.ceil(target / made.part / 1000) * 1000) : `${made.content}E3`;
      const labelled =
        made.label === undefined ? undefined : Math.round((made.label * target) / made.part / Number(made.fillMl));
      const measured =
        made.measured === undefined
          ? undefined
          : Math.round((made.measured * target) / made.part / Number(made.fillMl));
      const isNucleated = made.counted === "total-nucleated-cells";
      return tidy<Lot>({
        lot: made.lot,
        expiresOn: made.expiresOn,
        isReleased: true,
        containers: made.containers,
        content,
        counted: made.counted,
        recovery: made.recovery,
        viability: isNucleated && made.counted !== dose ? made.viability : undefined,
        purity: made.counted !== dose ? made.purity : undefined,
        fillMl: made.fillMl,
        extractableMl: made.extractable === "all" ? made.fillMl : String(Number(made.fillMl) - 0.2).slice(0, 4),
        labelPerMl: labelled === undefined || labelled < 1 ? undefined : spell(labelled),
        measuredPerMl: measured === undefined || measured < 1 ? undefined : spell(measured),
      });
    });
  // One lot has one expiry date, two only by a mistake; and few containers of many sizes, for every choice is tried.
  return fc.array(entry, { minLength: 1, maxLength: 4, size: "max" }).map((all) =>
    all.map((lot) => {
      const sizes = all.filter((other) => other.lot === lot.lot);
      return {
        ...lot,
        expiresOn: sizes[0]?.expiresOn ?? lot.expiresOn,
        containers: sizes.length > 2 ? Math.min(lot.containers, 6) : lot.containers,
      };
    }),
  );
};

const rule = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: pick("per-kg" as const),
      amount: pick("1E6", "3E6", "5E6", "2000000", "0.5E6", "1234567", "71E3"),
      unitKind: pick(...KINDS.slice(0, 4)),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: pick("flat" as const),
      amount: pick("60E6", "1E8", "75000000", "333333333"),
      unitKind: pick(...KINDS),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: pick("per-m2" as const),
      amount: pick("25E6", "1E8", "40E6", "123456789"),
      unitKind: pick(...KINDS.slice(0, 4)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: pick("placebo" as const), unitKind: pick(...KINDS) }) },
  {
    weight: 1,
    arbitrary: pick(
      { kind: "per-kg" as const, amount: "1E6", unitKind: "cell-equivalents" as Kind },
      { kind: "flat" as const, amount: "60E6", unitKind: "cells" as Kind },
    ),
  },
);

const base: fc.Arbitrary<Order> = fc
  .record({
    rule,
    kg: fc.oneof(pick("85", "72.4", "100", "0.5", "300", "3", "12.5"), decimal(50, 3_000, 1), decimal(50, 30_000, 2)),
    descriptor: pick<NonNullable<Order["weight"]>["descriptor"]>(
      "actual",
      "actual",
      "actual",
      "actual",
      "ideal",
      "predicted",
      "adjusted",
      "lean",
    ),
    sex: pick("male" as const, "female" as const),
    heightCm: fc.oneof(pick("152.4", "180", "250", "120"), decimal(1_400, 2_100, 1)),
    ageYears: pick("18", "45", "70.5", "120"),
    // The actual weight asks for no participant, takes a child and does not look at the height.
    participant: sometimes(
      fc.record({ ageYears: pick("17.99", "18", "45", "120"), heightCm: pick("50", "119.9", "170", "250.1") }),
    ),
    isLabelled: pick(true, true, true, false),
    surface: fc.record({
      formula: pick("mosteller" as const, "du-bois" as const, "haycock" as const),
      roundedToM2: pick("0.01", "0.01", "0.001", "0.1", "0.05"),
    }),
    // A surface may be asked for though nothing goes by it, and may be forgotten.
    isSurfaceOther: rarely(fc.constant(true)),
    diluentPerContainerMl: rarely(pick("18", "10", "2.5", "40")),
    adjustmentFactor: pick("0.4", "0.25", "0.999"),
    leanMaleConstant: pick("120" as const, "128" as const),
    mayMixLots: fc.boolean(),
    graduationMl: pick("0.5", "0.1", "1", "0.05", "0.01", "0.2", "0.03", "2"),
    overfillPercent: pick("0", "0", "10", "5", "20", "20.1", "7.5"),
    governingRule: sometimes(pick("content" as const, "volume" as const)),
    deadVolumeMl: rarely(pick("0.1", "1")),
    whenAbove: sometimes(pick("refuse" as const, "one-graduation-less" as const, "one-graduation-less" as const)),
    whenBelow: sometimes(pick("refuse" as const, "one-graduation-more" as const, "one-graduation-more" as const)),
    finalVolumeMl: sometimes(pick("100", "250", "68", "500", "33.3")),
    speed: pick("rate", "minutes", "rate", "none", "hourly"),
    rateMlPerMin: pick("4", "2.5", "3", "0.7"),
    rateMlPerHour: pick("240", "150", "100", "7"),
    minutes: pick("30", "25.5", "61", "7"),
    dropsPerMl: rarely(pick("20", "60")),
    longMinutes: rarely(pick("30", "60")),
    clock: sometimes(
      fc.record({
        stabilityMinutes: fc.integer({ min: 30, max: 1_500 }),
        lineFlushMinutes: fc.integer({ min: 0, max: 10 }),
      }),
    ),
    dmso: rarely(pick({ percentVv: "10" }, { percentVv: "7.5" }, { mgPerMl: "55" })),
  })
  .chain((made) => {
    const dose: Rule["unitKind"] = made.rule.unitKind;
    const guess =
      made.rule.kind === "placebo"
        ? 1e6
        : Number(made.rule.amount) *
          (made.rule.kind === "flat" ? 1 : made.rule.kind === "per-m2" ? 1.7 : Number(made.kg));
    return lots(dose, guess, made.governingRule === "volume" && made.isLabelled).map((theLots): Order => {
      const isPlacebo = made.rule.kind === "placebo";
      const isOfSurface = (made.rule.kind === "per-m2") !== (made.isSurfaceOther === true);
      const heightCm = made.participant?.heightCm ?? "170";
      const levels: readonly Rule[] = [
        ...(made.rule.kind === "placebo" ? [] : [made.rule]),
        { kind: "flat", amount: "123E6", unitKind: dose },
      ];
      const hasRate = made.speed !== "none";
      return tidy<Order>({
        preparedOn: "2026-02-27",
        participant:
          made.descriptor === "actual"
            ? isOfSurface
              ? { ...made.participant, heightCm }
              : made.participant
            : { ageYears: made.ageYears, sex: made.sex, heightCm: made.heightCm },
        weight: tidy<NonNullable<Order["weight"]>>({
          descriptor: made.descriptor,
          weightKg: made.kg,
          weighedOn: "2026-02-26",
          weighedBy: "nurse A",
          adjustmentFactor: made.descriptor === "adjusted" ? made.adjustmentFactor : undefined,
          leanMaleConstant: made.descriptor === "lean" && made.sex === "male" ? made.leanMaleConstant : undefined,
          reweigh: undefined,
          maximumAgeDays: undefined,
          expectedKg: undefined,
        }),
        dose: {
          from: "protocol",
          rule: made.rule,
          levels,
          source: "protocol 6.1",
          ...(isOfSurface ? { surface: made.surface } : {}),
        },
        product: isPlacebo
          ? undefined
          : tidy<NonNullable<Order["product"]>>({
              name: "MSC",
              mayMixLots: made.mayMixLots,
              source: "product file 7",
              dmso: made.dmso,
              concentrationPerMl: undefined,
              minimumViability: undefined,
              expectedViability: undefined,
              endotoxinEuPerMl: undefined,
            }),
        lots: isPlacebo ? undefined : theLots,
        draw: isPlacebo
          ? undefined
          : tidy<NonNullable<Order["draw"]>>({
              graduationMl: made.graduationMl,
              overfillPercent: made.overfillPercent,
              governingRule: made.governingRule,
              deadVolumeMl: made.deadVolumeMl,
              whenAbove: made.whenAbove,
              whenBelow: made.whenBelow,
            }),
        infusion: tidy<Order["infusion"]>({
          finalVolumeMl:
            made.diluentPerContainerMl === undefined || isPlacebo
              ? (made.finalVolumeMl ?? (isPlacebo ? "100" : undefined))
              : undefined,
          diluentPerContainerMl: isPlacebo ? undefined : made.diluentPerContainerMl,
          rateMlPerMin: made.speed === "rate" ? made.rateMlPerMin : undefined,
          rateMlPerHour: made.speed === "hourly" ? made.rateMlPerHour : undefined,
          minutes: made.speed === "minutes" ? made.minutes : undefined,
          dropsPerMl: hasRate ? made.dropsPerMl : undefined,
          longMinutes: hasRate ? made.longMinutes : undefined,
          otherArms: undefined,
          limits: undefined,
        }),
        clock:
          hasRate && made.clock !== undefined
            ? { thawedAt: "2026-02-27T09:00", startAt: "2026-02-27T09:20", ...made.clock }
            : undefined,
        dayTotals: made.dmso === undefined || isPlacebo ? undefined : { otherDmsoG: "0.5", otherEndotoxinEu: "0" },
        overrides: undefined,
      });
    });
  });

const edges = { ...edgesOfDoses, ...edgesOfDays, ...edgesOfEnds, ...edgesOfSlips };
/** The rules of the calendar and of slips have few orders of their own, so they are asked for twice as often. */
const edge = fc.record({
  name: pick(...Object.keys(edges), ...Object.keys(edgesOfDays), ...Object.keys(edgesOfSlips)),
  side: pick<Side>(-1, 0, 0, 1),
});

/** Orders of which many have a limit on, just below or just above the value that it tests, and some a mistake. */
export const orders: fc.Arbitrary<Order> = fc
  .record({
    base,
    edges: fc.array(edge, { minLength: 0, maxLength: 3, size: "max" }),
    mistake: rarely(pick(...Object.keys(mistakes)), 5),
    acceptance: sometimes(pick<Acceptance>("each", "each", "all but one", "by code")),
  })
  .map(({ base: plain, edges: chosen, mistake, acceptance }) => {
    let [order, computed] = [plain, chosen.length > 0 ? compute(plain) : undefined];
    for (const { name, side } of chosen) {
      computed ??= compute(order);
      const changed = edges[name]?.(order, computed, side);
      if (changed !== undefined) [order, computed] = [changed, undefined];
    }
    if (mistake !== undefined) order = mistakes[mistake]?.(order) ?? order;
    return acceptance !== undefined && order.overrides === undefined ? acceptWarnings(order, acceptance) : order;
  });
