import { strataOf } from "../../list/index.js";
import { describeWords } from "../texts/describeTexts.js";
import type { Language } from "../texts/language.js";
import { sealedWords } from "../texts/sealedTexts.js";
import { isDynamic, type ListDescription } from "./description.js";
import { hashTable, provenanceRows, signatures, whatAndValue } from "./formTables.js";
import { document, plainValues, table } from "./markdown.js";
import { designRows, parameterRows } from "./specificationRows.js";

const STEPS = ["numbers", "kits", "labels", "clearance", "cards", "sealed", "destroyed"] as const;

/**
 * The record of how the codes of a list were made, in Markdown: labels and cards, the random numbers with their
 * parameters, kit numbers, files with hashes, the leak audit, and each step with who did and who checked it. UNBLINDED:
 * it holds the block sizes.
 *
 * @throws AllocellError `report.trial_differs`, `trial.part_unknown`, `trial.arm_unknown`; `report.language_unknown`
 */
export function toBlindingRecord(description: ListDescription, language: Language = "en"): string {
  const { plan, manifest } = description;
  const say = sealedWords(language);
  const known = describeWords(language);
  return document([
    `# ${say("record.title", plainValues({ list: plan.list }))}`,
    say("record.who"),
    table(whatAndValue(language), designRows(description, language)),
    `## ${say("record.prepared")}`,
    preparedTable(description, language),
    `## ${say("record.numbers")}`,
    table(whatAndValue(language), [
      ...parameterRows(description, language),
      ...provenanceRows(description, language).filter(
        ([name]) => manifest?.adopted !== undefined || name !== known("field.seed"),
      ),
    ]),
    `## ${say("record.kits")}`,
    kitTable(description, language),
    `## ${say("record.files")}`,
    hashTable(description, language),
    `## ${say("record.audit")}`,
    table(whatAndValue(language), auditRows(description, language)),
    `## ${say("record.steps")}`,
    say("record.onTheDay"),
    table(
      [
        say("steps.step"),
        say("prepared.operator"),
        say("prepared.checker"),
        ...(["start", "end"] as const).map((name) => say(`steps.${name}`)),
      ],
      STEPS.map((step) => [say(`steps.${step}`), "", "", "", ""]),
    ),
    `## ${say("record.signatures")}`,
    signatures(
      [
        say("sealed.made"),
        say("sign.supervisor"),
        say("sealed.sealedBy"),
        say("sealed.checkedBy"),
        say("sealed.handedBy"),
        say("sealed.checkedBy"),
      ],
      language,
    ),
  ]);
}

function preparedTable({ plan }: ListDescription, language: Language): string {
  const say = sealedWords(language);
  const cards = isDynamic(plan) ? "" : String(strataOf(plan).reduce((sum, { length }) => sum + length, 0));
  return table(
    (["item", "count", "version", "operator", "checker"] as const).map((name) => say(`prepared.${name}`)),
    [
      [say("prepared.labels"), "", "", "", ""],
      [say("prepared.cards"), cards, "", "", ""],
      [say("prepared.paper"), "2", "", "", ""],
    ],
  );
}

function kitTable({ kits = [] }: ListDescription, language: Language): string {
  const known = describeWords(language);
  const rows = kits.map(({ file, sha256 }) => [file, sha256]);
  return table(
    [known("head.file"), known("head.hash")],
    rows.length === 0 ? [[sealedWords(language)("kits.none"), ""]] : rows,
  );
}

function auditRows({ audit }: ListDescription, language: Language): readonly (readonly [string, string])[] {
  const say = sealedWords(language);
  const { fail = 0, warn = 0, pass = 0, "not-applicable": not = 0, "needs-person": person = 0 } = audit?.counts ?? {};
  const counts = { fail, warn, pass, not, person };
  const texts = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)]));
  return [
    [say("audit.verdict"), audit === undefined ? "" : say("audit.counts", texts)],
    [say("audit.withSeed"), ""],
    [say("audit.looked"), ""],
  ];
}
