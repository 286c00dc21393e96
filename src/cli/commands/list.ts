import { readdirSync, realpathSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { digestOf, type Issue, type PlainCode } from "../../foundation/index.js";
import {
  blindedRowCount,
  extendList,
  extensionObstacle,
  generateList,
  type Plan,
  listOfFileName,
} from "../../list/index.js";
import { behindLinks, exists, failAt, touching, writeFolder } from "../../store/disk/index.js";
import { deriveFolder } from "../custodyFiles.js";
import { inFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { countsOnly, listAnswer } from "../listAnswer.js";
import { instantOf, trialOfPlan, type TrialOfPlanOptions } from "../listBasis.js";
import { writeListFiles } from "../listFiles.js";
import { readPlanFile } from "../planFile.js";
import { readSeed, type SeedOptions } from "../seedInput.js";
import { seedReuse } from "../seedReuse.js";

export interface ListOptions extends CommonOptions, SeedOptions, TrialOfPlanOptions {
  readonly extends?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly by?: string;
  readonly quiet?: boolean;
}

/** `allocell list PLAN`: generates a randomization list and writes its files, whole or not at all. */
export async function list(io: Io, planFile: string, options: ListOptions): Promise<number> {
  const read = await readPlanFile(io, planFile);
  const { source, plan } = read;
  const trial = await trialOfPlan(io, read, options);
  const { seed, warnings: seedWarnings } = readSeed(io, options);

  const shown = options.out ?? plan.list;
  const target = resolve(io.cwd, shown);
  checkTarget(io, target, shown, options, seed.kind);

  const before = options.extends === undefined ? undefined : await deriveFolder(io, options.extends, options);
  const made = inFile(source, "", () => {
    const drawn = generateList({ plan, trial, seed });
    return before === undefined ? drawn : extendList(before.master, drawn);
  });
  const at = instantOf(io);
  const generation = { at, ...(options.by === undefined ? {} : { by: options.by }), runtime: io.runtime };
  const files = await writeFolder(target, shown, options.force === true, (folder) =>
    writeListFiles(folder, made, digestOf(trial), generation),
  );

  const { assumptions, warnings: own } = made.unblindedRecord();
  const warnings = [
    ...seedWarnings,
    ...seedReuse(target, { kind: "list", trial: plan.trial, part: plan.part, list: plan.list }, seed),
    ...own,
    ...obstacleWarning(plan),
  ];
  if (options.quiet === true) {
    await io.stdout.write(
      options.json === true ? jsonText(countsOnly("list", made)) : await rowsText(io, blindedRowCount(made.blinded())),
    );
  } else if (options.json === true) {
    await io.stdout.write(jsonText(listAnswer("list", made, trial, shown, files, warnings, assumptions)));
  } else {
    const { listText } = await import("../answers/listAnswer.js");
    const { speechOf } = await import("../answers/speech.js");
    await io.stdout.write(listText(made, shown, files, warnings, await speechOf(io)));
  }
  return 0;
}

async function rowsText(io: Io, rows: number): Promise<string> {
  const { countIn } = await import("../answers/say.js");
  return `${countIn(io.language ?? "en", rows, "row", "行")}\n`;
}

/** The plan's author must know before the first participant that the list can never grow. */
function obstacleWarning(plan: Plan): readonly Issue[] {
  const why = extensionObstacle(plan);
  if (why === undefined) return [];
  return [{ code: "list.cannot_be_extended", path: "length", message: `This list can never be extended: ${why}.` }];
}

/** Refuses a place that is taken; with --force one that holds anything but a list, or a LIVE list under a TEST one. */
function checkTarget(io: Io, target: string, shown: string, options: ListOptions, status: "LIVE" | "TEST"): void {
  if (!exists(target, shown)) return;
  const fault = (code: PlainCode, message: string, expected: string): never =>
    failAt({ code, path: "--out", file: shown, message, expected });
  const isInside = !relative(behindLinks(target, shown), realpathSync(io.cwd)).startsWith("..");
  if (options.force !== true) {
    fault("cli.output_exists", "This exists already; nothing was written.", "a new folder (--out), or --force");
  }
  if (!touching(shown, () => statSync(target)).isDirectory()) {
    fault("cli.folder_is_file", "This is a file; a list is written into a folder.", "a new folder (--out)");
  }
  const entries = isInside ? [] : touching(shown, () => readdirSync(target));
  if (isInside || entries.some((name) => listOfFileName(name) === undefined)) {
    fault(
      "cli.output_not_a_list",
      "This folder holds more than the files of a list, so --force does not replace it.",
      "a folder that `allocell list` wrote, or another --out",
    );
  }
  if (status === "TEST" && entries.some((name) => listOfFileName(name)?.status === "LIVE")) {
    fault("cli.output_is_live", "A TEST list never replaces a LIVE one.", "another --out");
  }
}
