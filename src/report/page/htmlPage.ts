import { renderToString } from "preact-render-to-string";
import { h, type ReportElement } from "./element.js";
import type { Language } from "../texts/language.js";

const TAGS: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN" };
/** The page may load nothing and run nothing, wherever it is opened. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * One HTML document: no script, no network, style inside; every value escaped.
 *
 * @param css - of this package, never of a user
 */
export function toHtmlPage(language: Language, title: string, css: string, content: readonly ReportElement[]): string {
  const page = h(
    "html",
    { lang: TAGS[language] },
    h(
      "head",
      null,
      h("meta", { charset: "utf-8" }),
      h("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
      h("meta", { name: "viewport", content: "width=device-width" }),
      h("title", null, title),
      h("style", { dangerouslySetInnerHTML: { __html: css } }),
    ),
    h("body", null, content),
  );
  return `<!doctype html>\n${renderToString(page)}\n`;
}
