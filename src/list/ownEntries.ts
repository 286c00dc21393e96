import type { Issue } from "../foundation/index.js";

/** A factor with its levels; plans stand above this file. */
interface Factor {
  readonly factor: string;
  readonly levels: readonly string[];
}

/** Something that a plan says of some of its strata: of all that have the levels that it names. */
export interface OwnEntry {
  /** A level of one or more factors: of all of them for one stratum, of one for the strata of a site, say. */
  readonly stratum: Readonly<Record<string, string>>;
}

/** Pairs of factor and level, in declared order. */
type Levels = readonly (readonly [factor: string, level: string])[];

/** Entries that name the same factors, by the levels that they name. */
interface Group<T> {
  readonly factors: readonly string[];
  readonly entries: Map<string, T>;
}

const keyOf = (factors: readonly string[], levelOf: (factor: string) => string | undefined): string =>
  JSON.stringify(factors.map(levelOf));

function groupsOf<T extends OwnEntry>(factors: readonly Factor[], entries: readonly T[]): readonly Group<T>[] {
  const groups = new Map<string, Group<T>>();
  for (const entry of entries) {
    const named = factors.map(({ factor }) => factor).filter((factor) => Object.hasOwn(entry.stratum, factor));
    const group = groups.get(named.join()) ?? { factors: named, entries: new Map<string, T>() };
    groups.set(named.join(), group);
    group.entries.set(
      keyOf(named, (factor) => entry.stratum[factor]),
      entry,
    );
  }
  return [...groups.values()];
}

/**
 * What finds the entry of a stratum; `undefined` where the plan says nothing of its own.
 *
 * Entries are looked up by the sets of factors that they name, so that a hundred thousand strata with a length each are
 * found at once.
 */
export function ownLookup<T extends OwnEntry>(
  factors: readonly Factor[],
  entries: readonly T[],
): (levels: Levels) => T | undefined {
  const groups = groupsOf(factors, entries);
  return (levels) => {
    const levelOf = (factor: string): string | undefined => levels.find(([name]) => name === factor)?.[1];
    for (const group of groups) {
      const found = group.entries.get(keyOf(group.factors, levelOf));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** Entries of the field `path` that name no stratum, or of which two speak of one. */
export function checkOwnEntries(factors: readonly Factor[], entries: readonly OwnEntry[], path: string): Issue[] {
  // The usual case first: most plans say nothing of single strata.
  if (entries.length === 0) return [];
  const issues: Issue[] = [];
  const fault = (index: number, message: string): unknown =>
    issues.push({ code: "list.plan_invalid", path: `${path}.${index}.stratum`, message });
  const fitting: Placed[] = [];
  entries.forEach(({ stratum }, index) => {
    const named = Object.entries(stratum);
    const isKnown = named.every(([name, level]) =>
      factors.some(({ factor, levels }) => factor === name && levels.includes(level)),
    );
    if (named.length > 0 && isKnown) fitting.push({ index, stratum });
    else fault(index, "The plan: this must name a declared level of one or more declared factors.");
  });
  for (const index of overlaps(factors, fitting)) {
    fault(index, "The plan: an entry before this one speaks of the same stratum.");
  }
  return issues;
}

/** An entry with its place in the plan. */
interface Placed extends OwnEntry {
  readonly index: number;
}

interface Named {
  readonly factors: readonly string[];
  readonly entries: readonly Placed[];
}

/** Places of entries that share a stratum with one before them: they agree in all factors that both name. */
function overlaps(factors: readonly Factor[], entries: readonly Placed[]): ReadonlySet<number> {
  const named = new Map<string, Named>();
  for (const { factors: own } of groupsOf(factors, entries)) {
    const isOfGroup = ({ stratum }: OwnEntry): boolean =>
      Object.keys(stratum).length === own.length && own.every((factor) => Object.hasOwn(stratum, factor));
    named.set(own.join(), { factors: own, entries: entries.filter(isOfGroup) });
  }
  const groups = [...named.values()];
  return new Set(groups.flatMap((first, i) => groups.slice(i).flatMap((second) => overlapsOf(first, second))));
}

/** As {@link overlaps}, of the entries of two groups, or of one with itself. */
function overlapsOf(first: Named, second: Named): readonly number[] {
  const common = first.factors.filter((factor) => second.factors.includes(factor));
  const commonKey = ({ stratum }: OwnEntry): string => keyOf(common, (factor) => stratum[factor]);
  const seen = new Map<string, number>();
  const again: number[] = [];
  for (const entry of first.entries) {
    const key = commonKey(entry);
    if (seen.has(key)) again.push(entry.index);
    else seen.set(key, entry.index);
  }
  if (first === second) return again;
  return second.entries.flatMap((entry) => {
    const other = seen.get(commonKey(entry));
    return other === undefined ? [] : [Math.max(entry.index, other)];
  });
}
