import { prepare, prescribe } from "../../../dose/index.js";
import { sle } from "../../../trials/index.js";
import { first, type Laws } from "./tried.js";

/** Of doses and preparations: those of the pharmacy page, too. */
export const DOSE_LAWS: Laws = {
  "the target is the dose per kg times the weight": (runs) =>
    first(runs, (run) => {
      const tenths = 5 + run * 7;
      const { target } = prescribe({ trial: sle, arm: "low", weightKg: kgOf(tenths), assumptions: ANSWERS });
      return target.amount === String(tenths * 100_000) ? undefined : `${kgOf(tenths)} kg`;
    }),
  "a capped dose never exceeds its cap, before and after rounding": (runs) =>
    first(runs, (run) => {
      const { target, delivered } = prepare(capped(kgOf(300 + run * 11)));
      const most = Math.max(Number(target.amount.amount), Number(delivered.amount.amount));
      return most <= 60_000_000 ? undefined : `${kgOf(300 + run * 11)} kg`;
    }),
};

const ANSWERS = {
  "dose.countBasis": "viable-cells",
  "dose.weightDescriptor": "actual",
  "dose.cap": "none",
  "dose.administrations": "1",
};

/** A weight in kilograms, from its tenths. */
export const kgOf = (tenths: number): string => String(tenths / 10);

/** A preparation with a cap, for a weight. */
export const capped = (weightKg: string): Parameters<typeof prepare>[0] => {
  const rule = { kind: "per-kg", amount: "1000000", unitKind: "viable-cells" } as const;
  return {
    preparedOn: "2026-03-19",
    weight: { descriptor: "actual", weightKg, weighedOn: "2026-03-19", weighedBy: "OQ" },
    dose: {
      from: "protocol",
      rule,
      levels: [rule],
      source: "OQ",
      cap: { amount: "60000000", unitKind: "viable-cells" },
    },
    product: { name: "OQ", mayMixLots: false, source: "OQ" },
    lots: [
      {
        ...{ lot: "OQ-1", expiresOn: "2027-01-31", isReleased: true, containers: 20, content: "10000000" },
        ...{ counted: "viable-cells", recovery: "0.83", fillMl: "2", extractableMl: "1.9" },
      },
    ],
    draw: { graduationMl: "0.1", overfillPercent: "5", whenAbove: "one-graduation-less" },
    infusion: { finalVolumeMl: "100" },
  };
};
