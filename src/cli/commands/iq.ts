import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { sha256Hex } from "../../foundation/index.js";
import { toQualificationHtml, type Language, type Qualification } from "../../report/index.js";
import { VERSION } from "../../version.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { checkDependencies, type DependencyCheck } from "../qualification/checkDependencies.js";
import { checkFiles, SUMS_FILE } from "../qualification/checkFiles.js";
import { packageFolder } from "../qualification/packageFolder.js";
import { writeQualification } from "../qualification/writeQualification.js";
import { writtenLines } from "../reportFolder.js";

export interface IqOptions extends CommonOptions {
  readonly acceptPlatform?: string;
  readonly lang: Language;
  readonly out?: string;
}

type Row = Qualification["rows"][number];
type Unnumbered = Omit<Row, "id" | "requirement">;

/** `allocell iq`: whether the installed package is the built one, on a known platform; exit code 1 at any fault. */
export async function iq(io: Io, options: IqOptions): Promise<number> {
  const folder = packageFolder();
  const { files, faults } = checkFiles(folder);
  const dependencies = checkDependencies(folder);
  const rows: readonly Row[] = [
    row(
      `files of the package against ${SUMS_FILE}`,
      `${files} files as built`,
      faults.length === 0,
      `${faults.length} faults`,
    ),
    ...faults.map(({ file, fault, expected = "absent", found = "absent" }) =>
      row(`${fault}: ${file}`, expected, false, found),
    ),
    ...platformRows(folder, io.runtime, options.acceptPlatform),
    ...dependencyRows(dependencies),
    ...machineRows(io),
  ].map((one, index) => ({ id: `IQ-${String(index + 1).padStart(3, "0")}`, requirement: "SYS-001", ...one }));
  const failed = rows.filter(({ isPassed }) => !isPassed).length;
  const isPassed = failed === 0;
  const sums = sha256Hex(readFileSync(join(folder, SUMS_FILE), "utf8"));
  const verdict = `IQ ${isPassed ? "PASSED" : "FAILED"} ${rows.length - failed} of ${rows.length}, allocell ${VERSION}, ${io.runtime} ${process.platform}-${process.arch}, ${files} files, sums sha256 ${sums}`;
  const licences = [...new Set(dependencies.map(({ licence }) => licence))].sort().join(", ");
  const facts = [
    `Components: ${dependencies.length} (dist/sbom.cdx.json, CycloneDX). Licences: ${licences}`,
    `Clock ${io.now().toISOString()}, time zone ${Intl.DateTimeFormat().resolvedOptions().timeZone}`,
  ];
  const shown = [...rows].sort((a, b) => Number(a.isPassed) - Number(b.isPassed));
  const answer = { isPassed, verdict, at: io.now().toISOString(), rows, dependencies };
  const written =
    options.out === undefined
      ? []
      : await writeQualification(io, options.out, "iq", options.lang, {
          html: toQualificationHtml({ kind: "iq", verdict, isPassed, facts, rows: shown }, options.lang),
          json: answer,
        });
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "iq", ...answer, files: written })
      : `${["INSTALLATION QUALIFICATION", "", ...facts, "", ...shown.map(lineOf)].join("\n")}\n${writtenLines(written)}${verdict}\n`,
  );
  return isPassed ? 0 : 1;
}

const row = (what: string, expected: string, isPassed: boolean, found = expected): Unnumbered => ({
  what,
  expected,
  found: isPassed ? "=" : found,
  isPassed,
});

const lineOf = ({ id, what, expected, found, isPassed }: Row): string =>
  `  ${id} ${isPassed ? "pass" : "FAIL"}  ${what}: expected ${expected}${isPassed ? "" : `, found ${found}`}`;

interface Platforms {
  readonly node: readonly { readonly major: number; readonly status: string }[];
  readonly systems: readonly { readonly platform: string; readonly status: string }[];
}

/** Runtime and system against docs/validation/platforms.yml, or accepted with a reason. */
function platformRows(folder: string, runtime: string, accepted: string | undefined): readonly Unnumbered[] {
  const known = parse(readFileSync(join(folder, "docs/validation/platforms.yml"), "utf8")) as Platforms;
  const major = Number(/(\d+)/.exec(runtime)?.[1]);
  const system = `${process.platform}-${process.arch}`;
  const of = [
    ["runtime", runtime, known.node.find((one) => one.major === major)?.status],
    ["system", system, known.systems.find((one) => one.platform === system)?.status],
  ] as const;
  return of.map(([name, found, status]) =>
    status === undefined && accepted !== undefined
      ? row(`${name} ${found}, not listed, accepted: ${accepted}`, "a reason", true)
      : row(`${name} ${found} (${status ?? "not listed"})`, "tested or expected", status !== undefined, "not listed"),
  );
}

function dependencyRows(dependencies: readonly DependencyCheck[]): readonly Unnumbered[] {
  const direct = dependencies
    .filter(({ isDirect }) => isDirect)
    .map(({ name, expected, found }) => row(`dependency ${name}`, expected, found === expected, found ?? "nothing"));
  const others = dependencies.filter(({ isDirect, expected, found }) => !isDirect && found !== expected);
  const without = dependencies.filter(({ licence }) => licence === "");
  // What a dependency stands on may be newer than it was here: told, and tried by the operational qualification.
  const told = others.map(({ name, expected, found = "nothing" }) =>
    row(`dependency of a dependency ${name}, built with ${expected}, here ${found}`, "told", true),
  );
  return [
    ...direct,
    ...told,
    row("licences stated", "of every component", without.length === 0, without.map(({ name }) => name).join(", ")),
  ];
}

/** What the commands need of the machine: random bytes, a disk that writes and renames, and text as it was. */
function machineRows(io: Io): readonly Unnumbered[] {
  const [one, other] = [io.entropy(32), io.entropy(32)].map((bytes) => bytes.join());
  const folder = mkdtempSync(join(tmpdir(), "allocell-iq-"));
  const text = "上海 Zürich ≥65\n";
  try {
    writeFileSync(join(folder, "a"), text);
    renameSync(join(folder, "a"), join(folder, "b"));
    return [
      row("two draws of random bytes", "differ", one !== other, "the same"),
      row(
        "a file written, renamed and read",
        "the same bytes",
        readFileSync(join(folder, "b"), "utf8") === text,
        "other bytes",
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
