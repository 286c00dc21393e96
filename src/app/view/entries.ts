import type { Draft } from "./draft.js";

/** Changes the number of entries of a list; of one that is removed, the later ones move up. */
export function changeEntries(draft: Draft, list: string, count: number, removed?: number): void {
  if (removed !== undefined) {
    const order = Array.from({ length: count + 1 }, (_, entry) => entry).filter((entry) => entry !== removed);
    reorderEntries(draft, list, order);
  }
  draft.entries.set(list, count);
}

/** Puts the entries of a list into another order, by their numbers now; those that are not named are dropped. */
export function reorderEntries(draft: Draft, list: string, order: readonly number[]): void {
  reorderKeys(draft.texts, `${list}.`, ".", order);
  // An entry may have lists of its own, and what the form has no field for.
  reorderKeys(draft.entries, `${list}.`, ".", order);
  reorderKeys(draft.carried, `${list.replaceAll(".", "\n")}\n`, "\n", order);
}

function reorderKeys(map: Map<string, unknown>, list: string, between: string, order: readonly number[]): void {
  const own = [...map].filter(([path]) => path.startsWith(list));
  for (const [path] of own) map.delete(path);
  for (const [path, value] of own) {
    const [entry = "", ...rest] = path.slice(list.length).split(between);
    const at = order.indexOf(Number(entry));
    if (at >= 0) map.set(list + [at, ...rest].join(between), value);
  }
}
