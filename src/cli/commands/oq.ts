import { toQualificationHtml, type Language } from "../../report/index.js";
import { VERSION } from "../../version.js";
import { fail } from "../../foundation/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import type { OqFile } from "../qualification/caseFile.js";
import { readCaseFiles } from "../qualification/readCaseFiles.js";
import { missingCases } from "../qualification/suite.js";
import { asQualification } from "../qualification/asQualification.js";
import { runCases, type Run } from "../qualification/runCases.js";
import { writeQualification } from "../qualification/writeQualification.js";
import { writtenLines } from "../reportFolder.js";

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
  const missing = files.flatMap((file) => missingCases(file.group, file));
  const results = [...missing, ...(await runCases(files, run))];
  const passed = results.filter(({ isPassed }) => isPassed).length;
  const isPassed = passed === results.length && results.length > 0;
  const { oqText, oqVerdict } = await import("../answers/oqAnswer.js");
  const groups = files.length === all.length ? undefined : files.map(({ group }) => group);
  const said = { results, isPassed, groups, version: VERSION, environment: environment(io), sha256 };
  // The verdict in a file that programs read is in English.
  const verdict = oqVerdict(said, "en");
  const language = io.language ?? "en";
  const written =
    options.out === undefined
      ? []
      : await writeQualification(io, options.out, "oq", options.lang, {
          html: toQualificationHtml(
            asQualification(files, results, oqVerdict(said, options.lang), options.lang),
            options.lang,
          ),
          json: { verdict, at: io.now().toISOString(), results },
        });
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "oq", isPassed, passed, cases: results.length, verdict, sha256, results, files: written })
      : oqText(files, results, options.detailed === true, language) +
          writtenLines(written, language) +
          `${oqVerdict(said, language)}\n`,
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
