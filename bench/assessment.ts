import { compile, exactMeasures, simulate } from "../src/assessment/index.js";
import { bigStick, complete, efron, permutedBlock, type Urn } from "../src/procedure/index.js";
import { baseRMs } from "./baseR.js";
import { measure, printTable, show } from "./measure.js";

const ratio = [1, 1];
const five = [1, 1, 1, 1, 1];

/**
 * 10,000 lists of N = 100 in blocks of 4 as one would write it without a library: a multiplicative generator, a shuffle,
 * two guessing strategies and four imbalances a list.
 */
function naiveSimulation(trials: number, rows: number): number {
  const block = [0, 0, 1, 1];
  let x = 12345;
  let [guesses, against, absolute, squared, largest, loss] = [0, 0, 0, 0, 0, 0];
  for (let trial = 0; trial < trials; trial += 1) {
    let [difference, most, right] = [0, 0, 0];
    for (let row = 0; row < rows; row += 4) {
      for (let i = 3; i > 0; i -= 1) {
        x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
        const j = Math.floor((x / 4294967296) * (i + 1));
        [block[i], block[j]] = [block[j]!, block[i]!];
      }
      for (const arm of block) {
        right += difference === 0 ? 0.5 : difference < 0 === (arm === 0) ? 1 : 0;
        difference += arm === 0 ? 1 : -1;
        most = Math.max(most, Math.abs(difference));
      }
    }
    guesses += right;
    against += rows - right;
    absolute += Math.abs(difference);
    squared += difference * difference;
    largest += most;
    loss += (difference * difference) / rows;
  }
  return guesses + against + absolute + squared + largest + loss;
}

/** Big stick by arrays, one pass for the guesses and one a level for the largest imbalance. */
function naiveExact(rows: number, tolerance: number): number {
  let sum = 0;
  for (let level = tolerance; level <= tolerance; level += 1) {
    let mass = new Float64Array(2 * level + 3);
    mass[level + 1] = 1;
    for (let row = 0; row < rows; row += 1) {
      const next = new Float64Array(2 * level + 3);
      for (let D = -level; D <= level; D += 1) {
        const p = D === tolerance ? 0 : D === -tolerance ? 1 : 0.5;
        const own = mass[D + level + 1]!;
        next[D + level + 2]! += own * p;
        next[D + level]! += own * (1 - p);
        sum += own * (D === 0 ? 0.5 : D < 0 ? p : 1 - p);
      }
      mass = next;
    }
  }
  return sum;
}

/** Prints times and memory of assessments beside naive loops in the same process. */
function benchAssessment(smoke: boolean): void {
  const rounds = smoke ? 3 : 7;
  const trials = smoke ? 1000 : 10_000;
  const table: string[][] = [["what", "median", "best", "baseline", "ratio", "target"]];
  const row = (what: string, act: () => unknown, baseline: () => unknown, target: string): void => {
    const own = measure(rounds, 1, act);
    const plain = measure(rounds, 1, baseline).median;
    table.push([what, show(own.median), show(own.best), show(plain), (own.median / plain).toFixed(2), target]);
  };
  const exact = (urn: Urn<unknown>, w: readonly number[], rows: number, distributionByRow: boolean): unknown =>
    exactMeasures(compile(urn, { ratio: w, rows }), { distributionByRow });

  row(
    `simulate ${trials} lists of 100, blocks of 4`,
    () => simulate(permutedBlock({ ratio, sizes: [4] }), { ratio, rows: 100 }, { seed: "bench", trials }),
    () => naiveSimulation(trials, 100),
    "<= 20 ms (10,000)",
  );
  const inR = baseRMs(trials);
  table.push([
    `  the same in base R${inR === undefined ? ": skipped, no Rscript" : ""}`,
    inR === undefined ? "" : show(inR * 1e6),
    "",
    "",
    "",
    "",
  ]);
  row(
    "exact, big stick 3, N = 1,000, all distributions",
    () => exact(bigStick({ ratio, tolerance: 3 }), ratio, 1000, true),
    () => naiveExact(1000, 3),
    "<= 50 ms",
  );
  row(
    "exact, biased coin 2/3, N = 1,000, all distributions",
    () => exact(efron({ ratio, probability: "2/3" }), ratio, 1000, true),
    () => naiveSimulation(trials, 1000),
    "<= 50 ms",
  );
  row(
    "exact, five arms, N = 58, blocks 5 and 10 hidden",
    () => exact(permutedBlock({ ratio: five, sizes: [5, 10] }), five, 58, true),
    () => naiveSimulation(trials, 58),
    "<= 50 ms",
  );
  row(
    "exact, biased coin 2/3, N = 10,000",
    () => exact(efron({ ratio, probability: "2/3" }), ratio, 10_000, false),
    () => naiveSimulation(trials, 1000),
    "<= 2 s",
  );
  if (!smoke) {
    const own = measure(1, 1, () => exact(complete({ ratio }), ratio, 10_000, false));
    table.push(["exact, complete, N = 10,000", show(own.median), show(own.best), "", "", "<= 2 s"]);
  }
  table.push([
    "  peak memory of this process",
    `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
    "",
    "",
    "",
    "<= 200 MB",
  ]);
  printTable(table);
}

// A process of its own, because its peak memory is reported.
benchAssessment(process.argv.includes("--smoke"));
