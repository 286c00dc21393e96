import { sep } from "node:path";
import type { Issue } from "../foundation/index.js";
import { blindedRowCount, stratumText, type HashedFile, type MasterList } from "../list/index.js";
import type { ClosedAssumption, Trial } from "../trial/index.js";
import { listFileNames } from "./listFiles.js";
import { counted, textTable, wrapText } from "./textTable.js";

/** More strata than that are counted, not shown. */
const SHOWN_STRATA = 60;

/** What a blinded person may see: the rows that were asked for, not those that a whole last block adds. */
export function countsOnly(command: string, made: MasterList): object {
  return { command, list: made.list, status: made.status, rows: blindedRowCount(made.blinded()) };
}

/** A list that was made or taken over, as JSON. UNBLINDED. */
export function listAnswer(
  command: "list" | "adopt",
  made: MasterList,
  trial: Trial,
  folder: string,
  files: readonly HashedFile[],
  warnings: readonly Issue[],
  assumptions: readonly ClosedAssumption[],
): object {
  const { plan, algorithm, adopted } = made.unblindedRecord();
  return {
    ...countsOnly(command, made),
    world: "unblinded",
    ...(adopted === undefined ? {} : { origin: "adopted", source: adopted.source }),
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

/** The same for people. */
export function listText(
  made: MasterList,
  folder: string,
  files: readonly HashedFile[],
  warnings: readonly Issue[],
  assumptions: readonly ClosedAssumption[],
): string {
  const { plan } = made.unblindedRecord();
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
  const { title, what, check } = provenanceTexts(made, folder);
  return [
    `${title} (UNBLINDED: this page shows ratio and balance)`,
    "",
    `  ${counted(blindedRowCount(made.blinded()), "row")} for part ${plan.part} of ${plan.trial}, ${what[0] ?? ""}`,
    ...what.slice(1).map((line) => `  ${line}`),
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
    `Check the files at any time: ${check}`,
    "",
  ].join("\n");
}

/** What is said of where the rows come from, and how the files are checked. */
function provenanceTexts(
  made: MasterList,
  folder: string,
): { readonly title: string; readonly what: readonly string[]; readonly check: string } {
  const { algorithm, adopted } = made.unblindedRecord();
  const isTest = made.status === "TEST";
  if (adopted === undefined) {
    return {
      title: `${made.status} LIST ${made.list}`,
      what: [`algorithm ${algorithm}`, ...(isTest ? ["Made from a TEST seed: never for participants."] : [])],
      check: `allocell verify ${folder} ${isTest ? "--test-seed TEXT" : "--seed-file FILE"}`,
    };
  }
  const { source, system } = adopted;
  return {
    title: `${made.status} LIST ${made.list}, ADOPTED`,
    what: [
      `taken over from ${source.file}${system === undefined ? "" : ` (${system})`}; it has no seed`,
      ...(isTest ? ["Marked TEST: never for participants."] : []),
    ],
    check: `allocell verify ${folder} --source ${source.file}`,
  };
}
