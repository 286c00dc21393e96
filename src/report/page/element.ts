import type { UnitKind } from "../../quantity/index.js";
import { bracketed } from "../texts/signs.js";
import { SIGNS } from "../texts/signs.js";
import { h, type ComponentChildren } from "preact";
import type { Language } from "../texts/language.js";
import { say, type TextKey } from "../texts/catalogue.js";

export { h } from "preact";
export type { ComponentChildren } from "preact";

/** What a component returns: a node of preact, which `render` and `renderToString` take. */
export interface ReportElement {
  readonly type: unknown;
  readonly props: unknown;
}

/** A field: its name above its value. */
export function field(
  language: Language,
  name: TextKey,
  value: ComponentChildren,
  width = "",
  counted?: UnitKind,
): ReportElement {
  const title = h("span", { class: "name" }, say(language, name, counted));
  return h("div", { class: `field ${width}` }, title, h("b", null, value));
}

/** A field to be written in by hand. */
export function blank(language: Language, name: TextKey, width = "", counted?: UnitKind): ReportElement {
  return h(
    "div",
    { class: `field blank ${width}` },
    h("span", { class: "name" }, say(language, name, counted)),
    h("i", { class: "line" }),
  );
}

/** A place for a signature with date and time. */
export function signature(language: Language, name: TextKey, note?: TextKey): ReportElement {
  return h(
    "div",
    { class: "signature" },
    h(
      "span",
      { class: "name" },
      h("b", null, say(language, name)),
      note === undefined ? null : bracketed(language, say(language, note)),
    ),
    h("i", { class: "line" }, h("small", null, say(language, "sign.signature"))),
    h("i", { class: "line" }, h("small", null, say(language, "sign.dateTime"))),
  );
}

/** A part of a sheet under its heading. */
export function section(language: Language, heading: TextKey, ...content: readonly ComponentChildren[]): ReportElement {
  return h("section", null, h("h2", null, say(language, heading)), ...content);
}

/** A part of a sheet that is one paragraph: its heading begins the first line. */
export function paragraph(language: Language, heading: TextKey, content: ComponentChildren): ReportElement {
  const colon = SIGNS[language].colon;
  return h("section", null, h("p", { class: "small" }, h("b", null, say(language, heading), colon), content));
}

/** A table under its column names. */
export function table(
  language: Language,
  columns: readonly TextKey[],
  rows: readonly (readonly ComponentChildren[])[],
  name: string,
): ReportElement {
  return h(
    "table",
    { class: name },
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        columns.map((column) => h("th", null, say(language, column))),
      ),
    ),
    h(
      "tbody",
      null,
      rows.map((cells) =>
        h(
          "tr",
          null,
          cells.map((cell) => h("td", null, cell)),
        ),
      ),
    ),
  );
}
