import {
  ceiling,
  divided,
  downTo,
  floor,
  halfUpTo,
  isAbove,
  isBelow,
  minus,
  plus,
  read,
  show,
  size,
  sumOf,
  times,
  whole,
  write,
} from "./fraction.js";
import type { Fraction } from "./fraction.js";
import { isOutside } from "./ordered.js";
import type { Ordered } from "./ordered.js";
import { readEntries } from "./entries.js";
import { chooseContainers } from "./thaw.js";
import type { Taken } from "./thaw.js";
import type { Order, Worksheet } from "./shape.js";

export interface Drawn {
  readonly volume: Fraction;
  readonly delivered: Fraction;
  readonly taken: readonly Taken[];
  /** What is drawn from how many containers of each entry. */
  readonly each: readonly { readonly volume: Fraction; readonly count: number }[];
}

const aboveLimits = (dose: Fraction, ordered: Ordered): boolean =>
  [ordered.cap, ordered.range.highest, ordered.hard.highest].some((most) => most !== undefined && isAbove(dose, most));

const belowLimits = (dose: Fraction, ordered: Ordered): boolean =>
  [ordered.range.lowest, ordered.hard.lowest].some((least) => least !== undefined && isBelow(dose, least));

/** "draw", with what the order says of a limit that rounding would cross. */
const drawFrom = (
  taken: readonly Taken[],
  target: Fraction,
  graduation: Fraction,
  draw: NonNullable<Order["draw"]>,
  ordered: Ordered,
) => {
  const last = taken.at(-1);
  if (last === undefined) throw new Error("a dose of cells without a container");
  const emptied = taken.slice(0, -1).map((one) => downTo(times(whole(one.count), one.entry.extractable), graduation));
  const cellsOfEmptied = emptied.map((volume, place) => times(volume, taken[place]?.entry.concentration ?? whole(0)));
  const fromEmptied = sumOf(cellsOfEmptied);
  const wanted = divided(minus(target, fromEmptied), last.entry.concentration);
  const exactLast = wanted.top < 0n ? whole(0) : wanted;
  const rounded = halfUpTo(exactLast, graduation);
  const doseOf = (volume: Fraction): Fraction => plus(fromEmptied, times(volume, last.entry.concentration));
  const isLess =
    draw.whenAbove === "one-graduation-less" && aboveLimits(doseOf(rounded), ordered) && !isBelow(rounded, graduation);
  const isMore = draw.whenBelow === "one-graduation-more" && belowLimits(doseOf(rounded), ordered);
  const fromLast = isLess ? minus(rounded, graduation) : isMore ? plus(rounded, graduation) : rounded;
  const delivered = doseOf(fromLast);
  return { last, emptied, cellsOfEmptied, fromEmptied, wanted, exactLast, fromLast, delivered, isLess, isMore };
};

/** Each container emptied down to a whole graduation, the rest from one more; or the same from each. */
const drawsOf = (
  volume: Fraction,
  count: number,
  extractable: Fraction,
  graduation: Fraction,
): readonly { readonly containers: number; readonly drawMl: string }[] => {
  if (volume.top === 0n) return [];
  const each = downTo(extractable, graduation);
  const full = each.top === 0n ? 0n : floor(divided(volume, each));
  const emptied = full < BigInt(count) ? Number(full) : count;
  const rest = minus(volume, times(whole(emptied), each));
  if (isAbove(rest, extractable) || (rest.top > 0n && emptied === count))
    return [{ containers: count, drawMl: write(divided(volume, whole(count))) }];
  return [
    ...(emptied === 0 ? [] : [{ containers: emptied, drawMl: write(each) }]),
    ...(rest.top === 0n ? [] : [{ containers: 1, drawMl: write(rest) }]),
  ];
};

/** From the containers to the delivered dose. Undefined where no draw can be computed. */
export const fillSyringe = (order: Order, ordered: Ordered, sheet: Worksheet): Drawn | undefined | "tied" => {
  const { refusals, steps, warnings } = sheet;
  const { draw, product, lots } = order;
  const kind = order.dose.rule.unitKind;
  if (draw === undefined || product === undefined || lots === undefined) {
    refusals.add("dose.product_missing");
    return undefined;
  }
  const { target } = ordered;
  const graduation = read(draw.graduationMl);
  const needed = times(target, plus(whole(1), divided(read(draw.overfillPercent), whole(100))));
  const entries = readEntries(order, kind, needed, sheet);
  // Nothing can be computed by volume without the label's concentration.
  if (refusals.has("dose.label_concentration_missing")) return undefined;
  const thaw = chooseContainers(entries, needed, product.mayMixLots, (taken) => {
    const { fromLast, last } = drawFrom(taken, target, graduation, draw, ordered);
    return !isAbove(fromLast, times(whole(last.count), last.entry.extractable));
  });
  if (typeof thaw === "string") {
    refusals.add(thaw);
    return undefined;
  }
  if (thaw.isTied) return "tied";
  const { taken } = thaw;
  const last = taken.at(-1);
  if (last === undefined) throw new Error("a dose of cells without a container");
  const count = String(taken.reduce((sum, one) => sum + one.count, 0));
  const byContent = divided(needed, last.entry.usable);
  const byVolume = divided(drawFrom(taken, target, graduation, draw, ordered).fromLast, last.entry.extractable);
  const quotient = ceiling(byVolume) > ceiling(byContent) ? byVolume : byContent;
  steps.push(["containers", taken.length === 1 ? write(quotient) : count, count]);
  const { emptied, cellsOfEmptied, wanted, exactLast, fromLast, delivered, isLess, isMore } = drawFrom(
    taken,
    target,
    graduation,
    draw,
    ordered,
  );
  for (const cells of cellsOfEmptied) steps.push(["emptied", write(cells), write(cells)]);
  steps.push(["concentration", write(last.entry.concentration), write(last.entry.concentration)]);
  if (wanted.top < 0n) refusals.add("dose.earlier_lots_above_target");
  const exact = plus(sumOf(emptied), exactLast);
  const volume = plus(sumOf(emptied), fromLast);
  if (aboveLimits(delivered, ordered)) refusals.add("dose.delivered_above_limit");
  if (belowLimits(delivered, ordered) && !belowLimits(target, ordered)) refusals.add("dose.delivered_below_limit");
  if (!isOutside(target, ordered.soft) && isOutside(delivered, ordered.soft))
    warnings.push({ code: "dose.outside_soft_limit" });
  if (volume.top === 0n) refusals.add("dose.draw_zero");
  const isIdle = taken.length > 1 && fromLast.top === 0n;
  if (isIdle) warnings.push({ code: "dose.nothing_drawn_from_lot" });
  if (isAbove(fromLast, times(whole(last.count), last.entry.extractable))) refusals.add("dose.draw_above_available");
  steps.push(["draw", write(exact), write(volume)]);

  if (draw.deadVolumeMl !== undefined) {
    const residual = minus(sumOf(taken.map((one) => times(whole(one.count), one.entry.fill))), volume);
    steps.push(["residual", write(residual), write(residual)]);
    if (isBelow(residual, read(draw.deadVolumeMl))) refusals.add("dose.residual_below_dead_volume");
  }
  steps.push(["delivered", write(delivered), write(delivered)]);
  const error = divided(times(whole(100), minus(delivered, target)), target);
  steps.push(["rounding-error", write(error), show(error)]);
  if (isAbove(size(error), whole(1))) warnings.push({ code: "dose.rounding_error_high" });
  const withOverfill = divided(times(delivered, plus(whole(100), read(draw.overfillPercent))), whole(100));
  const leftOver = minus(sumOf(taken.map((one) => times(whole(one.count), one.entry.usable))), withOverfill);
  const isNeededByVolume = isAbove(fromLast, times(whole(last.count - 1), last.entry.extractable));
  if (!isIdle && !isNeededByVolume && !isBelow(leftOver, last.entry.usable)) warnings.push({ code: "dose.waste_high" });

  sheet.results["containers"] = taken.map(({ entry, count: containers }, place) => {
    const drawn = emptied[place] ?? fromLast;
    return {
      lot: entry.lot,
      entry: entry.place,
      expiresOn: entry.expiresOn,
      containers,
      usablePerContainer: write(entry.usable),
      concentrationPerMl: write(entry.concentration),
      isMeasured: entry.isMeasured,
      drawMl: write(drawn),
      draws: drawsOf(drawn, containers, entry.extractable, graduation),
      delivered: write(times(drawn, entry.concentration)),
    };
  });
  sheet.results["delivered"] = {
    drawMl: write(volume),
    exactDrawMl: write(exact),
    amount: write(delivered),
    roundingErrorPercent: show(error),
    isOneGraduationLess: isLess,
    isOneGraduationMore: isMore,
  };
  const each = taken.map(({ count: containers }, place) => ({ volume: emptied[place] ?? fromLast, count: containers }));
  return { volume, delivered, taken, each };
};
