import { AllocellError } from "../../../src/index.js";
import { prepare } from "../../../src/dose/index.js";
import type { ProductOrder } from "./products.js";
import type { Order } from "./shape.js";

/** Each lot may have one: these are compared with their paths. */
const ofLots = [
  "label_values_inconsistent",
  "measured_above_label",
  "differs_from_label",
  "viability_below_expected",
  "viabilities_differ",
  "unlikely_value",
].map((reason) => `dose.${reason}`);

/** What the package says, in the words of the second program. */
export const ask = (order: Order | ProductOrder): { readonly code: string } | Record<string, unknown> => {
  try {
    const made = prepare(order);
    const { weight, target, delivered } = made;
    return {
      dosingKg: weight?.dosingKg,
      change: weight?.change,
      target: {
        uncapped: target.uncapped.amount,
        amount: target.amount.amount,
        isCapped: target.isCapped,
        cap: target.cap?.amount,
        cappedPerKg: target.cappedPerKg?.amount,
      },
      range: target.range,
      rules: made.rules.map(({ lot, byContent, byVolume, labelDifferencePercent, isConsistent }) => ({
        lot,
        byContent,
        byVolume,
        labelDifferencePercent,
        isConsistent,
      })),
      containers: made.containers,
      delivered: { ...delivered, amount: delivered.amount.amount },
      infusion: made.infusion,
      stability: made.stability,
      dayTotals: made.dayTotals,
      isReady: made.isReady,
      warnings: made.warnings.map(({ code, path }) => (ofLots.includes(code) ? `${code} ${path}` : code)).sort(),
      steps: made.steps.map(({ id, exact, result }) => [id, exact, result.value]),
    };
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return { code: error.code };
  }
};
