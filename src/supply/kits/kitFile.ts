import { fail, requireFields } from "../../foundation/index.js";
import type { BlindedKitList, UnblindedKits } from "./kitList.js";

/**
 * A kit list with its treatments as CSV: status, list, batch, code, arm; lines end in CR LF. UNBLINDED; takes nothing
 * but the unblinded kits by type, and refuses anything else at run time.
 *
 * @throws AllocellError `blinding.not_unblinded`
 */
export function* toUnblindedKitCsv(kits: UnblindedKits): Generator<string, void, undefined> {
  requireFields(kits, "a kit list", { status: "text", list: "text", kits: "a list" });
  const { world } = kits as { readonly world?: string };
  if (world !== "unblinded")
    fail("blinding.not_unblinded", "kits", "Only unblinded kits are written with their treatments.");
  yield "status,list,batch,code,arm\r\n";
  for (const { batch, code, arm } of kits.kits) yield `${kits.status},${kits.list},${batch},${code},${arm}\r\n`;
}

/** A kit list without treatments as CSV: status, list, batch, code; lines end in CR LF. */
export function* toBlindedKitCsv(kits: BlindedKitList): Generator<string, void, undefined> {
  requireFields(kits, "a kit list", { status: "text", list: "text", kits: "a list" });
  yield "status,list,batch,code\r\n";
  for (const { batch, code } of kits.kits) yield `${kits.status},${kits.list},${batch},${code}\r\n`;
}

/** The name of a kit list's file; with treatments in it, it says UNBLINDED, and of a TEST list TEST. */
export function kitFileName(kits: UnblindedKits | BlindedKitList): string {
  requireFields(kits, "a kit list", { status: "text", list: "text", kits: "a list" });
  const base = kits.status === "TEST" ? `${kits.list}.TEST` : kits.list;
  return kits.world === "unblinded" ? `${base}.UNBLINDED.kits.csv` : `${base}.blinded.kits.csv`;
}
