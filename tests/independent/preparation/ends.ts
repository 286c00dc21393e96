import { isAbove, read } from "./fraction.js";
import type { Limit, Order, Range, Worksheet } from "./shape.js";

type Pair = readonly [minimum: string | undefined, maximum: string | undefined];

/** Ends of one kind; a flat one and one per kg are not compared. */
const pairOf = (minimum: Limit | undefined, maximum: Limit | undefined): Pair =>
  minimum?.kind === maximum?.kind ? [minimum?.amount, maximum?.amount] : [undefined, undefined];

const pairOfRange = (range: Range | undefined): Pair => pairOf(range?.minimum, range?.maximum);

/** "Ends in order": a minimum above its maximum. */
export const lookAtEnds = (order: Order, { refusals }: Worksheet): void => {
  const { range, hard, soft } = order.dose;
  const { limits } = order.infusion;
  const { expectedKg } = order.weight ?? {};
  const { concentrationPerMl } = order.product ?? {};
  const ranges = range !== undefined && "length" in range ? range.map((band) => band.range) : [range];
  const pairs: readonly Pair[] = [
    ...[...ranges, hard, soft].map(pairOfRange),
    [expectedKg?.minimum, expectedKg?.maximum],
    [concentrationPerMl?.minimum, concentrationPerMl?.maximum],
    [limits?.minimumMlPerMin, limits?.maximumMlPerMin],
    [limits?.minimumMinutes, limits?.maximumMinutes],
  ];
  for (const [minimum, maximum] of pairs) {
    if (minimum !== undefined && maximum !== undefined && isAbove(read(minimum), read(maximum)))
      refusals.add("dose.preparation_invalid");
  }
};
