import {
  ceiling,
  compare,
  divided,
  floor,
  isAbove,
  isBelow,
  isSame,
  minus,
  plus,
  read,
  show,
  times,
  whole,
  write,
} from "./fraction.js";
import type { Fraction } from "./fraction.js";
import type { Weighed } from "./dosingWeight.js";
import type { Drawn } from "./syringe.js";
import type { Order, Worksheet } from "./shape.js";

/** Minutes since an arbitrary midnight. */
const minuteOf = (time: string): number => Date.parse(`${time}:00Z`) / 60_000;
const dayAfter = (day: string): string => timeOf(minuteOf(`${day}T00:00`) + 1_440).slice(0, 10);
const timeOf = (minute: number): string => new Date(minute * 60_000).toISOString().slice(0, 16);

/** The stated final volume; or the draw, with the diluent of each thawed container where that is stated. */
export const volumeOf = ({ infusion }: Order, drawn: Drawn | undefined): Fraction | undefined => {
  if (infusion.finalVolumeMl !== undefined) return read(infusion.finalVolumeMl);
  if (drawn === undefined) return undefined;
  const thawed = drawn.taken.reduce((sum, { count }) => sum + count, 0);
  return plus(drawn.volume, times(whole(thawed), read(infusion.diluentPerContainerMl ?? "0")));
};

/** Steps `diluent` to `drops-per-min`. Returns the exact duration, where one is known. */
const infuse = (
  order: Order,
  drawn: Drawn | undefined,
  weighed: Weighed | undefined,
  sheet: Worksheet,
): Fraction | undefined => {
  const { refusals, steps, warnings } = sheet;
  const { infusion } = order;
  const { limits } = infusion;
  const ways = [infusion.rateMlPerMin, infusion.rateMlPerHour, infusion.minutes].filter((way) => way !== undefined);
  if (ways.length > 1) refusals.add("dose.rate_and_minutes");
  if (limits !== undefined && weighed === undefined) {
    if (limits.maximumMlPerKgPerHour !== undefined || limits.maximumCellsPerKgPerMin !== undefined) {
      refusals.add("dose.weight_missing");
    }
  }
  if (drawn === undefined && infusion.finalVolumeMl === undefined) {
    refusals.add("dose.final_volume_missing");
    return undefined;
  }
  const volume = volumeOf(order, drawn) ?? whole(0);
  if (infusion.finalVolumeMl !== undefined && infusion.diluentPerContainerMl !== undefined)
    refusals.add("dose.preparation_invalid");
  if (infusion.diluentPerContainerMl !== undefined) steps.push(["final-volume", write(volume), write(volume)]);
  for (const other of infusion.otherArms ?? []) {
    if (!isSame(read(other.finalVolumeMl), volume)) refusals.add("dose.arm_volumes_differ");
  }
  const delivered = drawn?.delivered ?? whole(0);
  const diluent = minus(volume, drawn?.volume ?? whole(0));
  if (diluent.top < 0n) refusals.add("dose.diluent_negative");
  if (volume.top === 0n) return undefined;
  const concentration = divided(delivered, volume);
  steps.push(
    ["diluent", write(diluent), write(diluent)],
    ["final-concentration", write(concentration), show(concentration)],
  );
  const { minimum, maximum } = order.product?.concentrationPerMl ?? {};
  if (minimum !== undefined && isBelow(concentration, read(minimum))) refusals.add("dose.concentration_outside_range");
  if (maximum !== undefined && isAbove(concentration, read(maximum))) refusals.add("dose.concentration_outside_range");

  const results: Record<string, string | undefined> = {
    finalVolumeMl: write(volume),
    diluentMl: write(diluent),
    concentrationPerMl: show(concentration),
  };
  sheet.results["infusion"] = results;
  let rate: Fraction;
  let minutes: Fraction;
  if (infusion.rateMlPerHour !== undefined) results["rateMlPerHour"] = infusion.rateMlPerHour;
  if (infusion.rateMlPerMin !== undefined || infusion.rateMlPerHour !== undefined) {
    rate =
      infusion.rateMlPerHour === undefined
        ? read(infusion.rateMlPerMin ?? "")
        : divided(read(infusion.rateMlPerHour), whole(60));
    minutes = divided(volume, rate);
    steps.push(["minutes", write(minutes), show(minutes)]);
  } else if (infusion.minutes !== undefined) {
    minutes = read(infusion.minutes);
    rate = divided(volume, minutes);
    steps.push(["rate", write(rate), show(rate)]);
  } else return undefined;
  [results["minutes"], results["rateMlPerMin"]] = [show(minutes), show(rate)];

  const most = (value: Fraction, limit: string | undefined): void => {
    if (limit !== undefined && isAbove(value, read(limit))) refusals.add("dose.rate_outside_limits");
  };
  const least = (value: Fraction, limit: string | undefined): void => {
    if (limit !== undefined && isBelow(value, read(limit))) refusals.add("dose.rate_outside_limits");
  };
  most(rate, limits?.maximumMlPerMin);
  least(rate, limits?.minimumMlPerMin);
  most(minutes, limits?.maximumMinutes);
  least(minutes, limits?.minimumMinutes);
  if (weighed !== undefined) {
    const perKgPerHour = divided(times(whole(60), rate), weighed.dosing);
    steps.push(["ml-per-kg-per-hour", write(perKgPerHour), show(perKgPerHour)]);
    results["mlPerKgPerHour"] = show(perKgPerHour);
    most(perKgPerHour, limits?.maximumMlPerKgPerHour);
    if (drawn !== undefined) {
      const cells = divided(delivered, times(weighed.dosing, minutes));
      steps.push(["cells-per-kg-per-min", write(cells), show(cells)]);
      results["cellsPerKgPerMin"] = show(cells);
      most(cells, limits?.maximumCellsPerKgPerMin);
    }
  }
  if (infusion.dropsPerMl !== undefined) {
    const drops = times(rate, read(infusion.dropsPerMl));
    steps.push(["drops-per-min", write(drops), show(drops)]);
    results["dropsPerMin"] = show(drops);
  }
  if (infusion.longMinutes !== undefined && isAbove(minutes, read(infusion.longMinutes)))
    warnings.push({ code: "dose.long_infusion" });
  return minutes;
};

/** Step `stability`. */
const keepTime = (order: Order, minutes: Fraction | undefined, drawn: Drawn | undefined, sheet: Worksheet): void => {
  const { clock } = order;
  if (clock === undefined) return;
  const [thawed, start] = [minuteOf(clock.thawedAt), minuteOf(clock.startAt)];
  // The docs name no code for a thaw on another day.
  const days = [order.preparedOn, dayAfter(order.preparedOn)];
  const isThawDay = days.includes(clock.thawedAt.slice(0, 10));
  if (!isThawDay || start < thawed || minutes === undefined) sheet.refusals.add("dose.clock_invalid");
  if (minutes === undefined) return;
  const held = start + Number(ceiling(minutes)) - thawed;
  if (clock.longHoldMinutes !== undefined && held > clock.longHoldMinutes)
    sheet.warnings.push({ code: "dose.long_hold" });
  const expires = thawed + clock.stabilityMinutes;
  const finish = start + Number(ceiling(minutes)) + clock.lineFlushMinutes;
  const spare = expires - finish;
  if (spare < 0) sheet.refusals.add("dose.expires_before_end");
  const endDate = timeOf(finish).slice(0, 10);
  if ((drawn?.taken ?? []).some(({ entry }) => entry.expiresOn < endDate))
    sheet.refusals.add("dose.expires_before_end");
  sheet.steps.push(["stability", String(spare), String(spare)]);
  sheet.results["stability"] = {
    thawedAt: clock.thawedAt,
    startAt: clock.startAt,
    finishAt: timeOf(finish),
    expiresAt: timeOf(expires),
    spareMinutes: spare,
  };
};

/** Steps `dmso`, `dmso-per-kg` and `endotoxin`. */
const addDay = (order: Order, drawn: Drawn | undefined, weighed: Weighed | undefined, sheet: Worksheet): void => {
  const { refusals, steps } = sheet;
  const { dmso, endotoxinEuPerMl } = order.product ?? {};
  const { dayTotals } = order;
  const limitGPerKg = dayTotals?.dmsoLimitGPerKg === undefined ? whole(1) : read(dayTotals.dmsoLimitGPerKg);
  if (isAbove(limitGPerKg, whole(1))) refusals.add("dose.dmso_limit_loosened");
  const otherDmso = read(dayTotals?.otherDmsoG ?? "0");
  const otherEndotoxin = read(dayTotals?.otherEndotoxinEu ?? "0");
  const hasOwn = dmso !== undefined || endotoxinEuPerMl !== undefined;
  if (!hasOwn && otherDmso.top === 0n && otherEndotoxin.top === 0n) return;
  if (dayTotals === undefined) refusals.add("dose.day_totals_missing");
  const volume = drawn?.volume ?? whole(0);
  if (weighed === undefined) refusals.add("dose.weight_missing");
  if (dayTotals === undefined || weighed === undefined) return;
  const results: Record<string, string> = {};
  if (dmso !== undefined || otherDmso.top > 0n) {
    const gramsOf = (volumeMl: Fraction): Fraction =>
      dmso === undefined
        ? whole(0)
        : "percentVv" in dmso
          ? times(divided(times(volumeMl, read(dmso.percentVv)), whole(100)), read("1.10"))
          : divided(times(volumeMl, read(dmso.mgPerMl)), whole(1000));
    const own = gramsOf(volume);
    const grams = plus(own, otherDmso);
    const perKg = divided(grams, weighed.now);
    steps.push(["dmso", write(grams), write(grams)], ["dmso-per-kg", write(perKg), show(perKg, "0.0001")]);
    if (isAbove(perKg, limitGPerKg)) refusals.add("dose.dmso_above_limit");
    results["dmsoG"] = write(grams);
    results["dmsoGPerKg"] = show(perKg, "0.0001");
    results["dmsoLimitGPerKg"] = write(limitGPerKg);
    const largest = (drawn?.taken ?? [])
      .map(({ entry }) => entry.extractable)
      .toSorted(compare)
      .at(-1);
    if (dmso !== undefined && largest !== undefined && order.dose.rule.kind === "whole-containers") {
      const bags = divided(minus(times(limitGPerKg, weighed.now), otherDmso), gramsOf(largest));
      results["mostContainers"] = bags.top < 0n ? "0" : String(floor(bags));
      steps.push(["dmso-most-containers", write(bags), results["mostContainers"]]);
    }
  }
  if (endotoxinEuPerMl !== undefined || otherEndotoxin.top > 0n) {
    const units = plus(times(volume, read(endotoxinEuPerMl ?? "0")), otherEndotoxin);
    const limit = times(whole(5), weighed.now);
    steps.push(["endotoxin", write(units), write(units)]);
    if (isAbove(units, limit)) refusals.add("dose.endotoxin_above_limit");
    results["endotoxinEu"] = write(units);
    results["endotoxinLimitEu"] = write(limit);
  }
  sheet.results["dayTotals"] = results;
};

/** From the syringe to the end of the infusion. `drawn` is undefined for a placebo. */
export const fillBag = (
  order: Order,
  drawn: Drawn | undefined,
  weighed: Weighed | undefined,
  sheet: Worksheet,
): Fraction | undefined => {
  const minutes = infuse(order, drawn, weighed, sheet);
  keepTime(order, minutes, drawn, sheet);
  addDay(order, drawn, weighed, sheet);
  return minutes;
};
