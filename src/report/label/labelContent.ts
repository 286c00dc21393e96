import { groupThousands } from "../../quantity/index.js";
import { say, type TextKey } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import type { BlindedPreparation } from "../worksheet/blindedPreparation.js";
import { localTimeText } from "../worksheet/shownValues.js";

/** A field of a label; without a value there is a line to write it on. */
export interface LabelField {
  readonly name: TextKey;
  readonly value: string | undefined;
  /** Takes two of the three columns. */
  readonly isWide?: true;
}

/** What stands on a label, from top to bottom. */
export interface LabelContent {
  readonly title: string;
  readonly finalVolume: string;
  /** In the largest letters: whose it is and which. */
  readonly numbers: readonly LabelField[];
  readonly fields: readonly LabelField[];
  readonly foot: string;
}

/** The label of a blinded bag: the same text in every arm. */
export function blindedLabelContent(blinded: BlindedPreparation, language: Language): LabelContent {
  const { subject, kit, visit, finalVolumeMl, rateMlPerMin, route, expiresAt, storage } = blinded;
  return {
    title: say(language, "label.trialUse"),
    finalVolume: `${groupThousands(finalVolumeMl)} mL`,
    numbers: [
      { name: "field.subject", value: subject },
      { name: "field.kit", value: kit },
    ],
    fields: [
      { name: "field.visit", value: visit },
      { name: "field.rate", value: `${rateMlPerMin} mL/min` },
      { name: "field.route", value: route },
      { name: "field.expiry", value: localTimeText(expiresAt) },
      { name: "field.storage", value: storage, isWide: true },
    ],
    foot: say(language, "label.checkIdentity"),
  };
}
