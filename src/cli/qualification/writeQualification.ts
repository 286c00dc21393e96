import type { Language } from "../../report/index.js";
import { jsonText, type Io } from "../io.js";
import { inLanguage, writeReportFolder } from "../reportFolder.js";

/** Writes the report of a qualification as a page to be printed and signed, and as JSON, into a new folder. */
export const writeQualification = (
  io: Io,
  folder: string,
  name: "iq" | "oq",
  language: Language,
  { html, json }: { readonly html: string; readonly json: object },
): Promise<string[]> =>
  writeReportFolder(
    io,
    folder,
    language,
    [],
    [
      { file: inLanguage(name, "html", language), text: html },
      { file: `${name}.json`, text: jsonText(json) },
    ],
  );
