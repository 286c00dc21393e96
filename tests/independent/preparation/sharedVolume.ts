import {
  ceiling,
  compare,
  divided,
  downTo,
  floor,
  halfUpTo,
  isAbove,
  isBelow,
  minus,
  over,
  plus,
  read,
  show,
  size,
  times,
  whole,
  write,
} from "./fraction.js";
import type { Fraction } from "./fraction.js";

export interface SharedQuery {
  readonly arms: readonly {
    readonly arm: string;
    readonly dose:
      | { readonly kind: "per-kg" | "flat"; readonly amount: string; readonly unitKind: "viable-cells" | "cd3-cells" }
      | { readonly kind: "placebo" };
    readonly cap?: string;
  }[];
  readonly weightKg: { readonly minimum: string; readonly maximum: string };
  readonly concentrationPerMl: string;
  readonly graduationsMl: readonly string[];
  readonly maximumRoundingErrorPercent: string;
  readonly minimumDrawMl?: string;
  readonly availableMl?: string;
  readonly minimumFinalMl?: string;
  readonly maximumFinalMl: string;
  readonly finalPerMl?: { readonly minimum?: string; readonly maximum?: string };
}

interface Ends {
  readonly arm: string;
  readonly low: Fraction;
  readonly high: Fraction;
}

const greatest = (first: Fraction, ...rest: readonly Fraction[]): Fraction =>
  rest.reduce((most, one) => (isAbove(one, most) ? one : most), first);
const least = (first: Fraction, ...rest: readonly Fraction[]): Fraction =>
  rest.reduce((fewest, one) => (isBelow(one, fewest) ? one : fewest), first);
const upTo = (a: Fraction, step: Fraction): Fraction => times(whole(ceiling(divided(a, step))), step);

/** The targets of every arm with cells, at the least and the greatest weight, after its cap. */
const endsOf = (query: SharedQuery): readonly Ends[] =>
  query.arms.flatMap(({ arm, dose, cap }) => {
    if (dose.kind === "placebo") return [];
    const at = (kg: string): Fraction => {
      const target = dose.kind === "flat" ? read(dose.amount) : times(read(dose.amount), read(kg));
      return cap === undefined ? target : least(target, read(cap));
    };
    return [{ arm, low: at(query.weightKg.minimum), high: at(query.weightKg.maximum) }];
  });

const errorAt = (draw: Fraction, graduation: Fraction): Fraction =>
  divided(times(whole(100), size(minus(halfUpTo(draw, graduation), draw))), draw);

/** The error by the documented three places. */
const errorByFormula = (from: Fraction, to: Fraction, graduation: Fraction): Fraction => {
  const half = divided(graduation, whole(2));
  const first = plus(upTo(minus(from, half), graduation), half);
  const inside = isBelow(from, first) && isBelow(first, to) ? [first] : [];
  return greatest(errorAt(from, graduation), ...[to, ...inside].map((draw) => errorAt(draw, graduation)));
};

/** The same by trying: a fine grid of draws, and up to 300 half graduations, of which the first are the worst. */
const errorByTrying = (from: Fraction, to: Fraction, graduation: Fraction): Fraction => {
  const draws: Fraction[] = [from, to];
  const parts = 97n;
  for (let part = 1n; part < parts; part += 1n) draws.push(plus(from, times(minus(to, from), over(part, parts))));
  const half = divided(graduation, whole(2));
  const halves = (place: bigint): Fraction => plus(times(whole(place), graduation), half);
  const [first, last] = [floor(divided(from, graduation)) - 1n, floor(divided(to, graduation)) + 1n];
  for (let place = first; place <= last && place < first + 300n; place += 1n) draws.push(halves(place));
  const inside = draws.filter((draw) => !isBelow(draw, from) && !isAbove(draw, to) && draw.top > 0n);
  return inside.map((draw) => errorAt(draw, graduation)).reduce((most, one) => greatest(most, one));
};

export interface Syringe {
  readonly graduationMl: string;
  /** Every documented condition that fails; the docs name no order among those of one rule. */
  readonly obstacles: readonly string[];
  readonly from: Fraction;
  readonly to: Fraction;
  readonly error: Fraction;
  readonly errorTried: Fraction;
}

/** One syringe with one concentration; the error is tried at many draws unless `errorAlso` is the formula itself. */
const tryOne = (query: SharedQuery, perMl: Fraction, graduationMl: string, errorAlso = errorByTrying): Syringe => {
  const graduation = read(graduationMl);
  const arms = endsOf(query);
  const obstacles: string[] = [];
  const add = (kind: string, arm: string): void => void obstacles.push(`${kind} ${arm}`);
  const drawOf = (cells: Fraction): Fraction => halfUpTo(divided(cells, perMl), graduation);
  const most = read(query.maximumFinalMl);
  let from = query.minimumFinalMl === undefined ? graduation : read(query.minimumFinalMl);
  let to = most;
  if (isAbove(upTo(from, graduation), downTo(most, graduation))) add("final-volume", "");
  let [error, errorTried] = [whole(0), whole(0)];
  const { minimum: lo, maximum: hi } = query.finalPerMl ?? {};
  for (const { arm, low, high } of arms) {
    const [first, last] = [divided(low, perMl), divided(high, perMl)];
    const own = errorByFormula(first, last, graduation);
    error = greatest(error, own);
    errorTried = greatest(errorTried, errorAlso(first, last, graduation));
    if (isAbove(own, read(query.maximumRoundingErrorPercent))) add("rounding-error", arm);
    if (query.minimumDrawMl !== undefined && isBelow(drawOf(low), read(query.minimumDrawMl)))
      add("draw-below-minimum", arm);
    if (query.availableMl !== undefined && isAbove(drawOf(high), read(query.availableMl)))
      add("draw-above-available", arm);
    if (isAbove(drawOf(high), most)) add("draw-above-final-volume", arm);
    from = greatest(from, drawOf(high));
    if (hi !== undefined) from = greatest(from, divided(times(drawOf(high), perMl), read(hi)));
    if (lo !== undefined) to = least(to, divided(times(drawOf(low), perMl), read(lo)));
  }
  [from, to] = [upTo(from, graduation), downTo(to, graduation)];
  if (isAbove(from, to)) for (const { arm } of arms) add("final-concentration", arm);
  return { graduationMl, obstacles, from, to, error, errorTried };
};

/** The documented range of concentrations that would do, in whole cells for each mL. */
const concentrationsFor = (query: SharedQuery, graduationMl: string): readonly [bigint, bigint] | undefined => {
  const graduation = read(graduationMl);
  const arms = endsOf(query);
  const [one] = arms;
  if (one === undefined) return undefined;
  const low = least(one.low, ...arms.map((arm) => arm.low));
  const high = greatest(one.high, ...arms.map((arm) => arm.high));
  const limit = read(query.maximumRoundingErrorPercent);
  const [lo, hi] = [query.finalPerMl?.minimum, query.finalPerMl?.maximum];
  const upTo = (volume: Fraction): Fraction => times(whole(ceiling(divided(volume, graduation))), graduation);
  const mostMl = downTo(read(query.maximumFinalMl), graduation);
  const leastMl = query.minimumFinalMl === undefined ? graduation : upTo(read(query.minimumFinalMl));
  if (isAbove(leastMl, mostMl)) return undefined;
  const twice = (value: Fraction): Fraction => divided(times(whole(2), value), graduation);
  const tops = [divided(times(whole(2), limit, low), times(whole(100), graduation))];
  if (query.minimumDrawMl !== undefined) tops.push(divided(low, upTo(read(query.minimumDrawMl))));
  if (hi !== undefined) tops.push(twice(minus(times(read(hi), mostMl), high)));
  if (hi !== undefined && lo !== undefined) {
    const apart = times(graduation, read(lo), read(hi));
    const room = minus(minus(times(low, read(hi)), times(high, read(lo))), apart);
    tops.push(divided(twice(room), plus(read(hi), read(lo))));
  }
  if (lo !== undefined) tops.push(twice(minus(low, times(read(lo), leastMl))));
  const to = floor(tops.reduce((fewest, top) => least(fewest, top)));
  if (to < 1n) return undefined;
  const volumes = [mostMl];
  if (query.availableMl !== undefined) volumes.push(read(query.availableMl));
  if (lo !== undefined) volumes.push(divided(minus(low, divided(times(graduation, whole(to)), whole(2))), read(lo)));
  const volume = downTo(
    volumes.reduce((fewest, one) => least(fewest, one)),
    graduation,
  );
  if (volume.top <= 0n) return undefined;
  const from = ceiling(divided(high, volume));
  return from > to ? undefined : [from, to];
};

/** Rules 1 to 3 but for the error between the ends, in whole graduations: quick, and necessary. */
const quickTest = (query: SharedQuery, graduationMl: string): ((perMl: bigint) => boolean) => {
  const graduation = read(graduationMl);
  const inGraduations = (ml: string): Fraction => divided(read(ml), graduation);
  const limit = read(query.maximumRoundingErrorPercent);
  const most = floor(inGraduations(query.maximumFinalMl));
  const start = query.minimumFinalMl === undefined ? 1n : ceiling(inGraduations(query.minimumFinalMl));
  const leastDraw = query.minimumDrawMl === undefined ? 0n : ceiling(inGraduations(query.minimumDrawMl));
  const mostDraw = query.availableMl === undefined ? most : floor(inGraduations(query.availableMl));
  const lo = query.finalPerMl?.minimum === undefined ? undefined : read(query.finalPerMl.minimum);
  const hi = query.finalPerMl?.maximum === undefined ? undefined : read(query.finalPerMl.maximum);
  const ends = endsOf(query).flatMap(({ low, high }) => [low, high]);
  return (perMl) => {
    let [from, to] = [start, most];
    for (const { top: cells, bottom: parts } of ends) {
      // the draw of these cells is top / bottom graduations, and drawn when rounded
      const [top, bottom] = [cells * graduation.bottom, parts * graduation.top * perMl];
      const drawn = (2n * top + bottom) / (2n * bottom);
      const apart = drawn * bottom - top;
      if (100n * (apart < 0n ? -apart : apart) * limit.bottom > limit.top * top) return false;
      if (drawn < leastDraw || drawn > mostDraw || drawn > to) return false;
      if (drawn > from) from = drawn;
      const has = drawn * perMl;
      if (hi !== undefined && from * hi.top < has * hi.bottom) from = (has * hi.bottom + hi.top - 1n) / hi.top;
      if (lo !== undefined && to * lo.top > has * lo.bottom) to = (has * lo.bottom) / lo.top;
      if (from > to) return false;
    }
    return true;
  };
};

/** Single concentrations, where the documented range is empty: of those that do, the nearest to the lot's. */
const singleFor = (query: SharedQuery, graduationMl: string): bigint | undefined => {
  const graduation = read(graduationMl);
  const mostMl = read(query.maximumFinalMl);
  const lot = read(query.concentrationPerMl);
  const named = new Set<bigint>();
  for (const { low, high } of endsOf(query))
    for (const end of [low, high])
      for (let place = 1n; place <= 300n && !isAbove(times(whole(place), graduation), mostMl); place += 1n) {
        const [top, bottom] = [end.top * graduation.bottom, end.bottom * graduation.top * place];
        named.add(top / bottom).add((top + bottom - 1n) / bottom);
      }
  const mayDo = quickTest(query, graduationMl);
  return [...named]
    .filter((perMl) => perMl > 0n && mayDo(perMl))
    .map((perMl) => ({ perMl, away: size(minus(whole(perMl), lot)) }))
    .sort((one, other) => compare(one.away, other.away) || (one.perMl < other.perMl ? -1 : 1))
    .find(({ perMl }) => tryOne(query, whole(perMl), graduationMl, errorByFormula).obstacles.length === 0)?.perMl;
};

/** "One volume for all arms" of docs/preparation-checks.md. */
export const shareVolume = (
  query: SharedQuery,
): {
  readonly syringes: readonly Syringe[];
  readonly options: readonly unknown[];
  readonly concentrations: readonly { graduationMl: string; perMl: { from: string; to: string } }[];
} => {
  const perMl = read(query.concentrationPerMl);
  const syringes = query.graduationsMl.map((graduationMl) => tryOne(query, perMl, graduationMl));
  return {
    syringes,
    options: syringes
      .filter(({ obstacles }) => obstacles.length === 0)
      .map(({ graduationMl, from, to, error }) => ({
        graduationMl,
        finalVolumeMl: { from: write(from), to: write(to) },
        greatestRoundingErrorPercent: show(error),
      })),
    concentrations: syringes
      .filter(({ obstacles }) => obstacles.length > 0)
      .flatMap(({ graduationMl }) => {
        const single = (): bigint | undefined => singleFor(query, graduationMl);
        const [from, to = from] = concentrationsFor(query, graduationMl) ?? [single()];
        return from === undefined ? [] : [{ graduationMl, perMl: { from: String(from), to: String(to) } }];
      }),
  };
};

/** Whether a syringe does with another concentration: every condition tried, and the error at every draw. */
export const doesWith = (query: SharedQuery, perMl: bigint, graduationMl: string): boolean =>
  tryOne(query, whole(perMl), graduationMl).obstacles.length === 0;

export const isSameError = ({ error, errorTried }: Syringe): boolean => compare(error, errorTried) === 0;

/** A least above its greatest: the docs speak of no such query; it is taken for one of the wrong shape. */
export const isInverted = ({ minimumFinalMl, maximumFinalMl, finalPerMl }: SharedQuery): boolean => {
  const { minimum, maximum } = finalPerMl ?? {};
  return (
    (minimumFinalMl !== undefined && isAbove(read(minimumFinalMl), read(maximumFinalMl))) ||
    (minimum !== undefined && maximum !== undefined && isAbove(read(minimum), read(maximum)))
  );
};
