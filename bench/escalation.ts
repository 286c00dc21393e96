import { characteristics } from "../src/escalation/index.js";
import { boinSpec, designOf, threePlusThreeSpec } from "../tests/support/escalationDesigns.js";
import { measure, printTable, show } from "./measure.js";

const RATES = [0.05, 0.1, 0.17, 0.25, 0.33, 0.42];

/** 3 + 3 without de-escalation as one would simulate it without a library: 10,000 trials at six levels. */
function naiveSimulation(trials: number): number {
  let x = 12345;
  let sum = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    let level = 0;
    let [n, dlt] = [0, 0];
    while (level < RATES.length) {
      for (let k = 0; k < 3; k += 1) {
        x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
        if (x / 4294967296 < RATES[level]!) dlt += 1;
      }
      n += 3;
      if (dlt > 1) break;
      if (n === 3 && dlt === 1) continue;
      level += 1;
      [n, dlt] = [0, 0];
    }
    sum += level;
  }
  return sum;
}

const truth = RATES.map(String);
const baseline = measure(5, 1, () => naiveSimulation(10_000)).median;
const table = [["what", "median", "best", "10,000 simulated trials of 3+3", "ratio", "target"]];
for (const [what, rule] of [
  ["exact characteristics, 3+3, 6 levels", threePlusThreeSpec("de-escalate")],
  ["exact characteristics, BOIN, 6 levels, 30 participants", boinSpec("3/10", { maxTotal: 30 })],
] as const) {
  const design = designOf(RATES.length, rule);
  const { median, best } = measure(9, 1, () => characteristics(design, truth));
  table.push([what, show(median), show(best), show(baseline), (median / baseline).toFixed(1), "<= 100 ms"]);
}
printTable(table);
