/* What of a Chinese paper is in English. */
import { parse } from "yaml";
import { plainText } from "./exampleOrders.js";

/** Every text in a value. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** Units, symbols of formulas, acronyms that Chinese uses, and what the program is called. */
const ALLOWED =
  /(?<![A-Za-z])(?:mL|kg|min|g|EU|h|d|mg|cm|CAR|CD|TNC|IEQ|vg|DIN|DMSO|SHA|GTIN|allocell|ClinicalTrials|gov|NCT|PMC|Bekkem|Mosteller|Du Bois|Haycock|J Pediatr|DLT|[A-Za-z]|lo|hi|max|mm)(?![A-Za-z])/g;

/** Codes, and paths of files' fields. */
const CODES = /\b(?:dose|calendar|report|quantity)\.[a-z_]+|（[a-zA-Z.[\]\w -]+）|[0-9a-f]{64}|A1 [\w %-]+/g;

/** English words on a Chinese paper that are neither people's own nor those that Chinese uses. */
export function englishOf(html: string, own: readonly string[]): readonly string[] {
  let text = plainText(html.replace(/<title>[^<]*<\/title>/, "")).replace(CODES, "");
  for (const one of [...own].sort((a, b) => b.length - a.length)) text = text.replaceAll(one, "");
  return text.replace(ALLOWED, "").match(/[A-Za-z][A-Za-z'-]+/g) ?? [];
}

/** Every text that people wrote in a YAML file. */
export const written = (yaml: string): readonly string[] => textsOf(parse(yaml));
