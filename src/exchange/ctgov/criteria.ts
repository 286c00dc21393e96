import { given, textAt, type Loose, type Warn } from "./record.js";

/** Eligibility: ages in years as numbers, the criteria in words as they stand. */
export function eligibilityOf(module: Loose, warn: Warn): Loose {
  const [minimum, maximum] = ["minimumAge", "maximumAge"].map((key) => yearsOf(key, module, warn));
  const sex = textAt(module, "sex")?.toLowerCase();
  if (sex === undefined)
    warn("exchange.ctgov_missing", "eligibility.sex", "The record does not say for which sex the trial is.");
  const age = { id: "age", measure: "age", unit: "years", ...given("minimum", minimum), ...given("maximum", maximum) };
  return {
    sex: sex ?? "TO-STATE",
    ...(typeof module["healthyVolunteers"] === "boolean" ? { healthyVolunteers: module["healthyVolunteers"] } : {}),
    numeric: minimum === undefined && maximum === undefined ? [] : [age],
    ...criteriaOf(unescaped(textAt(module, "eligibilityCriteria") ?? "")),
  };
}

/** `18 Years` is 18. Months, weeks and days are no completed years: they are told and not converted. */
function yearsOf(key: string, module: Loose, warn: Warn): string | undefined {
  const text = textAt(module, key);
  if (text === undefined) return undefined;
  const years = /^(\d{1,3}) Years?$/i.exec(text)?.[1];
  if (years === undefined)
    warn("exchange.ctgov_age_not_years", `eligibility.${key}`, `"${text}" is not in years: state the limit yourself.`);
  return years;
}

/** The registry writes these signs as Markdown does: `\>= 4` is `>= 4`. */
const unescaped = (text: string): string => text.replace(/\\([\\<>*_~#[\]])/g, "$1");

const HEADING = /^(?:key\s+)?(?:inclusion|exclusion)\b.{0,20}:?$/i;

/** The number of the first item under each heading, of the lists that are numbered. */
export function firstItemsOf(text: string): readonly number[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.flatMap((line, index) => {
    if (!HEADING.test(line)) return [];
    const number = /^(\d{1,3})[.)]\s/.exec(lines.slice(index + 1).find((below) => below !== "") ?? "")?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** The lines under the two headings; a line that begins deeper belongs to the one above it. */
function criteriaOf(text: string): { readonly inclusion: readonly string[]; readonly exclusion: readonly string[] } {
  const lists: { inclusion: string[]; exclusion: string[] } = { inclusion: [], exclusion: [] };
  let into: "inclusion" | "exclusion" = "inclusion";
  for (const line of text.split("\n")) {
    const plain = line.trim();
    if (HEADING.test(plain)) {
      into = /exclusion/i.test(plain) ? "exclusion" : "inclusion";
      continue;
    }
    const item = plain.replace(/^(?:[*\-•]|\d+[.)])\s*/, "");
    if (item === "") continue;
    const list = lists[into];
    const above = list.at(-1);
    if (/^\s{2,}/.test(line) && above !== undefined) list[list.length - 1] = `${above} ${item}`;
    else list.push(item);
  }
  return lists;
}
