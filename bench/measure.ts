/** Times of several rounds, in nanoseconds a unit of work. */
export interface Timing {
  readonly median: number;
  readonly best: number;
}

/** Engines compile what runs often, in the background: rounds go by, at least one and so long, before it is measured. */
const WARM_UP_NS = 300_000_000n;

/** Runs `work` `rounds` times after it has warmed up; each run does `units` units of work. */
export function measure(rounds: number, units: number, work: () => unknown): Timing {
  const begin = process.hrtime.bigint();
  do work();
  while (process.hrtime.bigint() - begin < WARM_UP_NS);
  const times = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start) / units;
  }).sort((a, b) => a - b);
  return { median: times[Math.floor(times.length / 2)]!, best: times[0]! };
}

export const show = (ns: number): string =>
  ns < 1e3 ? `${ns.toFixed(1)} ns` : ns < 1e6 ? `${(ns / 1e3).toFixed(1)} µs` : `${(ns / 1e6).toFixed(1)} ms`;

/** Prints aligned columns; the first row is the header. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    );
}
