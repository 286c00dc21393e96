import { listFileNames, listOfFileName } from "../../list/index.js";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fail } from "../../foundation/index.js";
import { failAt, touching, writeFolder, writeNewFile } from "../../store/disk/index.js";
import { VERSION } from "../../version.js";
import { readText } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { manifestedFile } from "../exportInput.js";
import { readManifest } from "../listManifest.js";
import { requireNewFolder } from "../requireNewFolder.js";
import type { SheetRows } from "../writeWorkbook.js";

export interface ExportXlsxOptions extends CommonOptions {
  readonly sheets?: "one" | "strata";
  readonly out?: string;
}

/** Lists or kits of a folder, as the CSV files that were written beside each other. */
interface CsvFolder {
  readonly list: string;
  readonly status: "LIVE" | "TEST";
  readonly factors: readonly string[];
  /** The CSV file with treatments, and that without. */
  readonly unblinded: { readonly csv: string; readonly what: "master" | "kits" };
  readonly blinded: { readonly csv: string; readonly what: "list" | "kits" };
}

const LARGEST_BYTES = 500_000_000;
/** The rows of a sheet, its titles among them. */
const MOST_ROWS = 1_048_576;

/** `allocell export FOLDER --to xlsx`: a list or a kit list with its treatments and without, as two workbooks of texts. */
export async function exportXlsx(io: Io, folder: string, options: ExportXlsxOptions): Promise<number> {
  const source = await csvFolder(io, folder);
  const { list, status } = source;
  const out = options.out ?? `${list}_${status}_UNBLINDED_xlsx`;
  requireNewFolder(io, out, "--out");
  const { workbookOfSheets } = await import("../writeWorkbook.js");
  const sheetsOf = (csv: string): readonly SheetRows[] => {
    const text = readText(io, join(folder, csv), LARGEST_BYTES);
    return toSheets(text, options.sheets === "strata" ? source.factors : []);
  };
  const files = await writeFolder(resolve(io.cwd, out), out, false, (target) => {
    const write = (csv: string, name: string, mode: number): object => {
      const sheets = sheetsOf(csv);
      const sha256 = writeNewFile(join(target, name), [workbookOfSheets(sheets)], mode);
      return {
        file: name,
        sha256,
        from: csv,
        sheets: sheets.length,
        rows: sheets.reduce((sum, { rows }) => sum + rows.length - 1, 0),
      };
    };
    const base = `${list}_${status}`;
    const { unblinded, blinded } = source;
    const written = [
      write(unblinded.csv, `${base}_UNBLINDED_${unblinded.what}.xlsx`, 0o600),
      write(blinded.csv, `${base}_blinded_${blinded.what}.xlsx`, 0o644),
    ];
    const manifest = {
      format: "allocell-export-1",
      world: "unblinded",
      to: "xlsx",
      allocell: VERSION,
      list,
      status,
      files: written,
    };
    const name = `${base}_UNBLINDED_xlsx.manifest.json`;
    return [...written, { file: name, sha256: writeNewFile(join(target, name), [jsonText(manifest)], 0o600) }];
  });
  const answer = { command: "export", world: "unblinded", list, status, to: "xlsx", folder: out, files };
  if (options.json === true) await io.stdout.write(jsonText(answer));
  else {
    const { workbooksText } = await import("../answers/workbooksAnswer.js");
    await io.stdout.write(workbooksText(out, files, io.language ?? "en"));
  }
  return 0;
}

/** The list or kit list that a folder holds; a list after the proof that its files are those of its manifest. */
async function csvFolder(io: Io, folder: string): Promise<CsvFolder> {
  const names = touching(folder, () => readdirSync(resolve(io.cwd, folder)));
  if (names.some((name) => listOfFileName(name) !== undefined)) return listFolder(io, folder);
  const kits = names.flatMap((name) => /^(?<base>.*)\.UNBLINDED\.kits\.csv$/u.exec(name)?.groups?.["base"] ?? []);
  const [base] = kits;
  if (base === undefined || kits.length > 1) {
    return failAt({
      code: "cli.not_a_list",
      path: folder,
      file: folder,
      message: "This folder holds the files of no list and of no kit list.",
      expected: "a folder that `allocell list` or `allocell kits` wrote",
    });
  }
  return {
    list: base.replace(/\.TEST$/u, ""),
    status: base.endsWith(".TEST") ? "TEST" : "LIVE",
    factors: [],
    unblinded: { csv: `${base}.UNBLINDED.kits.csv`, what: "kits" },
    blinded: { csv: `${base}.blinded.kits.csv`, what: "kits" },
  };
}

async function listFolder(io: Io, folder: string): Promise<CsvFolder> {
  const manifest = await readManifest(io, folder);
  const { plan, status } = manifest;
  const { masterCsv, blindedCsv } = listFileNames(plan.list, status);
  for (const csv of [masterCsv, blindedCsv]) manifestedFile(io, folder, manifest, csv);
  return {
    list: plan.list,
    status,
    factors: plan.strata.map(({ factor }) => factor),
    unblinded: { csv: masterCsv, what: "master" },
    blinded: { csv: blindedCsv, what: "list" },
  };
}

/** The rows of a CSV file that allocell wrote (no cell of it needs quotes) in one sheet, or in one for each stratum. */
function toSheets(text: string, factors: readonly string[]): readonly SheetRows[] {
  const [titles = [], ...rows] = text
    .split("\r\n")
    .filter((line) => line !== "")
    .map((line) => line.split(","));
  const columns = factors.map((factor) => titles.indexOf(factor));
  const groups = new Map<string, string[][]>();
  for (const row of rows) {
    const name = columns.map((column) => row[column] ?? "").join(" ");
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  const taken = new Set<string>();
  return [...groups].map(([name, group]) => {
    if (group.length >= MOST_ROWS) {
      fail("exchange.too_many_rows", "--sheets", "A sheet of a workbook does not take so many rows.", {
        expected: `at most ${MOST_ROWS} rows with the titles: --sheets strata, or a shorter list`,
        received: `${group.length} rows`,
        parameters: { title: "A sheet" },
      });
    }
    return { sheet: sheetName(name === "" ? "allocell" : name, taken), rows: [titles, ...group] };
  });
}

/** A name that a spreadsheet takes and no other sheet has. */
function sheetName(wanted: string, taken: Set<string>): string {
  const plain = wanted.replace(/[[\]/\\:*?']/gu, "-").slice(0, 26);
  let name = plain;
  for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${plain} ${n}`;
  taken.add(name.toLowerCase());
  return name;
}
