import type { Preparation } from "../../dose/index.js";
import { h } from "../page/element.js";
import { toHtmlPage } from "../page/htmlPage.js";
import { withCommonCss } from "../page/sheetStyle.js";
import { requireLanguage } from "../texts/requireLanguage.js";
import type { Language } from "../texts/language.js";
import type { BlindedPreparation } from "../worksheet/blindedPreparation.js";
import { parseDocumentDetails, type DocumentDetails } from "../worksheet/details.js";
import { Label } from "./bagLabel.js";
import { blindedLabelContent, type LabelContent } from "./labelContent.js";
import { labelLayoutCss, requireFits } from "./labelLayout.js";
import { requireLabelSize, type LabelSize, type RequiredSize } from "./labelSize.js";
import { openLabelContent } from "./openLabelContent.js";

export interface LabelOptions extends LabelSize {
  readonly language: Language;
}

function toPage(content: LabelContent, name: string, language: Language, size: RequiredSize): string {
  requireFits(content, size, language);
  const labels = Array.from({ length: size.copies }, () => h(Label, { content, language, size }));
  return toHtmlPage(language, `${name} · ${content.title}`, withCommonCss(labelLayoutCss(content, size)), labels);
}

/**
 * Labels for a blinded bag as an HTML document, one a page, from what blinded people may read.
 *
 * A label below 80 mm × 50 mm has the short list of a small pack. The Data Matrix says what `parseBagCode` reads.
 *
 * @throws AllocellError `report.label_invalid`, `report.label_text_too_long`, `report.language_unknown`
 */
export function toBagLabelHtml(blinded: BlindedPreparation, options: LabelOptions): string {
  const language = requireLanguage(options.language);
  const size = requireLabelSize(options);
  return toPage(blindedLabelContent(blinded, language, size.isSmall), blinded.kit, language, size);
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
  return toPage(content, preparation.order.identification?.kit ?? "", language, requireLabelSize(options));
}
