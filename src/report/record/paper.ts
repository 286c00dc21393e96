import { VERSION } from "../../version.js";
import { h, type ComponentChildren, type ReportElement } from "../page/element.js";
import { toHtmlPage } from "../page/htmlPage.js";
import { pageMarginCss, SHEET_CSS } from "../page/sheetStyle.js";
import type { Language } from "../texts/language.js";
import { recordText } from "./recordTexts.js";

/** What the paper is, and whose. */
export const titleOf = (name: string, whose: readonly (string | undefined)[]): string =>
  [name, ...whose].filter((text) => text !== undefined).join(" · ");

/** A part under its heading, if it has one; nothing where there is nothing to say. */
export function part(heading: string | undefined, content: readonly ComponentChildren[]): ReportElement | null {
  if (content.length === 0) return null;
  return h("section", null, heading === undefined ? null : h("h2", null, heading), ...content);
}

export const lines = (texts: readonly string[]): readonly ReportElement[] => texts.map((text) => h("p", null, text));

/** Rows under their column names. */
export function rowsTable(columns: readonly string[], rows: readonly (readonly string[])[]): ReportElement {
  const cells = (tag: "td" | "th", texts: readonly string[]): ReportElement =>
    h(
      "tr",
      null,
      texts.map((text) => h(tag, null, text)),
    );
  return h(
    "table",
    null,
    h("thead", null, cells("th", columns)),
    h(
      "tbody",
      null,
      rows.map((row) => cells("td", row)),
    ),
  );
}

/** An unblinded A4 sheet with places for two signatures. */
export const unblindedPaper = (
  language: Language,
  title: string,
  signers: readonly string[],
  content: readonly ComponentChildren[],
): string =>
  paper(
    language,
    { title, note: recordText(language, "unblindedNote"), mark: recordText(language, "unblinded") },
    signers,
    content,
  );

/** An A4 sheet with its mark in the corner and places for signatures. */
export function paper(
  language: Language,
  { title, note, mark }: { readonly title: string; readonly note: string; readonly mark: string },
  signers: readonly string[],
  content: readonly ComponentChildren[],
): string {
  const signed = signers.map((name) =>
    h(
      "div",
      { class: "signature" },
      h("span", { class: "name" }, h("b", null, name)),
      h("i", { class: "line" }, h("small", null, recordText(language, "signed.name"))),
      h("i", { class: "line" }, h("small", null, recordText(language, "signed.at"))),
    ),
  );
  const sheet = h(
    "main",
    { class: "sheet" },
    h("header", null, h("h1", null, title, h("small", null, note)), h("div", { class: "mark" }, mark)),
    ...content,
    part(recordText(language, "signed"), [h("div", { class: "signatures" }, signed)]),
    h("footer", null, h("span", null, `allocell ${VERSION}`)),
  );
  return toHtmlPage(language, title, SHEET_CSS.concat(pageMarginCss(title, language)), [sheet]);
}
