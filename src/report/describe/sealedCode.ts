import { describeWords } from "../texts/describeTexts.js";
import type { Language } from "../texts/language.js";
import { sealedWords } from "../texts/sealedTexts.js";
import { isDynamic, type ListDescription } from "./description.js";
import { hashTable, provenanceRows, signatures, whatAndValue } from "./formTables.js";
import { BLANK, document, plainValues, table } from "./markdown.js";
import { idRows, parameterRows } from "./specificationRows.js";

/**
 * The sealed code of a list, in Markdown: the sheets that stand outside on each of its two copies, and what lies inside
 * beside the printed master list: contents, parameters, custody of the seed. UNBLINDED: it holds the block sizes.
 *
 * The outside says who holds which copy and when it may be opened, and no parameter.
 *
 * @throws AllocellError `report.trial_differs`, `trial.part_unknown`; `report.language_unknown`
 */
export function toSealedCode(description: ListDescription, language: Language = "en"): string {
  const { plan } = description;
  const say = sealedWords(language);
  const item = (name: string): readonly string[] => [name, "", ""];
  return document([
    `# ${say("sealed.title", plainValues({ list: plan.list }))}`,
    say("sealed.note"),
    ...(["institution", "sponsor"] as const).flatMap((holder, i) => outside(description, i + 1, holder, language)),
    `## ${say("sealed.contents")}`,
    table(
      [say("contents.item"), say("contents.sheets"), say("contents.checked")],
      [
        item(say(isDynamic(plan) ? "contents.dynamic" : "contents.masterList")),
        item(say("contents.specification")),
        item(say("contents.kits")),
        item(say("contents.record")),
      ],
    ),
    hashTable(description, language),
    `## ${say("sealed.parameters")}`,
    table(whatAndValue(language), parameterRows(description, language)),
    `## ${say("sealed.seed")}`,
    table(whatAndValue(language), seedRows(description, language)),
    `## ${say("sealed.signatures")}`,
    signatures(
      [
        say("sealed.made"),
        say("sealed.checkedBy"),
        say("sealed.sealedBy"),
        say("sealed.checkedBy"),
        say("sealed.handedBy"),
        say("sealed.checkedBy"),
        say("sealed.received", { number: "1" }),
        say("sealed.received", { number: "2" }),
      ],
      language,
    ),
  ]);
}

function outside(
  description: ListDescription,
  copy: number,
  holder: "institution" | "sponsor",
  language: Language,
): readonly string[] {
  const say = sealedWords(language);
  const number = String(copy);
  return [
    `## ${say("sealed.outside", { number })}`,
    table(whatAndValue(language), [
      ...idRows(description, language),
      [say("outside.copy"), say("outside.copyOf", { number })],
      [say("outside.holder"), say(`outside.${holder}`, { blank: BLANK })],
      [say("outside.place"), ""],
      [say("outside.sealedBy"), ""],
      [say("outside.checkedBy"), ""],
      [say("outside.handed"), ""],
      [say("outside.opens"), say("outside.opensWhen", { blank: BLANK })],
      [say("outside.intact"), ""],
    ]),
  ];
}

function seedRows(description: ListDescription, language: Language): readonly (readonly [string, string])[] {
  const { manifest } = description;
  const say = sealedWords(language);
  if (manifest?.adopted !== undefined) return provenanceRows(description, language);
  return [
    [describeWords(language)("field.seedMark"), manifest?.seedMark ?? ""],
    [say("seed.text"), ""],
    [say("seed.drawn"), ""],
    [say("seed.seen"), ""],
    [say("seed.copies"), ""],
  ];
}
