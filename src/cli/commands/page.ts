import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fail } from "../../foundation/index.js";
import type { Language } from "../../report/index.js";
import { TRIALS } from "../../trials/index.js";
import { readText } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readDoseBasis, readTrial } from "../trialInput.js";
import { outputFile, writeWhole } from "../wholeFile.js";

export type PageName = "pharmacy" | "statistics";

export interface PageOptions extends CommonOptions {
  readonly out: string;
  readonly trial?: string;
  readonly assumptions?: string;
  readonly lang: Language;
}

/** `allocell page pharmacy`: a page that opens in a browser without a network, with a trial's answers in it. */
export async function page(io: Io, name: PageName, options: PageOptions): Promise<number> {
  const { out, trial, assumptions, lang } = options;
  const inputs = [trial, assumptions];
  outputFile(io, { out, force: false, inputs });
  if (assumptions !== undefined && trial === undefined) {
    fail("cli.trial_missing", "--trial", "Answers are those of a trial: say of which.", {
      expected: "--trial with a registry number or a trial file",
    });
  }
  // What is put into the page is read as every command reads it, so that a fault is told now.
  if (trial !== undefined) {
    await readDoseBasis(io, trial, { assume: [], ...(assumptions === undefined ? {} : { assumptions }) });
  }
  const baked = {
    language: lang,
    ...(trial === undefined ? {} : await bakedTrial(io, trial)),
    ...(assumptions === undefined ? {} : { assumptionsFile: fileOf(io, assumptions) }),
  };
  const html = filledPage(builtPage(name), baked);
  await writeWhole(io, { out, force: false, inputs }, (output) => output.write(html));
  await io.stdout.write(options.json === true ? jsonText({ command: "page", page: name, file: out }) : `${out}\n`);
  return 0;
}

/** A trial of the page's own by its number; another as it was read, in full also where its file states it in short. */
async function bakedTrial(io: Io, idOrFile: string): Promise<object> {
  if (TRIALS.some(({ id }) => id === idOrFile)) return { trial: idOrFile };
  const text = JSON.stringify(await readTrial(io, idOrFile));
  return { trialFile: { name: basename(idOrFile), text } };
}

const fileOf = (io: Io, file: string): { readonly name: string; readonly text: string } => ({
  name: basename(file),
  text: readText(io, file),
});

/** The page as the build made it: beside this program, or in the `dist` of its sources. */
function builtPage(name: PageName): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    for (const place of [join(folder, "app"), join(folder, "dist/app")]) {
      const file = resolve(place, `${name}.html`);
      if (existsSync(file)) return readFileSync(file, "utf8");
    }
  }
  return fail("cli.page_missing", name, "The page has not been built.", { expected: "npm run build" });
}

const EMPTY = '<script type="application/json" id="baked">{}</script>';

/** Puts data into the page, where no program of it can be broken or begun. */
function filledPage(html: string, baked: object): string {
  const data = JSON.stringify(baked).replaceAll("<", "\\u003c");
  return html.replace(EMPTY, () => EMPTY.replace("{}", () => data));
}
