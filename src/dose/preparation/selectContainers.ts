import { fail, foldId } from "../../foundation/index.js";
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

/** Whether the choice gives what is to be drawn. */
export type Suffices = (chosen: readonly Chosen[]) => boolean;

/** The fewest containers that hold `needed`, and at least one: the largest first. */
function fewestByContent(bySize: readonly UsableLot[], needed: Fraction): number {
  let fewest = 0;
  let rest = needed;
  for (const size of bySize) {
    if (compare(rest, ZERO) <= 0) break;
    const taken = Math.min(size.order.containers, toNumber(ceiling(over(rest, size.usable))));
    fewest += taken;
    rest = minus(rest, times(size.usable, fraction(taken)));
  }
  return Math.max(fewest, 1);
}

/** Of all choices of `count` containers that hold `needed` and suffice, the one with the least left over. */
function leastLeftOver(
  bySize: readonly UsableLot[],
  needed: Fraction,
  count: number,
  isEnough: Suffices,
): readonly Chosen[] | undefined {
  let best: readonly Chosen[] | undefined;
  let bestTotal: Fraction | undefined;
  const smallest = bySize[bySize.length - 1];
  const visit = (index: number, left: number, total: Fraction, chosen: readonly Chosen[]): void => {
    const size = bySize[index];
    if (size === undefined || smallest === undefined) {
      if (left > 0 || compare(total, needed) < 0 || !isEnough(chosen)) return;
      if (bestTotal === undefined || compare(total, bestTotal) < 0) [best, bestTotal] = [chosen, total];
      return;
    }
    // The containers that are left hold at most `left` of this size and at least `left` of the smallest.
    if (compare(plus(total, times(size.usable, fraction(left))), needed) < 0) return;
    if (bestTotal !== undefined && compare(plus(total, times(smallest.usable, fraction(left))), bestTotal) >= 0) return;
    const isLast = index === bySize.length - 1;
    for (let taken = Math.min(left, size.order.containers); taken >= (isLast ? left : 0); taken -= 1) {
      const next = taken === 0 ? chosen : [...chosen, { lot: size, containers: taken }];
      visit(index + 1, left - taken, plus(total, times(size.usable, fraction(taken))), next);
    }
  };
  visit(0, count, ZERO, []);
  return best;
}

/** Of the sizes of one lot the fewest containers that hold `needed` and suffice; undefined where all of them do not. */
function chooseSizes(
  bySize: readonly UsableLot[],
  needed: Fraction,
  isEnough: Suffices,
): readonly Chosen[] | undefined {
  const all = bySize.map((lot) => ({ lot, containers: lot.order.containers }));
  if (compare(totalOf(all), needed) < 0) return undefined;
  const most = all.reduce((sum, { containers }) => sum + containers, 0);
  for (let count = fewestByContent(bySize, needed); count <= most; count += 1) {
    const found = leastLeftOver(bySize, needed, count, isEnough);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lots in the order in which they are used: first expiry first, then by the lot's name; of a lot the largest size first. */
function inOrder(lots: readonly UsableLot[]): readonly (readonly UsableLot[])[] {
  const groups = new Map<string, UsableLot[]>();
  for (const lot of lots) {
    const group = groups.get(foldId(lot.order.lot));
    if (group === undefined) groups.set(foldId(lot.order.lot), [lot]);
    else group.push(lot);
  }
  for (const group of groups.values()) group.sort((a, b) => compare(b.usable, a.usable));
  const key = (group: readonly UsableLot[]): string =>
    `${group[0]?.order.expiresOn ?? ""} ${group[0]?.order.lot ?? ""}`;
  return [...groups.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** @throws AllocellError `dose.containers_short`, `dose.lot_mixing_not_allowed`, `dose.draw_above_available` */
function failToSelect(groups: readonly (readonly UsableLot[])[], needed: Fraction, isMixable: boolean): never {
  const atHand = totalOf(groups.flat().map((lot) => ({ lot, containers: lot.order.containers })));
  const [expected, received] = [readable(decimalText(needed)), readable(decimalText(atHand))];
  if (compare(atHand, needed) < 0) {
    return fail("dose.containers_short", "lots", `The containers at hand hold ${received}; ${expected} are needed.`, {
      expected,
      received,
    });
  }
  if (isMixable) {
    const message = `No lot gives the ${expected} that are needed alone, and this product's lots must not be mixed.`;
    return fail("dose.lot_mixing_not_allowed", "lots", message, {
      expected: "one lot that suffices",
      parameters: { needed: expected },
    });
  }
  const message = `The containers at hand hold the ${expected} that are needed, and less can be drawn from them than the dose needs: one container more is needed.`;
  return fail("dose.draw_above_available", "lots", message, {
    expected: "containers from which the dose can be drawn",
    received: `${received} in all`,
    parameters: { needed: expected },
  });
}

/**
 * Which containers are thawed for `needed` usable cells, from which the dose can be drawn.
 *
 * First expiry first. Without mixing: the first-expiring lot that suffices alone. With mixing: lots are taken whole
 * in that order until they suffice; of the last one only what is needed.
 *
 * @param isEnough - whether the extractable volume of a choice gives what is to be drawn
 * @throws AllocellError `dose.lot_mixing_not_allowed`, `dose.containers_short`, `dose.draw_above_available`
 */
export function selectContainers(
  lots: readonly UsableLot[],
  needed: Fraction,
  mayMixLots: boolean,
  isEnough: Suffices,
): readonly Chosen[] {
  const groups = inOrder(lots);
  const chosen: Chosen[] = [];
  let rest = needed;
  for (const group of groups) {
    const own = chooseSizes(group, mayMixLots ? rest : needed, (sizes) => isEnough([...chosen, ...sizes]));
    if (own !== undefined) return [...chosen, ...own];
    if (!mayMixLots) continue;
    const whole = group.map((lot) => ({ lot, containers: lot.order.containers }));
    for (const each of whole) chosen.push(each);
    rest = minus(rest, totalOf(whole));
  }
  return failToSelect(groups, needed, !mayMixLots && groups.length > 1);
}
