import { findWeightBorders, parsePreparationOrder, prepare } from "../../../dose/index.js";
import { capped, kgOf } from "./doseLaws.js";
import { first, type Laws } from "./tried.js";

/** Of the weights at which a preparation changes. */
export const BORDER_LAW: Laws = {
  "the borders of a preparation hold every change of containers": (runs) => {
    const found = findWeightBorders(parsePreparationOrder(capped("70")), {
      fromKg: "20",
      toKg: kgOf(200 + runs),
      stepKg: "0.1",
    });
    const told = new Set(found.rows.filter(({ changes }) => changes.includes("containers")).map((row) => row.weightKg));
    const countAt = (tenths: number): number =>
      prepare(capped(kgOf(tenths))).containers.reduce((sum, { containers }) => sum + containers, 0);
    return first(runs, (run) => {
      const isChange = countAt(200 + run) !== countAt(199 + run);
      return run === 0 || isChange === told.has(kgOf(200 + run)) ? undefined : `${kgOf(200 + run)} kg`;
    });
  },
};
