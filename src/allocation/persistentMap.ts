import { deepFreeze } from "../foundation/index.js";

/**
 * An immutable map from text to frozen values, whose next version costs a few small copies instead of a copy of all
 * entries: a log of tens of thousands of events then takes no quadratic time, although every state stays as it was.
 *
 * A trie of three levels with 32 branches by the FNV-1a hash of the key; each of the 32768 leaves is a short list.
 */
export interface PersistentMap<Value> {
  readonly size: number;
  readonly root: Node<Value>;
}

type Leaf<Value> = readonly (readonly [key: string, value: Value])[];
type Node<Value> = readonly (Node<Value> | Leaf<Value> | undefined)[];

const DEPTH = 3;
const NONE: readonly never[] = Object.freeze([]);

/** A map without entries. */
export const EMPTY_MAP: PersistentMap<never> = Object.freeze({ size: 0, root: NONE });

/** FNV-1a over UTF-16 code units (offset basis 2166136261, prime 16777619), folded to 15 bits. */
function slotOf(key: string): number {
  let hash = 2166136261;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 16777619);
  return (hash ^ (hash >>> 15)) & 0x7fff;
}

const branch = (slot: number, level: number): number => (slot >>> (5 * level)) & 31;

/** The value of a key, or undefined. */
export function mapGet<Value>(map: PersistentMap<Value>, key: string): Value | undefined {
  const slot = slotOf(key);
  let node: Node<Value> | Leaf<Value> | undefined = map.root;
  for (let level = 0; level < DEPTH && node !== undefined; level += 1) {
    node = (node as Node<Value>)[branch(slot, level)];
  }
  return (node as Leaf<Value> | undefined)?.find(([own]) => own === key)?.[1];
}

/** The map with one entry set; the given map stays as it is. */
export function mapSet<Value>(map: PersistentMap<Value>, key: string, value: Value): PersistentMap<Value> {
  const slot = slotOf(key);
  const put = (node: Node<Value> | Leaf<Value> | undefined, level: number): Node<Value> | Leaf<Value> => {
    if (level === DEPTH) {
      const leaf = (node ?? NONE) as Leaf<Value>;
      return Object.freeze([...leaf.filter(([own]) => own !== key), Object.freeze([key, value] as const)]);
    }
    const next = [...((node ?? NONE) as Node<Value>)];
    const at = branch(slot, level);
    while (next.length < at) next.push(undefined);
    next[at] = put(next[at], level + 1);
    return Object.freeze(next);
  };
  const root = put(map.root, 0) as Node<Value>;
  const isNew = mapGet(map, key) === undefined;
  return Object.freeze({ size: map.size + (isNew ? 1 : 0), root });
}

/** All entries, in no meaningful order; {@link mapOf} makes the same map of them. */
export function mapEntries<Value>(map: PersistentMap<Value>): (readonly [key: string, value: Value])[] {
  const entries: (readonly [key: string, value: Value])[] = [];
  const visit = (node: Node<Value> | Leaf<Value> | undefined, level: number): void => {
    if (node === undefined) return;
    if (level === DEPTH) for (const entry of node as Leaf<Value>) entries.push(entry);
    else for (const inner of node as Node<Value>) visit(inner, level + 1);
  };
  visit(map.root, 0);
  return entries;
}

/** The map with these entries, whose keys are all different: as if each were set, without the versions between. */
export function mapOf<Value>(entries: readonly (readonly [key: string, value: Value])[]): PersistentMap<Value> {
  const root: unknown[] = [];
  for (const [key, value] of entries) {
    const slot = slotOf(key);
    let node = root;
    for (let level = 0; level < DEPTH; level += 1) {
      const at = branch(slot, level);
      while (node.length < at) node.push(undefined);
      node = (node[at] ??= []) as unknown[];
    }
    node.push([key, value]);
  }
  return deepFreeze({ size: entries.length, root: root as Node<Value> });
}

/** All values, in no meaningful order. */
export const mapValues = <Value>(map: PersistentMap<Value>): Value[] => mapEntries(map).map(([, value]) => value);
