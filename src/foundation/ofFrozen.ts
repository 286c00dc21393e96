/** Reckons once for each object what cannot change because the object is frozen; for one that is not, each time anew. */
export function ofFrozen<Key extends object, Value>(reckon: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = reckon(key);
    if (Object.isFrozen(key)) known.set(key, value);
    return value;
  };
}
