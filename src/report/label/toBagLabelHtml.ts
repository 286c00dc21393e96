import type { Preparation } from "../../dose/index.js";
import { fail } from "../../foundation/index.js";
import { h } from "../page/element.js";
import { toHtmlPage } from "../page/htmlPage.js";
import { withCommonCss } from "../page/sheetStyle.js";
import { requireLanguage } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import type { BlindedPreparation } from "../worksheet/blindedPreparation.js";
import { parseDocumentDetails, type DocumentDetails } from "../worksheet/details.js";
import { Label } from "./bagLabel.js";
import { blindedLabelContent, type LabelContent } from "./labelContent.js";
import { labelLayoutCss, requireFits } from "./labelLayout.js";
import { openLabelContent } from "./openLabelContent.js";

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

function toPage(content: LabelContent, name: string, options: LabelOptions): string {
  const { language } = options;
  const width = requireWhole(options.widthMm ?? 100, 80, 210, "widthMm");
  const height = requireWhole(options.heightMm ?? 60, 50, 297, "heightMm");
  const copies = requireWhole(options.copies ?? 1, 1, 100, "copies");
  requireFits(content, width, height);
  const labels = Array.from({ length: copies }, () => h(Label, { content, language }));
  const css = withCommonCss(labelLayoutCss(width, height));
  return toHtmlPage(language, `${name} · ${content.title}`, css, labels);
}

/**
 * Labels for a blinded bag as an HTML document, one a page, from what blinded people may read.
 *
 * @throws AllocellError `report.label_invalid`, `report.label_text_too_long`, `report.language_unknown`
 */
export function toBagLabelHtml(blinded: BlindedPreparation, options: LabelOptions): string {
  const language = requireLanguage(options.language);
  return toPage(blindedLabelContent(blinded, language), blinded.kit, options);
}

/**
 * Labels for a licensed product, with its name, dose and lots.
 *
 * @throws AllocellError as {@link toBagLabelHtml}; `report.not_open` for the dose of a trial; `report.details_invalid`;
 *   `dose.warning_open` for a preparation that is not ready
 */
export function toOpenLabelHtml(preparation: Preparation, details: DocumentDetails, options: LabelOptions): string {
  const language = requireLanguage(options.language);
  const content = openLabelContent(preparation, parseDocumentDetails(details), language);
  return toPage(content, preparation.order.identification?.kit ?? "", options);
}
