import * as fc from "fast-check";
import { divided, read, times, writeAsInput } from "./fraction.js";
import type { SharedQuery } from "./sharedVolume.js";

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const sometimes = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });
const tidy = <T extends object>(from: { readonly [Key in keyof T]: T[Key] | undefined }): T =>
  Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as T;

const arm = fc
  .record({
    isFlat: pick(false, false, false, true),
    amount: pick("1E6", "3E6", "5E6", "2E6", "1234567", "71E3"),
    kg: pick("40", "60", "85"),
    cap: sometimes(pick("2E8", "1E8", "60E6", "333333333")),
    unitKind: fc.oneof({ weight: 40, arbitrary: pick("viable-cells" as const) }, pick("cd3-cells" as const)),
    isPlacebo: pick(false, false, false, true),
  })
  .map(({ isFlat, amount, kg, cap, unitKind, isPlacebo }): Omit<SharedQuery["arms"][number], "arm"> => {
    if (isPlacebo) return { dose: { kind: "placebo" } };
    const flat = writeAsInput(times(read(amount), read(kg))) ?? "1E8";
    return {
      dose: isFlat ? { kind: "flat", amount: flat, unitKind } : { kind: "per-kg", amount, unitKind },
      ...(cap === undefined ? {} : { cap }),
    };
  });

/** Queries near the ends of what a syringe can do; many of the limits are values that some draw just reaches. */
export const sharedQueries: fc.Arbitrary<SharedQuery> = fc
  .record({
    arms: fc.array(arm, { minLength: 1, maxLength: 3 }),
    weight: pick(["40", "100"], ["60", "60"], ["72.4", "72.5"], ["12.5", "85"], ["50", "51.3"], ["40", "40.1"]),
    perMl: fc.oneof(
      pick("1E7", "5E6", "2E6", "1E8", "3333333", "33E6", "7"),
      fc.integer({ min: 1, max: 60 }).map((millions) => `${millions}E6`),
    ),
    graduations: fc.uniqueArray(pick("0.5", "0.05", "1", "0.1", "0.2", "0.03", "2", "0.01"), {
      minLength: 1,
      maxLength: 3,
    }),
    error: pick("1", "0.5", "2", "0.625", "5", "0.1", "20", "1.25", "99"),
    minimumDrawMl: sometimes(pick("0.5", "1", "4", "4.01", "8", "12")),
    availableMl: sometimes(pick("20", "50", "49.99", "10", "100")),
    minimumFinalMl: sometimes(pick("50", "0.4", "99.9", "20")),
    maximumFinalMl: pick("100", "50", "250", "49.98", "500", "10.03"),
    least: sometimes(pick(1, 0.5, 0.1, 2)),
    most: sometimes(pick(1, 2, 5, 0.9)),
  })
  .map((made): SharedQuery => {
    const arms = made.arms.map((one, place) => ({ arm: `arm ${place + 1}`, ...one }));
    // about what the first arm with cells has in the greatest volume
    const first = arms.find(({ dose }) => dose.kind !== "placebo")?.dose;
    const cells = first === undefined || first.kind === "placebo" ? read("1E8") : read(first.amount);
    const target = first?.kind === "flat" ? cells : times(cells, read(made.weight[0] ?? "60"));
    const middle = Number(
      (divided(target, read(made.maximumFinalMl)).top * 1n) / divided(target, read(made.maximumFinalMl)).bottom,
    );
    const near = (factor: number | undefined): string | undefined => {
      if (factor === undefined) return undefined;
      const thousands = Math.max(Math.round((middle * factor) / 1000), 1);
      return `${thousands}E3`;
    };
    const finalPerMl = tidy<{ minimum?: string; maximum?: string }>({
      minimum: near(made.least),
      maximum: near(made.most === undefined ? undefined : made.most * (made.least === undefined ? 1 : 2)),
    });
    return tidy<SharedQuery>({
      arms,
      weightKg: { minimum: made.weight[0] ?? "60", maximum: made.weight[1] ?? "60" },
      concentrationPerMl: made.perMl,
      graduationsMl: made.graduations,
      maximumRoundingErrorPercent: made.error,
      minimumDrawMl: made.minimumDrawMl,
      availableMl: made.availableMl,
      minimumFinalMl: made.minimumFinalMl,
      maximumFinalMl: made.maximumFinalMl,
      finalPerMl: Object.keys(finalPerMl).length === 0 ? undefined : finalPerMl,
    });
  });
