/** A batch has a dose for each of its arms and a few lots, and a hundred thousand rows. */
const REMEMBERED = 16;

/**
 * Computes once for each object what cannot change because the object is frozen; for one that is not, each time anew.
 *
 * The last few objects are remembered, and not all in a WeakMap: where each lives for one call only, that would cost
 * the garbage collector more than is saved.
 */
export function ofFrozen<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const keys: Key[] = [];
  const values: Value[] = [];
  let next = 0;
  return (key) => {
    const at = keys.indexOf(key);
    if (at >= 0) return values[at] as Value;
    const value = compute(key);
    if (Object.isFrozen(key)) {
      keys[next] = key;
      values[next] = value;
      next = (next + 1) % REMEMBERED;
    }
    return value;
  };
}
