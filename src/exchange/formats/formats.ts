import { fail, requireString } from "../../foundation/index.js";
import type { TableFormat } from "../tableFormat.js";
import { csv } from "./csv.js";
import { datacapt } from "./datacapt.js";
import { medidataBalance } from "./medidataBalance.js";
import { oracleClinicalOne } from "./oracleClinicalOne.js";
import { redcap } from "./redcap.js";
import { sealedEnvelope, sealedEnvelopeCodes } from "./sealedEnvelope.js";
import { secuTrial } from "./secuTrial.js";

/** Every format of a table, in the order of docs and help. A map is read by the schema of its own format, so its type is safe. */
export const EXPORT_FORMATS: readonly TableFormat[] = Object.freeze([
  redcap as unknown as TableFormat,
  csv as unknown as TableFormat,
  sealedEnvelope,
  sealedEnvelopeCodes,
  medidataBalance,
  oracleClinicalOne,
  secuTrial,
  datacapt,
]);

/** The format with an id. @throws AllocellError `exchange.format_unknown` */
export function exportFormat(id: string): TableFormat {
  requireString(id, "to", "the name of a format");
  const known = EXPORT_FORMATS.map((format) => format.id);
  const format = EXPORT_FORMATS[known.indexOf(id)];
  return (
    format ??
    fail("exchange.format_unknown", "to", `"${id}" is not a format.`, {
      expected: known.join(", "),
      parameters: { id },
    })
  );
}
