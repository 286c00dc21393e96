import type { Language } from "../texts/language.js";
import { unblindingWords, type UnblindingTextKey } from "../texts/unblindingTexts.js";
import { armsOf, type ListDescription } from "./description.js";
import { signatures, whatAndValue } from "./formTables.js";
import { document, plainValues, table } from "./markdown.js";
import { idRows } from "./specificationRows.js";

/** Places for people who are present and are none of those who sign. */
const OTHERS = 4;

/**
 * The record of the unblinding after database lock, in Markdown, to be filled in: what must be there before, whether
 * seals and code-break cards are intact, the first unblinding (codes to the statistician), the second (what each code
 * stands for), who was present, and signatures. It names no treatment and no parameter until people write them in.
 *
 * @throws AllocellError `report.trial_differs`, `trial.part_unknown`, `trial.arm_unknown`; `report.language_unknown`
 */
export function toUnblindingRecord(description: ListDescription, language: Language = "en"): string {
  const say = unblindingWords(language);
  const blanks = (...names: readonly UnblindingTextKey[]): readonly (readonly [string, string])[] =>
    names.map((name) => [say(name), ""]);
  const copies = ["1", "2"].map((number) => [say("copy", { number }), ""]);
  // A letter for each arm of the part, as many as the protocol says.
  const codes = armsOf(description).map((_, i) => [say("code", { letter: String.fromCharCode(65 + i) }), ""]);
  const form = (rows: readonly (readonly string[])[]): string => table(whatAndValue(language), rows);
  return document([
    `# ${say("title", plainValues({ list: description.plan.list }))}`,
    say("note"),
    form(idRows(description, language)),
    `## ${say("when")}`,
    form(blanks("locked", "review", "plan", "place")),
    `## ${say("seals")}`,
    form([...copies, ...blanks("handed", "opened", "returned", "share", "checked")]),
    `## ${say("first")}`,
    form(blanks("firstAt", "file", "from", "to")),
    `## ${say("second")}`,
    form([...blanks("results", "secondAt"), ...codes, ...blanks("readBy")]),
    `## ${say("present")}`,
    signatures(
      Array.from({ length: OTHERS }, () => ""),
      language,
    ),
    `## ${say("signatures")}`,
    signatures([say("investigator"), say("sponsor"), say("statistician"), say("keeper")], language),
  ]);
}
