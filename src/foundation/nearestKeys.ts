/**
 * Fewest insertions, deletions and replacements of one character, and exchanges of two neighbours, that turn `a` into `b`
 * (Damerau 1964; no character is changed twice).
 */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  let before = row;
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      const isExchanged = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      const exchanged = isExchanged ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, exchanged, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The up to three of `known` that look most like `key`, nearest first; for a message, never for a decision. */
export function nearestKeys(key: string, known: readonly string[]): readonly string[] {
  // Only the start of a hostile key is looked at: the distance takes time in proportion to the length.
  const start = key.slice(0, 80).toLowerCase();
  return known
    .map((candidate) => ({ candidate, distance: editDistance(start, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** The one of `known` that was probably meant: at most a third of the characters of `key` are wrong in it. */
export function nearName(key: string, known: readonly string[]): string | undefined {
  const most = key.length / 3;
  // Names of another length need more changes than that: most of them are ruled out without comparing a character.
  const [nearest] = nearestKeys(
    key,
    known.filter(({ length }) => Math.abs(length - key.length) <= most),
  );
  return nearest !== undefined && editDistance(key.toLowerCase(), nearest.toLowerCase()) <= most ? nearest : undefined;
}
