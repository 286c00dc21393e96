import { toQualificationHtml, type Language } from "../../report/index.js";
import { VERSION } from "../../version.js";
import { fail } from "../../foundation/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import type { OqFile } from "../qualification/caseFile.js";
import { readCaseFiles } from "../qualification/readCaseFiles.js";
import { asQualification, short } from "../qualification/asQualification.js";
import type { OqResult } from "../qualification/runCase.js";
import { runCases, type Run } from "../qualification/runCases.js";
import { writeQualification } from "../qualification/writeQualification.js";
import { writtenLines } from "../reportFolder.js";
import { textTable, wrapText } from "../textTable.js";

export interface OqOptions extends CommonOptions {
  readonly group?: string;
  readonly detailed?: boolean;
  readonly lang: Language;
  readonly out?: string;
}

/** `allocell oq`: the shipped cases run by the installed package; exit code 1 at any that does not pass or cannot run. */
export async function oq(io: Io, options: OqOptions, run: Run): Promise<number> {
  const { files: all, sha256 } = readCaseFiles();
  const files = options.group === undefined ? all : groupsOf(all, options.group);
  const results = await runCases(files, run);
  const passed = results.filter(({ isPassed }) => isPassed).length;
  const isPassed = passed === results.length && results.length > 0;
  const part = files.length === all.length ? "" : `, groups ${files.map(({ group }) => group).join(",")} alone`;
  const verdict = `OQ ${isPassed ? "PASSED" : "FAILED"} ${passed} of ${results.length}${part}, allocell ${VERSION}, ${environment(io)}, cases sha256 ${sha256}`;
  const written =
    options.out === undefined
      ? []
      : await writeQualification(io, options.out, "oq", options.lang, {
          html: toQualificationHtml(asQualification(files, results, verdict, options.lang), options.lang),
          json: { verdict, at: io.now().toISOString(), results },
        });
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "oq", isPassed, passed, cases: results.length, verdict, sha256, results, files: written })
      : oqText(files, results, options) + writtenLines(written) + `${verdict}\n`,
  );
  return isPassed ? 0 : 1;
}

const environment = (io: Io): string => `${io.runtime} ${process.platform}-${process.arch}`;

function groupsOf(files: readonly OqFile[], text: string): readonly OqFile[] {
  return text.split(",").map((word) => {
    const group = word.trim().toUpperCase();
    return (
      files.find((file) => file.group === group) ??
      fail("cli.usage", "--group", `There is no group "${word}" of cases.`, {
        expected: files.map((file) => file.group).join(", "),
        received: word,
      })
    );
  });
}

const lineOf = ({ id, requirement, call, expected, found, isPassed, differsAt }: OqResult): string =>
  `${id} ${requirement} ${call}: expected ${short(expected)} found ${isPassed ? "the same" : `${short(found)} at ${differsAt ?? ""}`} ${isPassed ? "PASS" : "FAIL"}`;

function oqText(files: readonly OqFile[], results: readonly OqResult[], { detailed = false }: OqOptions): string {
  const failed = results.filter(({ isPassed }) => !isPassed);
  const table = files.map(({ group, title, cases }) => {
    const bad = failed.filter((one) => one.group === group).length;
    return [group, title, String(cases.length - bad), String(cases.length)];
  });
  return [
    "OPERATIONAL QUALIFICATION",
    "",
    textTable(["", "cases", "passed", "of"], table).trimEnd(),
    "",
    ...(detailed ? results : failed).flatMap((one) => wrapText(lineOf(one), "  ", 120)),
    "",
  ].join("\n");
}
