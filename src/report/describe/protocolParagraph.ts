import type { Language } from "../texts/language.js";
import { protocolWords } from "../texts/protocolTexts.js";
import { BLANK, document, listed, plainValues, table } from "./markdown.js";
import {
  armName,
  armsOf,
  factorsOf,
  isDynamic,
  maskedText,
  partName,
  partOf,
  procedureName,
  ratioText,
  type ListDescription,
} from "./description.js";

/** What a protocol says of allocation and blinding, without any parameter of the procedure. */
export interface ProtocolTexts {
  readonly allocated: string;
  /** How the sequence is made, concealed, and used. */
  readonly sequence: readonly string[];
  /** Empty where nobody is blinded. */
  readonly blinding: readonly string[];
  readonly isRestricted: boolean;
}

/** @throws AllocellError `report.trial_differs`, `trial.part_unknown`, `trial.arm_unknown` */
export function protocolTexts(description: ListDescription, language: Language = "en"): ProtocolTexts {
  const part = partOf(description);
  const arms = armsOf(description);
  const { plan, manifest: { adopted } = {} } = description;
  const say = protocolWords(language);
  const blank = BLANK;
  const factors = listed(
    factorsOf(plan).map(({ factor }) => factor),
    language,
  );
  const kind = isDynamic(plan) ? "dynamic" : "list";
  const isRestricted = plan.procedure.kind !== "complete";
  const masked = maskedText(part, language);
  const balanced = kind === "dynamic" ? "balanced" : factors === "" ? "unstratified" : "stratified";
  const named = {
    part: language === "en" ? part.title.toLowerCase() : partName(part, language),
    arms: listed(
      arms.map((arm) => armName(arm, language)),
      language,
    ),
  };
  return {
    allocated: say("allocated", {
      ...plainValues(named),
      ratio: ratioText(description),
      procedure: procedureName(description, language),
      stratified: say(balanced, plainValues({ factors })),
      restriction: isRestricted ? say("restriction") : "",
    }),
    sequence: (["made", "concealed", "used"] as const).map((step) =>
      step === "made" && adopted !== undefined
        ? say("adopted.made", plainValues({ system: adopted.system ?? blank }))
        : say(`${kind}.${step}`, { blank }),
    ),
    blinding:
      masked === "" ? [] : [say("who", { masked, blank }), say("alike", { blank }), say("disclosed", { blank })],
    isRestricted,
  };
}

/**
 * The randomization and blinding paragraphs of a protocol, in Markdown.
 *
 * They hold neither block sizes, their number, weights, lengths, thresholds nor any other parameter of the procedure,
 * and are the same text whatever these are: what helps prediction belongs in the confidential specification.
 *
 * @throws AllocellError `report.trial_differs`, `trial.part_unknown`, `trial.arm_unknown`; `report.language_unknown`
 * @see SPIRIT 2025, items 21a to 24c
 */
export function toProtocolParagraph(description: ListDescription, language: Language = "en"): string {
  const say = protocolWords(language);
  const { allocated, sequence, blinding, isRestricted } = protocolTexts(description, language);
  const part = partOf(description);
  return document([
    say("title", plainValues({ trial: description.trial.id, part: partName(part, language) })),
    allocated,
    ...sequence,
    say("blinding"),
    ...(blinding.length === 0 ? [say("nobody")] : blinding),
    table(
      [say("items.item"), say("items.paragraph")],
      [
        ["21a, 21b", say(isRestricted ? "items.restricted" : "items.sequence")],
        ["22, 23", say("items.concealment")],
        ["24a, 24b, 24c", say("items.blinding")],
      ],
    ),
  ]);
}
