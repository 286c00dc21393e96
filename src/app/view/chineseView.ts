import type { ChineseCode } from "../../cli/index.js";
import type { Language } from "../../report/index.js";
import { h, type View } from "./element.js";

/** What a code means and what to do, of the codes that a page has in Chinese. */
export type ChineseOf = (code: string) => ChineseCode | undefined;

/** What the fault means and what to do; behind it stands the English sentence, which has the numbers. */
export function chineseView(language: Language, code: string, chineseOf: ChineseOf | undefined): View {
  const text = language === "zh" ? chineseOf?.(code) : undefined;
  return text === undefined ? null : h("span", { lang: "zh" }, ` ${text[0]}${text[1]} `);
}
