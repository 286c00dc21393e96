import { AllocellError } from "../../../src/index.js";
import { prepare, type Preparation } from "../../../src/dose/index.js";
import type { ProductOrder } from "./products.js";
import type { Order, OrderOfSeveral } from "./shape.js";

/** Each lot may have one: these are compared with their paths. */
const ofLots = [
  "label_values_inconsistent",
  "measured_above_label",
  "differs_from_label",
  "viability_below_expected",
  "viabilities_differ",
  "unlikely_value",
].map((reason) => `dose.${reason}`);

const isOfField = (code: string, path: string): boolean => ofLots.includes(code) || path === "together";

const stepsOf = ({ steps }: Preparation): unknown => steps.map(({ id, exact, result }) => [id, exact, result.value]);

/** What one preparation, or one of its components, says. */
const said = (made: Preparation): Record<string, unknown> => {
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
    surface: made.surface,
    range: target.range,
    rules: made.rules.map(({ lot, byContent, byVolume, labelDifferencePercent, isConsistent }) => ({
      lot,
      byContent,
      byVolume,
      labelDifferencePercent,
      isConsistent,
    })),
    containers: made.containers,
    delivered: { ...delivered, amount: delivered.amount.amount, perKg: delivered.perKg?.amount },
    infusion: made.infusion,
    stability: made.stability,
    dayTotals: made.dayTotals,
    isReady: made.isReady,
  };
};

/** What the package says, in the words of the second program. */
export const ask = (
  order: Order | OrderOfSeveral | ProductOrder,
): { readonly code: string } | Record<string, unknown> => {
  try {
    const made = prepare(order);
    return {
      ...said(made),
      warnings: made.warnings.map(({ code, path }) => (isOfField(code, path) ? `${code} ${path}` : code)).sort(),
      steps: stepsOf(made),
      ...(made.then === undefined
        ? {}
        : { then: made.then.map((one) => ({ ...said(one), steps: stepsOf(one) })), together: made.together?.amount }),
    };
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return { code: error.code };
  }
};
