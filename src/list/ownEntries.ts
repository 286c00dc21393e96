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
    const own = new Map(levels);
    for (const group of groups) {
      const found = group.entries.get(keyOf(group.factors, (factor) => own.get(factor)));
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** Entries of the field `path` that name no stratum, or of which two speak of one. */
export function checkOwnEntries(factors: readonly Factor[], entries: readonly OwnEntry[], path: string): Issue[] {
  const issues: Issue[] = [];
  const fault = (index: number, message: string): unknown =>
    issues.push({ code: "list.plan_invalid", path: `${path}.${index}.stratum`, message });
  const fitting: { readonly index: number; readonly stratum: OwnEntry["stratum"] }[] = [];
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

/** Places of entries that share a stratum with one before them: they agree in all factors that both name. */
function overlaps(
  factors: readonly Factor[],
  entries: readonly { readonly index: number; readonly stratum: OwnEntry["stratum"] }[],
): ReadonlySet<number> {
  const found = new Set<number>();
  const named = new Map<string, { factors: readonly string[]; entries: typeof entries }>();
  for (const { factors: own } of groupsOf(factors, entries)) {
    const isOfGroup = ({ stratum }: OwnEntry): boolean =>
      Object.keys(stratum).length === own.length && own.every((factor) => Object.hasOwn(stratum, factor));
    named.set(own.join(), { factors: own, entries: entries.filter(isOfGroup) });
  }
  const groups = [...named.values()];
  groups.forEach((first, i) => {
    for (const second of groups.slice(i)) {
      const common = first.factors.filter((factor) => second.factors.includes(factor));
      const seen = new Map<string, number>();
      for (const { index, stratum } of first.entries) {
        const key = keyOf(common, (factor) => stratum[factor]);
        if (first === second && seen.has(key)) found.add(index);
        if (!seen.has(key)) seen.set(key, index);
      }
      if (first === second) continue;
      for (const { index, stratum } of second.entries) {
        const other = seen.get(keyOf(common, (factor) => stratum[factor]));
        if (other !== undefined) found.add(Math.max(index, other));
      }
    }
  });
  return found;
}
