import { fail } from "../../foundation/index.js";
import { h } from "../page/element.js";
import { toHtmlPage } from "../page/htmlPage.js";
import { labelCss } from "../page/sheetStyle.js";
import { requireLanguage, say } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import type { BlindedPreparation } from "../worksheet/blindedPreparation.js";
import { BagLabel } from "./bagLabel.js";

export interface LabelOptions {
  readonly language: Language;
  /** mm, 80 to 210; 100 where nothing is said. */
  readonly widthMm?: number;
  /** mm, 50 to 297; 60 where nothing is said. */
  readonly heightMm?: number;
  /** Labels of the same text, 1 to 100; 1 where nothing is said. */
  readonly copies?: number;
}

function requireWhole(value: number, least: number, most: number, path: string): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  return fail("report.label_invalid", path, `${path} is a whole number from ${least} to ${most}.`, {
    expected: `${least} to ${most}`,
    received: String(value),
  });
}

/**
 * Labels for the bag as an HTML document, one a page, from what blinded people may read.
 *
 * @throws AllocellError `report.label_invalid`, `report.language_unknown`
 */
export function toBagLabelHtml(blinded: BlindedPreparation, options: LabelOptions): string {
  const language = requireLanguage(options.language);
  const width = requireWhole(options.widthMm ?? 100, 80, 210, "widthMm");
  const height = requireWhole(options.heightMm ?? 60, 50, 297, "heightMm");
  const copies = requireWhole(options.copies ?? 1, 1, 100, "copies");
  const labels = Array.from({ length: copies }, () => h(BagLabel, { blinded, language }));
  const title = `${blinded.kit} · ${say(language, "label.trialUse")}`;
  return toHtmlPage(language, title, labelCss(width, height), labels);
}
