import type { Preparation } from "../../dose/index.js";
import type { DocumentTexts } from "../../trial/index.js";
import { h } from "../page/element.js";
import { toHtmlPage } from "../page/htmlPage.js";
import { pageMarginCss, SHEET_CSS } from "../page/sheetStyle.js";
import { say } from "../texts/catalogue.js";
import { requireLanguage } from "../texts/requireLanguage.js";
import { ProcessRecord } from "./processRecord.js";
import type { Language } from "../texts/language.js";
import type { BlindedPreparation } from "./blindedPreparation.js";
import { BlindedRecord } from "./blindedRecord.js";
import { parseDocumentDetails, requireDetailsInDate, type DocumentDetails } from "./details.js";
import { Worksheet } from "./worksheet.js";

const titled = (title: string, names: readonly (string | undefined)[]): string =>
  [title, ...names.filter((name) => name !== undefined)].join(" · ");

/**
 * The unblinded worksheet of one administration as an HTML document: one A4 page where the steps allow it, and a sheet
 * for each further component.
 *
 * It holds every field of a compounding record, the equations filled in, warnings with reason and name, assumptions,
 * places for signatures, the program's version and the hash of the inputs. A preparation with open warnings is marked
 * as not ready.
 *
 * @param language - numbers, units and codes are the same in every language
 * @throws AllocellError `report.details_invalid`, `report.diluent_expired`, `report.received_later`,
 *   `report.language_unknown`
 */
export function toWorksheetHtml(preparation: Preparation, details: DocumentDetails, language: Language): string {
  const read = parseDocumentDetails(details);
  requireDetailsInDate(read, preparation.order.preparedOn);
  const { subject, kit } = preparation.order.identification ?? {};
  const title = titled(say(requireLanguage(language), "worksheet.title"), [subject, kit]);
  const css = SHEET_CSS.concat(pageMarginCss(title, language));
  const sheets = [preparation, ...(preparation.then ?? [])];
  return toHtmlPage(
    language,
    title,
    css,
    sheets.map((one) => h(Worksheet, { preparation: one, details: read, language })),
  );
}

/**
 * What is written by hand while the bag is made, as an HTML document: place, equipment, each act seen by two, counts,
 * clearance, hand-over; a sheet for each component. UNBLINDED where the dose is that of a trial.
 *
 * @param texts - of the trial and the site, from `documentTextsOf`
 * @throws AllocellError `report.details_invalid`, `report.language_unknown`
 */
export function toProcessRecordHtml(
  preparation: Preparation,
  details: DocumentDetails,
  texts: DocumentTexts,
  language: Language,
): string {
  const read = parseDocumentDetails(details);
  const { order, then = [] } = preparation;
  const { subject, kit } = order.identification ?? {};
  const title = titled(say(requireLanguage(language), "process.title"), [subject, kit]);
  const sheets = [preparation, ...then];
  return toHtmlPage(
    language,
    title,
    SHEET_CSS.concat(pageMarginCss(title, language)),
    sheets.map((one) => h(ProcessRecord, { preparation: one, details: read, texts, language })),
  );
}

/**
 * The blinded preparation record as an HTML document, one A4 page.
 *
 * @throws AllocellError `report.language_unknown`
 */
export function toBlindedRecordHtml(blinded: BlindedPreparation, language: Language): string {
  const title = titled(say(requireLanguage(language), "blinded.title"), [blinded.subject, blinded.kit]);
  return toHtmlPage(language, title, SHEET_CSS, [h(BlindedRecord, { blinded, language })]);
}
