import type { Language } from "../../report/index.js";
import { countIn, sayIn, type Texts } from "./say.js";

const TEXTS = {
  title: {
    en: "{out} (UNBLINDED: hand out the files whose names say blinded, and no other)",
    zh: "{out}（非盲：只可发出文件名含 blinded 的文件）",
  },
  file: { en: "{file}  {rows}, {sheets}", zh: "{file}  {rows}，{sheets}" },
} as const satisfies Texts;

/** Workbooks that were written. */
export function workbooksText(
  out: string,
  files: readonly { readonly file?: string; readonly rows?: number; readonly sheets?: number }[],
  language: Language,
): string {
  const say = sayIn(TEXTS, language);
  const lineOf = (file: string, rows: number, sheets: number): string =>
    say("file", {
      file,
      rows: countIn(language, rows, "row", "行"),
      sheets: countIn(language, sheets, "sheet", "张工作表"),
    });
  return [
    say("title", { out }),
    ...files.map(({ file = "", rows, sheets = 0 }) => `  ${rows === undefined ? file : lineOf(file, rows, sheets)}`),
    "",
  ].join("\n");
}
