/** The name that was probably meant: the one with the fewest letters to change, at most a third of them. */
export function closestTo(word: string, names: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly name: string; readonly changes: number } | undefined;
  for (const name of names) {
    const changes = changesBetween(word.toLowerCase(), name.toLowerCase());
    if (changes <= most && (best === undefined || changes < best.changes)) best = { name, changes };
  }
  return best?.name;
}

/** Letters to put in, take out, change, or swap with their neighbour, until one word is the other. */
function changesBetween(a: string, b: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? change) + 1 : change;
      row.push(Math.min(change, swap, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
