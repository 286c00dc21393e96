import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { readLog } from "../../allocation/index.js";
import { fail } from "../../foundation/index.js";
import { DYNAMIC_ALGORITHMS, requireMadeFromSeed, listFileNames } from "../../list/index.js";
import { toDoseScript, toDynamicScript, toScript } from "../../reproduce/index.js";
import { exists, failAt, logText, touching, writeOneFile } from "../../store/disk/index.js";
import { readBytes } from "../custodyFiles.js";
import { inFile, readDataFile } from "../dataFile.js";
import { sayIn, type Texts } from "../answers/say.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readManifest } from "../listManifest.js";
import { dynamicPlanOf } from "../planFile.js";

export interface ScriptOptions extends CommonOptions {
  readonly lang: "python" | "r";
  readonly out?: string;
  readonly log?: string;
  readonly dose?: boolean;
}

/** A program and what it is of. */
interface Program {
  readonly list: string;
  readonly status: "LIVE" | "TEST";
  readonly algorithm: string;
  readonly text: string;
  /** End of its file's name before the language, and what it is run with. */
  readonly name: string;
  readonly input: string;
}

/** File ending and interpreter of each language. */
const LANGUAGES: Readonly<Record<ScriptOptions["lang"], readonly [ending: string, interpreter: string]>> = {
  python: ["py", "python3"],
  r: ["R", "Rscript"],
};

async function programOfList(io: Io, folder: string, language: ScriptOptions["lang"]): Promise<Program> {
  const manifest = await readManifest(io, folder);
  requireMadeFromSeed(manifest, "A program that makes the list again", folder);
  const { status, algorithm, plan, file } = manifest;
  const text = inFile({ file, data: undefined, placeOf: () => undefined }, "", () =>
    toScript(plan, { status, algorithm, language }),
  );
  const input = join(folder, listFileNames(plan.list, status).masterCsv);
  return { list: plan.list, status, algorithm, text, name: "regenerate", input };
}

/** A dynamic allocation has its status in its log. */
async function programOfLog(io: Io, file: string, { lang, log }: ScriptOptions): Promise<Program> {
  if (log === undefined) {
    return fail("cli.option_missing", "--log", "A dynamic allocation is replayed from its log.", {
      expected: "--log LOG",
    });
  }
  const source = await readDataFile(io, file);
  const plan = dynamicPlanOf(source);
  const { opening } = readLog(logText(readBytes(io, log), log)).state;
  if (opening?.kind !== "dynamic" || opening.list !== plan.list) {
    return fail("conduct.not_dynamic", "--log", "This is not the log of the plan's dynamic allocation.", {
      expected: `the log of ${plan.list}`,
      received: opening?.list ?? "another log",
    });
  }
  const { status } = opening;
  const text = inFile(source, "", () => toDynamicScript(plan, { status, language: lang }));
  return {
    ...{ list: plan.list, status, algorithm: DYNAMIC_ALGORITHMS[plan.procedure.kind] },
    ...{ text, name: "replay", input: log },
  };
}

const TEXTS = {
  made: {
    en: "{out} (UNBLINDED: it holds the ratio and the procedure's parameters; it holds no seed)",
    zh: "{out}（非盲：含分配比例和随机化方法的参数；不含种子）",
  },
  run: { en: "Run it where {interpreter} is: {command}", zh: "在装有 {interpreter} 之处运行：{command}" },
  ofDose: { en: "{file} (it holds no order)", zh: "{file}（不含配制指令）" },
  answer: { en: "Have an answer written: {command}", zh: "先写出结果：{command}" },
} as const satisfies Texts;

/** Writes a program into a new file. */
function writeProgram(io: Io, out: string, text: string): { readonly file: string; readonly sha256: string } {
  const place = resolve(io.cwd, out);
  if (exists(place, out)) {
    failAt({
      code: "cli.output_exists",
      path: "--out",
      file: out,
      message: "This file exists already and is never written over.",
      expected: "the name of a new file (--out)",
    });
  }
  return { file: out, sha256: writeOneFile({ path: place, shown: out, content: text, mode: 0o600 }) };
}

/** `allocell script --dose`: the program holds no order; it reads the answers of `allocell prepare --json`. */
async function scriptOfDose(
  io: Io,
  path: string | undefined,
  { lang, out, log, json }: ScriptOptions,
): Promise<number> {
  for (const [option, value] of Object.entries({ "folder-or-plan": path, "--log": log })) {
    if (value === undefined) continue;
    const message = "The program that recomputes doses is the same for every order: it is written from nothing.";
    return fail("cli.option_unneeded", option, message, { expected: "--dose alone", received: value });
  }
  const [ending, interpreter] = LANGUAGES[lang];
  const { file, sha256 } = writeProgram(io, out ?? `recompute-dose.${ending}`, toDoseScript(lang));
  const say = sayIn(TEXTS, io.language ?? "en");
  const answer = { command: "script", program: "dose", language: lang, file, sha256 };
  await io.stdout.write(
    json === true
      ? jsonText(answer)
      : [
          say("ofDose", { file }),
          say("answer", { command: "allocell prepare ORDER.yaml --json > ANSWER.UNBLINDED.json" }),
          say("run", { interpreter, command: `${interpreter} ${file} ANSWER.UNBLINDED.json` }),
          "",
        ].join("\n"),
  );
  return 0;
}

/**
 * `allocell script FOLDER --lang python|r`: a program that regenerates the list without anything of this package;
 * `allocell script PLAN --log LOG`: one that replays the log of a dynamic allocation; `allocell script --dose`: one that
 * recomputes preparations.
 */
export async function script(io: Io, path: string | undefined, options: ScriptOptions): Promise<number> {
  if (options.dose === true) return scriptOfDose(io, path, options);
  if (path === undefined) {
    return fail("cli.usage", "FOLDER-OR-PLAN", "Missing the list's folder, or the plan of a dynamic allocation.", {
      expected: "a folder or a plan, or --dose",
    });
  }
  const isFolder = touching(path, () => statSync(resolve(io.cwd, path)).isDirectory());
  const program = isFolder ? await programOfList(io, path, options.lang) : await programOfLog(io, path, options);
  const { list, status, algorithm, text, name, input } = program;
  const [ending, interpreter] = LANGUAGES[options.lang];
  const base = status === "TEST" ? `${list}.TEST` : list;
  const { file: out, sha256 } = writeProgram(io, options.out ?? `${base}.UNBLINDED.${name}.${ending}`, text);
  const say = sayIn(TEXTS, io.language ?? "en");
  const answer = { command: "script", list, status, algorithm, language: options.lang, file: out, sha256 };
  await io.stdout.write(
    options.json === true
      ? jsonText(answer)
      : [say("made", { out }), say("run", { interpreter, command: `${interpreter} ${out} ${input}` }), ""].join("\n"),
  );
  return 0;
}
