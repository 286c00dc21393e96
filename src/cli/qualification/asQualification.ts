import type { Language, Qualification } from "../../report/index.js";
import type { OqFile } from "./caseFile.js";
import type { OqResult } from "./runCase.js";

const MOST_SHOWN = 160;
/** A value in the space that a line of a report has. */
export const short = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
};

/** The report of the cases that were run, what did not pass first. */
export function asQualification(
  files: readonly OqFile[],
  results: readonly OqResult[],
  verdict: string,
  language: Language,
): Qualification {
  const failed = results.filter(({ isPassed }) => !isPassed);
  return {
    kind: "oq",
    verdict,
    isPassed: failed.length === 0,
    facts: files.map(
      ({ group, title, titleZh, source }) => `${group}: ${language === "en" ? title : titleZh}. ${source}`,
    ),
    rows: [...failed, ...results.filter(({ isPassed }) => isPassed)].map(
      ({ id, requirement, call, expected, found, isPassed }) => ({
        id,
        requirement,
        what: call,
        expected: short(expected),
        found: isPassed ? "=" : short(found),
        isPassed,
      }),
    ),
  };
}
