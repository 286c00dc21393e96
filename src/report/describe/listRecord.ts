import { describeWords } from "../texts/describeTexts.js";
import type { Language } from "../texts/language.js";
import { algorithmText, isDynamic, partOf, partText, type ListDescription } from "./description.js";
import { hashTable, provenanceRows, whatAndValue } from "./formTables.js";
import { BLANK, document, plainValues, table } from "./markdown.js";

/** Rows of the transfer log that are left empty for handwriting. */
const TRANSFERS = 4;

/**
 * The record of a list, in Markdown: who generated and checked it, versions, hashes, and a transfer log, each with empty
 * places for what is not known and for signatures. It holds no arm, ratio, block size or seed, but is UNBLINDED all the
 * same: a short list can be found from its hash by trying.
 *
 * @throws AllocellError `report.trial_differs`, `trial.part_unknown`; `report.language_unknown`
 */
export function toListRecord(description: ListDescription, language: Language = "en"): string {
  const say = describeWords(language);
  const part = partOf(description);
  const { plan, trial, manifest } = description;
  const { at = "", by = "", runtime = "" } = manifest?.generation ?? {};
  const isTest = manifest?.status === "TEST";
  const made = [by, at.slice(0, 10)];
  return document([
    `# ${say(isDynamic(plan) ? "record.titleDynamic" : "record.titleList", { list: plan.list })}`,
    say("record.keep"),
    table(whatAndValue(language), [
      [say("field.study"), say("value.study", { id: trial.id, title: trial.title })],
      [say("field.part"), partText(part, language)],
      [say("field.list"), plan.list],
      [say("field.status"), manifest?.status ?? ""],
      [say("field.rows"), manifest === undefined ? "" : String(manifest.rows)],
      [say("field.at"), at],
      [say("field.by"), by],
      [say("field.runtime"), runtime],
      [say("field.version"), manifest?.allocell ?? ""],
      [say("field.algorithm"), algorithmText(description)],
      // The mark of a seed stands in the specification.
      ...provenanceRows(description, language).filter(([name]) => name !== say("field.seedMark")),
      [say("field.supersedes"), ""],
    ]),
    `## ${say("record.hashes")}`,
    hashTable(description, language),
    `## ${say("record.check")}`,
    table(
      (["step", "by", "date", "result", "signature"] as const).map((name) => say(`head.${name}`)),
      [
        [say("record.testMade"), ...(isTest ? made : ["", ""]), "", ""],
        [say("record.generated"), ...(isTest ? ["", ""] : made), "", ""],
        ...(manifest?.adopted === undefined
          ? [
              [say("record.verified"), "", "", "", ""],
              [say("record.regenerated"), "", "", "", ""],
            ]
          : [[say("record.compared"), "", "", "", ""]]),
        [say("record.audited"), "", "", "", ""],
      ],
    ),
    `## ${say("record.transfers")}`,
    say("record.encrypted", plainValues({ blank: BLANK })),
    table(
      (["when", "from", "to", "how", "files", "receiver"] as const).map((name) => say(`record.${name}`)),
      Array.from({ length: TRANSFERS }, () => ["", "", "", "", "", ""]),
    ),
  ]);
}
