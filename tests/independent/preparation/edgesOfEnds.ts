import { divided, over, read, times } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import {
  delivered,
  finalVolume,
  flat,
  isWeight,
  limitOf,
  near,
  perKg,
  perKgOf,
  rateOf,
  target,
  withDose,
  withProduct,
  withRate,
} from "./near.js";
import type { Edge } from "./near.js";
import type { Computed } from "./secondProgram.js";
import type { Order } from "./shape.js";

/** A least and a greatest at one value: the wrong way round by a little (-1), one and the same (0), in order (1). */
const both =
  (
    value: (order: Order, now: Computed) => Fraction | undefined,
    make: (order: Order, minimum: string, maximum: string) => Order | undefined,
  ): Edge =>
  (order, now, side) =>
    limitOf(near(value(order, now), 0), (on) =>
      limitOf(near(value(order, now), 1), (above) => make(order, side < 0 ? above : on, side > 0 ? above : on)),
    );

/** Each states both ends of one limit. */
export const edgesOfEnds: Readonly<Record<string, Edge>> = {
  softOfOne: both(
    (_order, now) => target(now),
    (order, minimum, maximum) => withDose(order, { soft: { minimum: flat(minimum), maximum: flat(maximum) } }),
  ),
  hardOfOne: both(
    (_order, now) => delivered(now),
    (order, minimum, maximum) => withDose(order, { hard: { minimum: flat(minimum), maximum: flat(maximum) } }),
  ),
  rangeOfOnePerKg: both(
    (_order, now) => perKg(target(now), now),
    (order, minimum, maximum) => withDose(order, { range: { minimum: perKgOf(minimum), maximum: perKgOf(maximum) } }),
  ),
  expectedKgOfOne: both(
    (order) => order.weight && read(order.weight.weightKg),
    (order, minimum, maximum) =>
      order.weight === undefined || !isWeight(minimum) || !isWeight(maximum)
        ? undefined
        : { ...order, weight: { ...order.weight, expectedKg: { minimum, maximum } } },
  ),
  concentrationOfOne: both(
    (order, now) => {
      const volume = finalVolume(order, now);
      return volume && now.drawn && divided(now.drawn.delivered, volume);
    },
    (order, minimum, maximum) => withProduct(order, { concentrationPerMl: { minimum, maximum } }),
  ),
  rateOfOne: both(rateOf, (order, minimumMlPerMin, maximumMlPerMin) =>
    withRate(order, { minimumMlPerMin, maximumMlPerMin }),
  ),
  minutesOfOne: both(
    (_order, now) => now.minutes,
    (order, minimumMinutes, maximumMinutes) => withRate(order, { minimumMinutes, maximumMinutes }),
  ),
  /** A flat least and a greatest per kg, of which the number is the smaller one: two kinds are no contradiction. */
  endsOfTwoKinds: (order, now, side) => {
    const [dose, each] = [target(now), perKg(target(now), now)];
    return limitOf(near(dose && times(dose, over(9n, 10n)), side), (minimum) =>
      limitOf(near(each && times(each, over(3n, 2n)), side), (maximum) =>
        withDose(order, { hard: { minimum: flat(minimum), maximum: perKgOf(maximum) } }),
      ),
    );
  },
};
