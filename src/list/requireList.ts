import { describeReceived, fail, requireFields } from "../foundation/index.js";
import type { BlindedList } from "./blindedList.js";
import type { MasterList } from "./masterList.js";

/** Holds what should be a master list to its outer shape. @throws AllocellError `input.invalid` */
export function requireMasterList(list: MasterList): void {
  requireFields(list, "a master list as generateList returns it", {
    list: "text",
    status: "text",
    unblindedRowCount: "a number",
    unblindedRecord: "a function",
    unblindedRows: "a function",
    blinded: "a function",
  });
}

/** Holds what should be a blinded list to its outer shape. @throws AllocellError `input.invalid` */
export function requireBlindedList(list: BlindedList): void {
  requireFields(list, "a blinded list, as the method `blinded` of a master list returns it", {
    status: "text",
    trial: "text",
    part: "text",
    list: "text",
    numbers: "a map",
    strata: "a list",
  });
}

/** Holds what should be the pieces of a text to it. @throws AllocellError `input.invalid` */
export function requirePieces(text: unknown, what: string): void {
  const isText = typeof text === "object" && text !== null && Symbol.iterator in text && !ArrayBuffer.isView(text);
  if (isText) return;
  fail("input.invalid", "", `This is not ${what}.`, {
    expected: "a text, or its pieces in order",
    received: describeReceived(text),
  });
}
