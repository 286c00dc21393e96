/**
 * Sorts `keys` into descending order, in place, and moves `labels` along, in exactly the order of R's own heap sort.
 *
 * The sort is not stable, and `sample(..., prob)` meets equal probabilities in the order it leaves them in; so the
 * steps matter, not only the result. A heap with the least key on top is built; then, from the last place to the
 * second, the element at that place is taken out, the top is put there, and what was taken out sinks in from the top.
 *
 * @param labels - as many as keys
 */
export function heapSortDescending(keys: Float64Array, labels: Int32Array): void {
  const n = keys.length;
  for (let place = Math.floor(n / 2); place >= 1; place -= 1) {
    sink(keys, labels, place, n, keyAt(keys, place), labelAt(labels, place));
  }
  for (let end = n; end >= 2; end -= 1) {
    const key = keyAt(keys, end);
    const label = labelAt(labels, end);
    keys[end - 1] = keyAt(keys, 1);
    labels[end - 1] = labelAt(labels, 1);
    sink(keys, labels, 1, end - 1, key, label);
  }
}

/** Lets a held element sink from `place` within 1 ... end (places count from 1): smaller children move up. */
function sink(keys: Float64Array, labels: Int32Array, place: number, end: number, key: number, label: number): void {
  let hole = place;
  for (let child = 2 * hole; child <= end; child = 2 * hole) {
    // The right child only if it is strictly smaller; a child moves up only if the held key is strictly larger.
    if (child < end && keyAt(keys, child + 1) < keyAt(keys, child)) child += 1;
    if (!(key > keyAt(keys, child))) break;
    keys[hole - 1] = keyAt(keys, child);
    labels[hole - 1] = labelAt(labels, child);
    hole = child;
  }
  keys[hole - 1] = key;
  labels[hole - 1] = label;
}

function keyAt(keys: Float64Array, place: number): number {
  return keys[place - 1] ?? 0;
}

function labelAt(labels: Int32Array, place: number): number {
  return labels[place - 1] ?? 0;
}
