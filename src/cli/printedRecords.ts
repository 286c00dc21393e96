import type { CheckComparison } from "../dose/index.js";
import { toAdministrationHtml, toSecondCheckHtml, type GivenDoses, type Language } from "../report/index.js";
import type { Io } from "./io.js";
import { writeWhole } from "./wholeFile.js";

/** `--out` and `--lang` of the commands whose answer can be printed. */
export interface PrintOptions {
  readonly out?: string;
  readonly lang: Language;
}

async function write(io: Io, { out }: PrintOptions, inputs: readonly string[], html: string): Promise<void> {
  if (out === undefined) return;
  await writeWhole(io, { out, force: false, inputs }, (output) => output.write(html));
}

/** Writes the second check as a sheet to be printed, where `--out` asks for it. */
export const printCheck =
  (io: Io, options: PrintOptions, inputs: readonly string[]) =>
  (comparison: CheckComparison): Promise<void> =>
    write(io, options, inputs, toSecondCheckHtml(comparison, options.lang));

/** Writes what was given as a sheet to be printed, where `--out` asks for it. */
export const printRecord =
  (io: Io, options: PrintOptions, inputs: readonly string[]) =>
  (given: GivenDoses): Promise<void> =>
    write(io, options, inputs, toAdministrationHtml(given, options.lang));
