import { basename, resolve } from "node:path";
import { readTable } from "../../exchange/index.js";
import { digestOf, throwIfAny } from "../../foundation/index.js";
import { adoptList } from "../../list/index.js";
import { writeFolder } from "../../store/disk/index.js";
import { inTable, sourceLines } from "../adoptedTable.js";
import { readBytes, sha256Of } from "../custodyFiles.js";
import { readExportMap } from "../exportInput.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { listText } from "../answers/listAnswer.js";
import { sayIn, type Texts } from "../answers/say.js";
import { speechOf } from "../answers/speech.js";
import { listAnswer } from "../listAnswer.js";
import type { Language } from "../../report/index.js";
import { instantOf, trialOfPlan, type TrialOfPlanOptions } from "../listBasis.js";
import { writeListFiles } from "../listFiles.js";
import { readPlanFile } from "../planFile.js";
import { requireNewFolder } from "../requireNewFolder.js";

export interface AdoptOptions extends CommonOptions, TrialOfPlanOptions {
  readonly map: string;
  readonly plan: string;
  readonly test?: boolean;
  readonly system?: string;
  readonly sheet?: string;
  readonly by?: string;
  readonly out?: string;
}

/** `allocell adopt FILE --map MAP --plan PLAN`: a list that another system made as a list's folder, whole or not at all. */
export async function adopt(io: Io, file: string, options: AdoptOptions): Promise<number> {
  const read = await readPlanFile(io, options.plan);
  const trial = await trialOfPlan(io, read, options);
  const { plan, source } = read;
  const out = options.out ?? plan.list;
  requireNewFolder(io, out, "--out");
  const status = options.test === true ? "TEST" : "LIVE";
  const { format, map } = await readExportMap(io, options.map, plan);
  const bytes = readBytes(io, file);
  const lines = await sourceLines(file, bytes, format.separator?.(map) ?? ",", options.sheet);
  const table = readTable(format, map, plan, status, lines);
  const made = inTable(source, file, () => {
    throwIfAny(table.issues);
    return adoptList({
      ...{ plan, trial, status, rows: table.rows, titles: table.titles },
      source: {
        file: basename(file),
        sha256: sha256Of(bytes),
        ...(options.sheet === undefined ? {} : { sheet: options.sheet }),
      },
      map: { ...map },
      ...(options.system === undefined ? {} : { system: options.system }),
      entropy: io.entropy(32),
    });
  });
  const generation = {
    at: instantOf(io),
    ...(options.by === undefined ? {} : { by: options.by }),
    runtime: io.runtime,
  };
  const files = await writeFolder(resolve(io.cwd, out), out, false, (folder) =>
    writeListFiles(folder, made, digestOf(trial), generation),
  );
  const { assumptions, warnings } = made.unblindedRecord();
  const { surplusColumns } = table;
  if (options.json === true) {
    const answer = listAnswer("adopt", made, trial, out, files, warnings, assumptions);
    await io.stdout.write(jsonText({ ...answer, surplusColumns }));
  } else {
    const speech = await speechOf(io);
    await io.stdout.write(listText(made, out, files, warnings, speech) + surplusText(surplusColumns, speech.language));
  }
  return 0;
}

const TEXTS = {
  surplus: {
    en: "Not read, because the map does not name them: column {columns}",
    zh: "对照文件未列而没有读取的列：{columns}",
  },
} as const satisfies Texts;

const surplusText = (columns: readonly string[], language: Language): string =>
  columns.length === 0
    ? ""
    : `${sayIn(TEXTS, language)("surplus", { columns: columns.join(language === "zh" ? "，" : ", ") })}\n`;
