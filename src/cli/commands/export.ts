import { join, resolve } from "node:path";
import { fail } from "../../foundation/index.js";
import { toExportCsv, type ExportTable } from "../../exchange/index.js";
import type { HashedFile } from "../../list/index.js";
import { VERSION } from "../../version.js";
import { writeFolder, writeLongFile, writeNewFile } from "../../store/disk/index.js";
import { readFolderTable, type FolderTable } from "../exportInput.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { requireNewFolder } from "../requireNewFolder.js";

export interface ExportOptions extends CommonOptions {
  readonly to: string;
  readonly map?: string;
  readonly development?: string;
  readonly out?: string;
}

/** A file of an export with its rows. */
interface WrittenTable extends HashedFile {
  readonly rows: number;
}

/** `allocell export FOLDER`: the table of a list for another system, with a manifest, in a new folder. UNBLINDED. */
export async function exportList(io: Io, folder: string, options: ExportOptions): Promise<number> {
  const { map } = options;
  if (map === undefined) {
    return fail("cli.option_missing", "--map", "How does the other system name arms, factors and levels?", {
      expected: `--map FILE, which \`allocell init map ${folder} --to ${options.to}\` begins`,
    });
  }
  const made = await readFolderTable(io, folder, options.to, map);
  const development =
    options.development === undefined ? undefined : await readFolderTable(io, options.development, options.to, map);
  if (development !== undefined) requireTestBesideLive(made, development);
  const { list, status } = identityOf(made);
  const out = options.out ?? `${list}_${status}_UNBLINDED_${options.to}`;
  requireNewFolder(io, out, "--out");
  const tables = [made, ...(development === undefined ? [] : [development])];
  const files = await writeFolder(resolve(io.cwd, out), out, false, async (target) => {
    const written: WrittenTable[] = [];
    for (const { table } of tables) written.push(await writeTable(target, table));
    requireDifferent(written);
    const name = `${list}_${status}_UNBLINDED_${options.to}.manifest.json`;
    const sha256 = writeNewFile(join(target, name), [jsonText(exportManifest(tables, written))], 0o600);
    return [...written, { file: name, sha256 }];
  });
  const answer = {
    command: "export",
    world: "unblinded",
    list,
    status,
    to: options.to,
    basis: made.format.basis,
    folder: out,
    files,
  };
  if (options.json === true) await io.stdout.write(jsonText(answer));
  else {
    const { exportText } = await import("../answers/exportAnswer.js");
    const comparison = `${folder} --uploaded FILE --from ${options.to} --map ${map}`;
    await io.stdout.write(exportText(made, out, files, comparison, io.language ?? "en"));
  }
  return 0;
}

const identityOf = ({ manifest: { plan, status } }: FolderTable): { list: string; status: "LIVE" | "TEST" } => ({
  list: plan.list,
  status,
});

/** The table of a TEST list is for development and that of a LIVE list for production, never the other way. */
function requireTestBesideLive(production: FolderTable, development: FolderTable): void {
  const [live, test] = [production.manifest, development.manifest];
  if (live.status !== "LIVE" || test.status !== "TEST") {
    fail(
      "exchange.development_not_test",
      "--development",
      "Production is made of a LIVE list, development of a TEST list.",
      {
        expected: "export LIVE-FOLDER --development TEST-FOLDER",
        received: `${live.status} list ${live.plan.list}, ${test.status} list ${test.plan.list}`,
      },
    );
  }
}

async function writeTable(folder: string, table: ExportTable): Promise<WrittenTable> {
  let rows = -1;
  const counted = function* (): Generator<string, void, undefined> {
    for (const line of toExportCsv(table)) {
      rows += 1;
      yield line;
    }
  };
  const sha256 = await writeLongFile(join(folder, table.file), counted(), 0o600);
  return { file: table.file, sha256, rows };
}

/** REDCap refuses two equal tables, and whoever has seen the development one would know the other. */
function requireDifferent(written: readonly WrittenTable[]): void {
  if (new Set(written.map(({ sha256 }) => sha256)).size === written.length) return;
  fail(
    "exchange.tables_equal",
    "--development",
    "The two tables are equal: they assign the same treatments in the same order.",
    {
      expected: "a TEST list of another seed",
    },
  );
}

/** What was made of which list by which map, with the hash of every file. */
function exportManifest(tables: readonly FolderTable[], written: readonly WrittenTable[]): object {
  const [first] = tables;
  return {
    format: "allocell-export-1",
    world: "unblinded",
    to: first?.format.id,
    basis: first?.format.basis,
    allocell: VERSION,
    lists: tables.map(({ manifest: { plan, status, planHash, seedMark, adopted } }) => ({
      list: plan.list,
      status,
      planHash,
      ...(adopted === undefined ? { seedMark } : { origin: "adopted" }),
    })),
    map: first?.map,
    files: written,
  };
}
