import type { DocumentTexts } from "../../trial/index.js";
import type { Language } from "../texts/language.js";

/** Where the products' names stand in the template of the line. */
const PLACE = "{products}";

/** The line that names the products of all arms: its template, the names in the order of the trial's or site's file. */
export function productLine(
  { products, productLine: template = PLACE }: DocumentTexts,
  language: Language,
): string | undefined {
  if (products === undefined) return undefined;
  return template.replace(PLACE, () => products.map(({ name }) => name).join(language === "zh" ? "或" : " or "));
}
