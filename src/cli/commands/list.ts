import { readdirSync, realpathSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { digestOf, fail, type Issue, type PlainCode } from "../../foundation/index.js";
import {
  blindedRowCount,
  extendList,
  extensionObstacle,
  generateList,
  stratumText,
  type HashedFile,
  type MasterList,
  type Plan,
} from "../../list/index.js";
import type { ClosedAssumption, Trial } from "../../trial/index.js";
import { behindLinks, exists, failAt, touching, writeFolder } from "../../store/disk/index.js";
import { deriveFolder } from "../custodyFiles.js";
import { inFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { listFileNames, listOfFileName, writeListFiles } from "../listFiles.js";
import { readPlanFile } from "../planFile.js";
import { readSeed, type SeedOptions } from "../seedInput.js";
import { seedReuse } from "../seedReuse.js";
import { counted, textTable, wrapText } from "../textTable.js";
import { applyDecisionFile, applyDecisions, chooseTrial, withTrialOf } from "../trialInput.js";

export interface ListOptions extends CommonOptions, SeedOptions {
  readonly trial?: string;
  readonly decision?: string;
  readonly extends?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly by?: string;
  readonly quiet?: boolean;
}

/** More strata than that are counted, not shown. */
const SHOWN_STRATA = 60;

/** `allocell list PLAN`: generates a randomization list and writes its six files, whole or not at all. */
export async function list(io: Io, planFile: string, options: ListOptions): Promise<number> {
  const { source, plan, decisions } = await readPlanFile(io, planFile);
  const trial = await planTrial(io, plan.trial, withTrialOf(source, options), (opened) =>
    applyDecisions(opened, source, decisions, "decisions"),
  ).catch((error: unknown) => inFile(source, "", () => rethrowUnknownTrial(error)));
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
      options.json === true ? jsonText(countsOnly(made)) : `${counted(blindedRowCount(made.blinded()), "row")}\n`,
    );
  } else if (options.json === true) {
    await io.stdout.write(jsonText(listAnswer(made, trial, shown, files, warnings, assumptions)));
  } else {
    await io.stdout.write(listText(made, shown, files, warnings, assumptions));
  }
  return 0;
}

async function planTrial(io: Io, id: string, options: ListOptions, decide: (trial: Trial) => Trial): Promise<Trial> {
  const trial = decide(await chooseTrial(io, id, options.trial));
  return applyDecisionFile(io, trial, options.decision);
}

/** The plan's author must know before the first participant that the list can never grow. */
function obstacleWarning(plan: Plan): readonly Issue[] {
  const why = extensionObstacle(plan);
  if (why === undefined) return [];
  return [{ code: "list.cannot_be_extended", path: "length", message: `This list can never be extended: ${why}.` }];
}

/** That a plan names an unknown trial is a fault at `trial` of the plan; every other error has its place already. */
function rethrowUnknownTrial(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "trials.unknown") {
    return fail("trials.unknown", "trial", error.message, {
      expected: "the id of a built-in trial, or --trial FILE with the trial's description",
    });
  }
  throw error;
}

/** The clock, or SOURCE_DATE_EPOCH (seconds since 1970) where a build asks for a fixed time. */
function instantOf(io: Io): string {
  const fixed = io.env["SOURCE_DATE_EPOCH"];
  if (fixed === undefined || fixed === "") return io.now().toISOString();
  if (!/^\d{1,11}$/.test(fixed)) {
    return fail("cli.source_date_invalid", "SOURCE_DATE_EPOCH", "SOURCE_DATE_EPOCH is a whole number of seconds.", {
      expected: "for example 1767225600",
      received: fixed,
    });
  }
  return new Date(Number(fixed) * 1000).toISOString();
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

/** What a blinded person may see: the rows that were asked for, not those that a whole last block adds. */
function countsOnly(made: MasterList): object {
  return { command: "list", list: made.list, status: made.status, rows: blindedRowCount(made.blinded()) };
}

function listAnswer(
  made: MasterList,
  trial: Trial,
  folder: string,
  files: readonly HashedFile[],
  warnings: readonly Issue[],
  assumptions: readonly ClosedAssumption[],
): object {
  const { plan, algorithm } = made.unblindedRecord();
  return {
    ...countsOnly(made),
    world: "unblinded",
    trial: trial.id,
    part: plan.part,
    algorithm,
    folder,
    files,
    balance: made.unblindedBalance().map(({ stratum, ...rest }) => ({ stratum: Object.fromEntries(stratum), ...rest })),
    warnings,
    assumptions,
  };
}

function listText(
  made: MasterList,
  folder: string,
  files: readonly HashedFile[],
  warnings: readonly Issue[],
  assumptions: readonly ClosedAssumption[],
): string {
  const { plan, algorithm } = made.unblindedRecord();
  const names = listFileNames(made.list, made.status);
  const blinded: readonly string[] = [names.blindedCsv, names.blindedJson, names.blindedManifest];
  const balance = made.unblindedBalance();
  const arms = plan.arms.map(({ arm }) => arm);
  const rows = balance
    .slice(0, SHOWN_STRATA)
    .map(({ stratum, rows: count, counts, imbalance }) => [
      stratumText(stratum),
      String(count),
      ...arms.map((arm) => String(counts[arm] ?? 0)),
      String(Number(imbalance.toFixed(2))),
    ]);
  const bullets = (items: readonly string[]): string[] =>
    items.length === 0 ? ["  none"] : items.flatMap((item) => wrapText(item, "  - "));
  const paths = (wanted: readonly HashedFile[]): string[] => wanted.map(({ file }) => `    ${folder}${sep}${file}`);
  const seedOption = made.status === "TEST" ? "--test-seed TEXT" : "--seed-file FILE";
  return [
    `${made.status} LIST ${made.list} (UNBLINDED: this page shows ratio and balance)`,
    "",
    `  ${counted(blindedRowCount(made.blinded()), "row")} for part ${plan.part} of ${plan.trial}, algorithm ${algorithm}`,
    ...(made.status === "TEST" ? ["  Made from a TEST seed: never for participants."] : []),
    "",
    "Balance",
    textTable(["stratum", "rows", ...arms, "imbalance"], rows).trimEnd(),
    ...(balance.length > SHOWN_STRATA ? [`  ... and ${balance.length - SHOWN_STRATA} more strata`] : []),
    "",
    "Warnings",
    ...bullets(warnings.map(({ code, message }) => `${code}: ${message}`)),
    "",
    "Assumptions (not stated by the trial's sources)",
    ...bullets(
      assumptions.map(({ key, value, reason }) => `${key} = ${value}${reason === undefined ? "" : ` (${reason})`}`),
    ),
    "",
    "Files",
    "  for unblinded people only",
    ...paths(files.filter(({ file }) => !blinded.includes(file))),
    "  to hand out",
    ...paths(files.filter(({ file }) => blinded.includes(file))),
    "",
    "Keep with the trial's records the SHA-256 of the unblinded manifest:",
    `  ${files.find(({ file }) => file === names.unblindedManifest)?.sha256 ?? ""}`,
    `Check the files at any time: allocell verify ${folder} ${seedOption}`,
    "",
  ].join("\n");
}
