import { fail } from "../../foundation/index.js";
import {
  ceiling,
  compare,
  decimalText,
  fraction,
  type Fraction,
  minus,
  over,
  plus,
  times,
  toNumber,
  ZERO,
} from "../../quantity/index.js";
import { readable } from "../shown.js";
import type { UsableLot } from "./usableCells.js";

/** So many containers of one lot and size. */
export interface Chosen {
  readonly lot: UsableLot;
  readonly containers: number;
}

function totalOf(chosen: readonly Chosen[]): Fraction {
  return chosen.reduce((sum, { lot, containers }) => plus(sum, times(lot.usable, fraction(containers))), ZERO);
}

/**
 * Of the sizes of one lot: the fewest containers that hold `needed`, and of those the choice with the least left over.
 *
 * The largest containers first give the fewest; then every choice of that many is looked through.
 *
 * @param bySize - the largest first
 */
function chooseSizes(bySize: readonly UsableLot[], needed: Fraction): readonly Chosen[] {
  let fewest = 0;
  let rest = needed;
  for (const size of bySize) {
    if (compare(rest, ZERO) <= 0) break;
    const taken = Math.min(size.order.containers, toNumber(ceiling(over(rest, size.usable))));
    fewest += taken;
    rest = minus(rest, times(size.usable, fraction(taken)));
  }
  let best: readonly Chosen[] = [];
  let bestTotal: Fraction | undefined;
  const visit = (index: number, left: number, total: Fraction, chosen: readonly Chosen[]): void => {
    const size = bySize[index];
    if (size === undefined) {
      if (left > 0 || compare(total, needed) < 0) return;
      if (bestTotal === undefined || compare(total, bestTotal) < 0) [best, bestTotal] = [chosen, total];
      return;
    }
    // The containers that are left hold at most `left` of this size and at least `left` of the smallest.
    if (compare(plus(total, times(size.usable, fraction(left))), needed) < 0) return;
    const smallest = bySize[bySize.length - 1] ?? size;
    if (bestTotal !== undefined && compare(plus(total, times(smallest.usable, fraction(left))), bestTotal) >= 0) return;
    const isLast = index === bySize.length - 1;
    for (let taken = Math.min(left, size.order.containers); taken >= (isLast ? left : 0); taken -= 1) {
      const next = taken === 0 ? chosen : [...chosen, { lot: size, containers: taken }];
      visit(index + 1, left - taken, plus(total, times(size.usable, fraction(taken))), next);
    }
  };
  visit(0, fewest, ZERO, []);
  return best;
}

/** Lots in the order in which they are used: first expiry first, then by the lot's name; of a lot the largest size first. */
function inOrder(lots: readonly UsableLot[]): readonly (readonly UsableLot[])[] {
  const groups = new Map<string, UsableLot[]>();
  for (const lot of lots) {
    const group = groups.get(lot.order.lot);
    if (group === undefined) groups.set(lot.order.lot, [lot]);
    else group.push(lot);
  }
  for (const group of groups.values()) group.sort((a, b) => compare(b.usable, a.usable));
  const key = (group: readonly UsableLot[]): string =>
    `${group[0]?.order.expiresOn ?? ""} ${group[0]?.order.lot ?? ""}`;
  return [...groups.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * Which containers are thawed for `needed` usable cells.
 *
 * First expiry first. Without mixing: the first-expiring lot that suffices alone. With mixing: lots are taken whole
 * in that order until they suffice; of the last one only what is needed.
 *
 * @throws AllocellError `dose.lot_mixing_not_allowed`, `dose.containers_short`
 */
export function selectContainers(lots: readonly UsableLot[], needed: Fraction, mayMixLots: boolean): readonly Chosen[] {
  const groups = inOrder(lots);
  const all = (group: readonly UsableLot[]): readonly Chosen[] =>
    group.map((lot) => ({ lot, containers: lot.order.containers }));
  const chosen: Chosen[] = [];
  let rest = needed;
  for (const group of groups) {
    const [only] = group;
    if (compare(totalOf(all(group)), mayMixLots ? rest : needed) >= 0) {
      const wanted = mayMixLots ? rest : needed;
      const own =
        group.length === 1 && only !== undefined
          ? [{ lot: only, containers: toNumber(ceiling(over(wanted, only.usable))) }]
          : chooseSizes(group, wanted);
      return [...chosen, ...own];
    }
    if (!mayMixLots) continue;
    for (const each of all(group)) chosen.push(each);
    rest = minus(rest, totalOf(all(group)));
  }
  const atHand = totalOf(groups.flatMap(all));
  const [expected, received] = [readable(decimalText(needed)), readable(decimalText(atHand))];
  if (compare(atHand, needed) >= 0) {
    const message = `No lot holds the ${expected} that are needed alone, and this product's lots must not be mixed.`;
    return fail("dose.lot_mixing_not_allowed", "lots", message, { expected: "one lot that suffices" });
  }
  return fail("dose.containers_short", "lots", `The containers at hand hold ${received}; ${expected} are needed.`, {
    expected,
    received,
  });
}
