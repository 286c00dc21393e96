import { AllocellError } from "../foundation/index.js";
import { parseCountText, parseDoseText, type UnitKind } from "../quantity/index.js";
import { parseAdministrations } from "./administrationsText.js";
import type { AssumptionFormat } from "./model.js";
import { isNeverPerKg, NEVER_PER_KG } from "./neverPerKg.js";

/** What a bare "cells" can turn out to be, as the dose room reads it: genomes, tissue and equivalents are no cells. */
export const COUNT_BASES: readonly UnitKind[] = Object.freeze([
  "viable-cells",
  "total-nucleated-cells",
  "car-positive-cells",
  "cd34-cells",
  "cd3-cells",
]);
const WEIGHT_DESCRIPTORS = ["actual", "ideal", "predicted", "adjusted", "lean"];

/** What an answer of each format looks like, for a message. */
export const FORMAT_EXPECTED: Readonly<Record<AssumptionFormat, string>> = Object.freeze({
  text: "text that says something",
  dose: 'a dose with its unit, such as "1E6 viable cells/kg" or "60E6 cell-equivalents"',
  administrations: '"1", or "2 every 28 days"',
  "count-basis": `one of ${COUNT_BASES.join(", ")}`,
  "weight-descriptor": `one of ${WEIGHT_DESCRIPTORS.join(", ")}`,
  cap: '"none", or the most that one administration may hold, such as "300E6 viable cells"',
});

function isReadable(format: AssumptionFormat, value: string): boolean {
  switch (format) {
    case "text":
      return true;
    case "dose":
      return !isNeverPerKg(parseDoseText(value, ""));
    case "administrations":
      parseAdministrations(value, "");
      return true;
    case "count-basis":
      return (COUNT_BASES as readonly string[]).includes(value);
    case "weight-descriptor":
      return WEIGHT_DESCRIPTORS.includes(value);
    case "cap":
      if (value !== "none") parseCountText(value, "");
      return true;
  }
}

/** Why `value` cannot be read as `format`, in a few words; undefined if it can. */
export function faultOfValue(format: AssumptionFormat, value: string): string | undefined {
  if (!/\S/.test(value)) return "nothing is stated";
  try {
    if (isReadable(format, value)) return undefined;
    return `expected ${FORMAT_EXPECTED[format]}${format === "dose" ? ` (${NEVER_PER_KG})` : ""}`;
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return `expected ${FORMAT_EXPECTED[format]} (${error.issues[0].message.replace(/\.$/, "")})`;
  }
}
