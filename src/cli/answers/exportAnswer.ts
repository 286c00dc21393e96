import type { HashedFile } from "../../list/index.js";
import type { Language } from "../../report/index.js";
import type { FolderTable } from "../exportInput.js";
import { sayIn, type Texts } from "./say.js";

const TEXTS = {
  title: {
    en: "{out} (UNBLINDED: every row tells a treatment that is still to come)",
    zh: "{out}（非盲：每一行都透露尚未进行的治疗）",
  },
  rows: { en: "{file}  {rows} rows", zh: "{file}  {rows} 行" },
  basis: { en: "{title}: {basis}.", zh: "{title}：依据见 docs/exchange.md；未经该系统认证。" },
  compare: { en: "Compare what the system exports back: {command}", zh: "请比对该系统导出的内容：{command}" },
  noNumbers: {
    en: "The table holds no randomization numbers: a row is known by its place alone.",
    zh: "该表不含随机号：各行只能由其位置识别。",
  },
} as const satisfies Texts;

/** A table for another system that was written. */
export function exportText(
  { format, table }: FolderTable,
  out: string,
  files: readonly (HashedFile & { readonly rows?: number })[],
  comparison: string,
  language: Language,
): string {
  const say = sayIn(TEXTS, language);
  return [
    say("title", { out }),
    ...files.map(({ file, rows }) => `  ${rows === undefined ? file : say("rows", { file, rows })}`),
    "",
    say("basis", { title: format.title, basis: format.basis }),
    say("compare", { command: `allocell verify ${comparison}` }),
    ...(table.columns.some(({ isUnique }) => isUnique) ? [] : [say("noNumbers")]),
    "",
  ].join("\n");
}
