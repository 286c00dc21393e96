import { encodeDataMatrix, encodeGS1DataMatrix } from "etiket/datamatrix";
import { h, type ReportElement } from "../page/element.js";

/** Modules of white on each side. */
const QUIET = 1;

/** A Data Matrix (ECC 200) as rows of modules; true is dark. A text that begins with "(01)" is an element string of GS1. */
export const dataMatrixOf = (text: string): readonly (readonly boolean[])[] =>
  text.startsWith("(01)") ? encodeGS1DataMatrix(text) : encodeDataMatrix(text);

/** The side of the printed symbol with its white edge, in mm. */
export const sideOf = (text: string, moduleMm: number): number => (dataMatrixOf(text).length + 2 * QUIET) * moduleMm;

/** The symbol in whole modules, black on white. */
export function DataMatrix({ text, moduleMm }: { readonly text: string; readonly moduleMm: number }): ReportElement {
  const rows = dataMatrixOf(text);
  const side = rows.length + 2 * QUIET;
  const dark = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  );
  const size = `${(side * moduleMm).toFixed(3)}mm`;
  return h(
    "svg",
    { class: "code", width: size, height: size, viewBox: `0 0 ${side} ${side}`, "shape-rendering": "crispEdges" },
    h("title", null, text),
    h("path", { d: dark.join("") }),
  );
}
