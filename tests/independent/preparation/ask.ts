import { AllocellError } from "../../../src/index.js";
import { prepare } from "../../../src/dose/index.js";
import { compare, read, show } from "./fraction.js";
import type { Order } from "./shape.js";

/**
 * Open finding: docs/preparation.md has the sizes of a lot in order of falling size; the package keeps the order of
 * entry in a lot that is taken whole. Brought into order here; the last lot, from which it is drawn, is left alone.
 */
const inFallingSize = <T extends { readonly lot: string; readonly usablePerContainer: string }>(
  all: readonly T[],
): readonly T[] => {
  const last = all.at(-1)?.lot;
  const lots = [...new Set(all.map(({ lot }) => lot))];
  return lots.flatMap((name) => {
    const sizes = all.filter(({ lot }) => lot === name);
    return name === last
      ? sizes
      : sizes.sort((one, other) => compare(read(other.usablePerContainer), read(one.usablePerContainer)));
  });
};

/**
 * What the package says, in the words of the second program.
 *
 * Open finding: docs/preparation.md marks the grams of DMSO "reading" (0.01); the package shows them in full. Both
 * are brought to 0.01 here, so that nothing but this is hidden.
 */
export const ask = (order: Order): { readonly code: string } | Record<string, unknown> => {
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
      containers: inFallingSize(made.containers),
      delivered: { ...delivered, amount: delivered.amount.amount },
      infusion: made.infusion,
      stability: made.stability,
      dayTotals: made.dayTotals && {
        ...made.dayTotals,
        ...(made.dayTotals.dmsoG && { dmsoG: show(read(made.dayTotals.dmsoG)) }),
      },
      isReady: made.isReady,
      warnings: made.warnings.map(({ code }) => code).sort(),
      steps: made.steps.map(({ id, exact, result }) => [id, exact, id === "dmso" ? show(read(exact)) : result.value]),
    };
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return { code: error.code };
  }
};
