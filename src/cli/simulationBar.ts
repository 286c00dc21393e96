import type { SimulationProgress } from "../assessment/index.js";
import type { Output } from "./io.js";

/** Follows a simulation on a terminal. */
export interface SimulationBar {
  readonly at: (progress: SimulationProgress) => undefined;
  readonly stop: () => void;
}

/** Fewer lists, or whole trials, are simulated at once. */
const LONG: Readonly<Record<string, number>> = { lists: 20_000, trials: 2_000 };

/** A bar for a long simulation, for many designs, or for the rows of exact measures, where a person looks at it, with the standard error if a precision is asked for. */
export async function simulationBar(
  output: Output,
  trials: number,
  name: string,
  unit = "lists",
): Promise<SimulationBar> {
  const { terminal } = output;
  if (terminal === undefined || trials < (LONG[unit] ?? 0)) return { at: () => undefined, stop: () => undefined };
  const { Presets, SingleBar } = await import("cli-progress");
  const format = `${name} {bar} {percentage} % | {value} of {total} ${unit}{precision} | {eta} s left`;
  const bar = new SingleBar(
    { format, stream: terminal, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(trials, 0, { precision: "" });
  return {
    at: ({ trials: done, mostTrials, standardError }) => {
      // How many designs there are is known when the first is taken up, and lists of a plan have lengths of their own.
      bar.setTotal(mostTrials);
      bar.update(done, { precision: Number.isNaN(standardError) ? "" : ` | SE ${standardError.toPrecision(2)}` });
      return undefined;
    },
    stop: () => {
      bar.stop();
    },
  };
}
