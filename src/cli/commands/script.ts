import { join, resolve } from "node:path";
import { toScript } from "../../reproduce/index.js";
import { exists, failAt, writeOneFile } from "../../store/disk/index.js";
import { inFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { listFileNames } from "../listFiles.js";
import { readManifest } from "../listManifest.js";

export interface ScriptOptions extends CommonOptions {
  readonly lang: "python" | "r";
  readonly out?: string;
}

/** File ending and interpreter of each language. */
const LANGUAGES: Readonly<Record<ScriptOptions["lang"], readonly [ending: string, interpreter: string]>> = {
  python: ["py", "python3"],
  r: ["R", "Rscript"],
};

/** `allocell script FOLDER --lang python|r`: a program that regenerates the list without anything of this package. */
export async function script(io: Io, folder: string, options: ScriptOptions): Promise<number> {
  const { status, algorithm, plan, file } = await readManifest(io, folder);
  const text = inFile({ file, data: undefined, placeOf: () => undefined }, "", () =>
    toScript(plan, { status, algorithm, language: options.lang }),
  );
  const [ending, interpreter] = LANGUAGES[options.lang];
  const base = status === "TEST" ? `${plan.list}.TEST` : plan.list;
  const out = options.out ?? `${base}.UNBLINDED.regenerate.${ending}`;
  const masterCsv = join(folder, listFileNames(plan.list, status).masterCsv);
  const path = resolve(io.cwd, out);
  if (exists(path, out)) {
    failAt({
      code: "cli.output_exists",
      path: "--out",
      file: out,
      message: "This file exists already and is never written over.",
      expected: "the name of a new file (--out)",
    });
  }
  const sha256 = writeOneFile({ path, shown: out, content: text, mode: 0o600 });
  const answer = { command: "script", list: plan.list, status, algorithm, language: options.lang, file: out, sha256 };
  await io.stdout.write(
    options.json === true
      ? jsonText(answer)
      : [
          `${out} (UNBLINDED: it holds the ratio and the procedure's parameters; it holds no seed)`,
          `Run it where ${interpreter} is: ${interpreter} ${out} ${masterCsv}`,
          "",
        ].join("\n"),
  );
  return 0;
}
