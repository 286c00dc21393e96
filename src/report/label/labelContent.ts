import { groupThousands } from "../../quantity/index.js";
import { say, type TextKey } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import type { BlindedPreparation } from "../worksheet/blindedPreparation.js";
import { localTimeText, rateText } from "../worksheet/shownValues.js";
import { labelCode } from "./bagCode.js";
import { productLine } from "./productLine.js";

/** A field of a label; without a value there is a line to write it on. */
export interface LabelField {
  readonly name: TextKey;
  readonly value: string | undefined;
  /** Takes two columns. */
  readonly isWide?: true;
}

/** What stands on a label, from top to bottom. */
export interface LabelContent {
  readonly title: string;
  readonly finalVolume: string;
  /** In the largest letters: whose it is and which. */
  readonly numbers: readonly LabelField[];
  /** Text of the Data Matrix. */
  readonly code?: string;
  readonly fields: readonly LabelField[];
  /** In one paragraph, each behind its name. */
  readonly lines: readonly { readonly name?: TextKey; readonly value: string }[];
  readonly foot: string;
}

type Line = LabelContent["lines"][number];

const lineOf = (name: TextKey, value: string | undefined): readonly Line[] =>
  value === undefined ? [] : [{ name, value }];

/** What a large label says beyond the short list of a small pack. */
function furtherLines({ texts }: BlindedPreparation, language: Language): readonly Line[] {
  return [
    ...lineOf("label.products", productLine(texts, language)),
    ...lineOf("label.form", texts.form),
    ...lineOf("label.directions", texts.directions),
    ...lineOf("field.sponsor", texts.sponsor),
    ...lineOf("field.site", texts.site),
    ...lineOf("field.investigator", texts.investigator),
    ...lineOf("label.gtin", texts.gtin),
    ...(texts.statements ?? []).map((name) => ({ value: say(language, `statement.${name}`) })),
  ];
}

/**
 * The label of a blinded bag: the same text in every arm.
 *
 * @param isSmall - the short list of a small pack: EU 536/2014, Annex VI, A.2.2
 */
export function blindedLabelContent(blinded: BlindedPreparation, language: Language, isSmall = false): LabelContent {
  const { subject, kit, visit, finalVolumeMl, rateMlPerMin, route, startBy, expiresAt, storage, texts } = blinded;
  const { trialCode } = texts;
  const times: readonly LabelField[] = [
    { name: "field.startBy", value: localTimeText(startBy) },
    { name: "field.expiry", value: localTimeText(expiresAt) },
  ];
  return {
    title: say(language, "label.trialUse"),
    finalVolume: `${groupThousands(finalVolumeMl)} mL${isSmall ? "" : `, ${rateText(rateMlPerMin) ?? ""}`}`,
    numbers: [
      { name: "field.subject", value: subject },
      { name: "field.kit", value: kit },
    ],
    // Without a trial's code nobody could say whose the bag is.
    ...(trialCode === undefined ? {} : { code: labelCode({ ...blinded, trialCode }, texts.gtin) }),
    fields: isSmall ? times : [{ name: "field.visit", value: visit }, ...times],
    lines: [
      ...(isSmall ? lineOf("field.visit", visit) : []),
      ...lineOf("field.trialCode", trialCode),
      ...lineOf("field.route", route),
      ...lineOf("field.storage", storage),
      ...lineOf("field.contact", texts.contact),
      ...(isSmall ? [] : furtherLines(blinded, language)),
      ...lineOf("label.template", texts.templateVersion),
    ],
    foot: isSmall ? "" : say(language, "label.checkIdentity"),
  };
}
