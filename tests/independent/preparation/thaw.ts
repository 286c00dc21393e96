import { compare, isBelow, isSame, minus, sumOf, times, whole } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import type { Entry } from "./entries.js";

export interface Taken {
  readonly entry: Entry;
  readonly count: number;
}

export interface Thaw {
  readonly taken: readonly Taken[];
  /** Two choices of containers are equally few with equally much left over, and the docs name no third rule. */
  readonly isTied: boolean;
}

const usableOf = (taken: readonly Taken[]): Fraction =>
  sumOf(taken.map(({ entry, count }) => times(whole(count), entry.usable)));

const everything = (sizes: readonly Entry[]): readonly Taken[] =>
  sizes.map((entry) => ({ entry, count: entry.atHand }));

/** Every way to take containers of these sizes, tried one by one: plain, and slow for more than a few. */
const choices = (sizes: readonly Entry[]): readonly (readonly Taken[])[] =>
  sizes.reduce<readonly (readonly Taken[])[]>(
    (ways, entry) =>
      ways.flatMap((way) => Array.from({ length: entry.atHand + 1 }, (_, count) => [...way, { entry, count }])),
    [[]],
  );

/** Whether the draw can be taken from the containers. */
export type IsEnough = (taken: readonly Taken[]) => boolean;

const used = (way: readonly Taken[]): readonly Taken[] => way.filter(({ count }) => count > 0);

const countOf = (way: readonly Taken[]): number => way.reduce((sum, { count }) => sum + count, 0);

/** The fewest containers that suffice, and of those choices the one with the least left over; undefined where none does. */
const fewest = (sizes: readonly Entry[], needed: Fraction, isEnough: IsEnough): Thaw | undefined => {
  const suffices = (way: readonly Taken[]): boolean => !isBelow(usableOf(way), needed) && isEnough(used(way));
  const counted = choices(sizes).map((way) => ({ way, count: countOf(way) }));
  let few: readonly (readonly Taken[])[] = [];
  let most = Infinity;
  for (const { way, count } of counted.sort((one, other) => one.count - other.count)) {
    if (count > most) break;
    if (count > 0 && suffices(way)) [few, most] = [[...few, way], count];
  }
  const [best, next] = few.toSorted((one, other) => compare(usableOf(one), usableOf(other)));
  if (best === undefined) return undefined;
  return { taken: best, isTied: next !== undefined && isSame(usableOf(best), usableOf(next)) };
};

const textOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Containers by lot: by expiry date, then by name; refusals as codes. */
export const chooseContainers = (
  entries: readonly Entry[],
  needed: Fraction,
  mayMix: boolean,
  isEnough: IsEnough,
): Thaw | string => {
  const names = [...new Set(entries.map(({ lot }) => lot))];
  const lots = names
    .map((name) => entries.filter(({ lot }) => lot === name).sort((one, other) => compare(other.usable, one.usable)))
    .sort(
      (one, other) =>
        textOrder(one[0]?.expiresOn ?? "", other[0]?.expiresOn ?? "") ||
        textOrder(one[0]?.lot ?? "", other[0]?.lot ?? ""),
    );
  const inAll = usableOf(lots.flatMap(everything));
  const tiedSizes = (sizes: readonly Entry[]): boolean =>
    sizes.some((one, place) => sizes.slice(place + 1).some((other) => isSame(one.usable, other.usable)));

  const refusal = (): string => {
    if (isBelow(inAll, needed)) return "dose.containers_short";
    return !mayMix && lots.length > 1 ? "dose.lot_mixing_not_allowed" : "dose.draw_above_available";
  };
  if (!mayMix) {
    for (const sizes of lots) {
      const alone = fewest(sizes, needed, isEnough);
      if (alone !== undefined) return { taken: used(alone.taken), isTied: alone.isTied || tiedSizes(sizes) };
    }
    return refusal();
  }
  let [rest, isTied] = [needed, false];
  const taken: Taken[] = [];
  for (const sizes of lots) {
    isTied ||= tiedSizes(sizes);
    const last = fewest(sizes, rest, (way) => isEnough([...taken, ...way]));
    if (last !== undefined) return { taken: used([...taken, ...last.taken]), isTied: isTied || last.isTied };
    const whole = everything(sizes);
    taken.push(...whole);
    rest = minus(rest, usableOf(whole));
  }
  return refusal();
};
