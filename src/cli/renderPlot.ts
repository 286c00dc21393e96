import type { View } from "vega";
import { textWidth, type Plot } from "../report/index.js";

/** What of vega is used here beyond its declared types. */
interface Undeclared {
  readonly textMetrics: { width: (item: { readonly fontSize?: number }, text: unknown) => number };
  readonly resetSVGDefIds: () => void;
}

/**
 * Draws a picture as SVG text, without browser and network: the same picture gives the same bytes on every machine.
 *
 * Lengths of texts come from a table of widths: vega would measure them with whatever canvas and fonts are there.
 */
export async function renderPlot({ spec }: Plot): Promise<string> {
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  const { textMetrics, resetSVGDefIds } = vega as unknown as Undeclared;
  textMetrics.width = ({ fontSize = 11 }, text) => textWidth(String(text), fontSize);
  // Ids of clipping areas would count up through the process.
  resetSVGDefIds();
  const compiled = compile(structuredClone(spec) as unknown as Parameters<typeof compile>[0]);
  const view: View = new vega.View(vega.parse(compiled.spec), { renderer: "none", logLevel: vega.Error });
  try {
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}
