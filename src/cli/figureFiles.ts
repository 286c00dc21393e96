import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { toPlotCsv, toPlotSvg, type DrawnPlot, type NamedPlot } from "../report/index.js";
import { exists, failAt, type NewFile, writeFolder, writeNewFile, writeOneFile } from "../store/disk/index.js";
import type { Io } from "./io.js";
import { requireNewFolder } from "./requireNewFolder.js";

/** Where a report and its figures go; what is absent is not written. */
export interface FigurePlaces {
  readonly html?: Omit<NewFile, "content">;
  readonly plots?: string;
}

/** The places that `--html` and `--plots` name. @throws AllocellError if something is there already */
export function placesOf(
  io: Io,
  { html, plots }: { readonly html?: string | undefined; readonly plots?: string | undefined },
): FigurePlaces {
  const page = html === undefined ? {} : { html: newFile(io, html, "--html") };
  if (plots !== undefined) requireNewFolder(io, plots, "--plots");
  return { ...page, ...(plots === undefined ? {} : { plots }) };
}

/**
 * Writes a report with its figures, and a folder of figures: two answers, each whole or not at all.
 *
 * @returns the files that were written
 */
export async function writeFigures(
  io: Io,
  { html, plots: folder }: FigurePlaces,
  plotsOf: () => readonly NamedPlot[],
  page: (pictures: readonly DrawnPlot[]) => string,
): Promise<readonly string[]> {
  if (html === undefined && folder === undefined) return [];
  const plots = plotsOf();
  const drawn = plots.map(({ plot }) => ({ plot, svg: toPlotSvg(plot) }));
  if (html !== undefined) writeOneFile({ ...html, content: page(drawn) });
  const shown: readonly string[] = html === undefined ? [] : [html.shown];
  try {
    return folder === undefined ? shown : [...(await writePlots(io, folder, plots, drawn)), ...shown];
  } catch (error) {
    if (html !== undefined) rmSync(html.path, { force: true });
    throw error;
  }
}

/** The place of a file that is not there yet. */
function newFile(io: Io, file: string, option: string): Omit<NewFile, "content"> {
  const path = resolve(io.cwd, file);
  if (!exists(path, file)) return { path, shown: file, mode: 0o600 };
  const message = "This file exists already; nothing was written.";
  return failAt({ code: "cli.output_exists", path: option, file, message, expected: "another name" });
}

/** Each figure as SVG, with its data as CSV, in a new folder, all or none. */
async function writePlots(
  io: Io,
  folder: string,
  plots: readonly NamedPlot[],
  drawn: readonly DrawnPlot[],
): Promise<string[]> {
  const files = plots.flatMap(({ name, plot }, i) => [
    { file: `${name}.svg`, text: drawn[i]?.svg ?? "" },
    { file: `${name}.csv`, text: toPlotCsv(plot) },
  ]);
  await writeFolder(resolve(io.cwd, folder), folder, false, (unfinished) => {
    for (const { file, text } of files) writeNewFile(join(unfinished, file), [text], 0o600);
  });
  return files.map(({ file }) => join(folder, file));
}
