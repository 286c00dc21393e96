import type { Output } from "./io.js";

/** How far a long task is, shown to people only. */
export interface Progress {
  readonly at: (done: number) => void;
  readonly stop: () => void;
}

const LONG = 2_000;
const SILENT: Progress = { at: () => undefined, stop: () => undefined };

/** A bar on a terminal for a task of many rows; its library is loaded for such a task only. */
export async function progressOf(output: Output, total: number): Promise<Progress> {
  const { terminal } = output;
  if (terminal === undefined || total < LONG) return SILENT;
  const { Presets, SingleBar } = await import("cli-progress");
  const format = "{bar} {percentage} % | {value} of {total} rows | {eta} s left";
  const bar = new SingleBar(
    { format, stream: terminal, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    at: (done) => {
      bar.update(done);
    },
    stop: () => {
      bar.stop();
    },
  };
}
