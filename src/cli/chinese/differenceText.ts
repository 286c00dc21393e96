import type { DifferenceKind, ListDifference } from "../../list/index.js";

/** The first deviating place of a file in Chinese; the English sentence is the difference's own. */
const DIFFERENCES_ZH: Readonly<Record<DifferenceKind, string>> = {
  edited: "与随机分配表的该行不同",
  reformatted: "同一数值，书写形式不同，例如经电子表格重新保存",
  "re-sorted": "各行相同，顺序不同",
  truncated: "文件在此之前结束，缺少其后各行",
  "surplus-rows": "文件自此起多出若干行",
  header: "表头不同",
  "line-ends": "行尾字符不同",
};

/** What stands for a line that is not there, and for lines of which only the ends differ. */
const LINES_ZH: Readonly<Record<string, string>> = {
  "the end of the file": "（文件末尾）",
  "lines as they were written": "写入时的各行",
  "other line ends": "其他行尾字符",
};

/** The first deviating place of a file, in Chinese. */
export const chineseDifference = ({ kind, line, column }: Pick<ListDifference, "kind" | "line" | "column">): string =>
  `第 ${line} 行${column === undefined ? "" : `，列 ${column}`}：${DIFFERENCES_ZH[kind]}。`;

/** A line of a file as it stands, or what stands for it. */
export const chineseLine = (text: string): string => (Object.hasOwn(LINES_ZH, text) ? (LINES_ZH[text] ?? text) : text);
