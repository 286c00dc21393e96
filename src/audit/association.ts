import { sha256Hex } from "../foundation/index.js";
import { arc4Stream, below } from "../random/index.js";

/** Permutations of a test; with them the smallest p-value is 1/4000. */
const PERMUTATIONS = 3999;

/**
 * Whether a class of each item (a prefix, a place in the order) tells its label: chi-square of the table of classes and
 * labels, against the same labels in random orders.
 *
 * p = (1 + permutations with a chi-square at least as large) / 4000. The permutations come from a fixed stream, so that
 * the same input always gives the same p.
 *
 * @param classes - one class an item
 * @param labels - one label an item, the arms for example
 */
export function associationP(classes: readonly string[], labels: readonly string[]): number {
  const classNames = [...new Set(classes)];
  const labelNames = [...new Set(labels)];
  if (classNames.length < 2 || labelNames.length < 2) return 1;
  const at = classes.map((name) => classNames.indexOf(name));
  const is = labels.map((name) => labelNames.indexOf(name));
  const width = labelNames.length;
  const classTotals = countsOf(at, classNames.length);
  const labelTotals = countsOf(is, width);
  // Totals stay the same in every permutation, so the sum of n² / (row × column) orders the tables as chi-square does.
  const statistic = (order: readonly number[]): number => {
    const cells = new Float64Array(classNames.length * width);
    order.forEach((label, i) => {
      const cell = (at[i] as number) * width + label;
      cells[cell] = (cells[cell] as number) + 1;
    });
    let sum = 0;
    cells.forEach((n, cell) => {
      sum += (n * n) / ((classTotals[Math.floor(cell / width)] as number) * (labelTotals[cell % width] as number));
    });
    return sum;
  };
  const observed = statistic(is) - 1e-9;
  const stream = arc4Stream(sha256Hex("allocell audit association 1"));
  const order = [...is];
  let atLeast = 1;
  for (let round = 0; round < PERMUTATIONS; round += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) {
      const j = below(stream, i + 1);
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    if (statistic(order) >= observed) atLeast += 1;
  }
  return atLeast / (PERMUTATIONS + 1);
}

function countsOf(indexes: readonly number[], length: number): readonly number[] {
  const counts = new Array<number>(length).fill(0);
  for (const index of indexes) counts[index] = (counts[index] as number) + 1;
  return counts;
}
