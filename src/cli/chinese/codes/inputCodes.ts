import type { ChineseCodes } from "./chineseCode.js";

export const INPUT_CODES_ZH: ChineseCodes<"input"> & ChineseCodes<"json"> = {
  "input.invalid": ["传给函数的内容不是其所要求的。", "见原文所指。"],
  "json.not_plain": ["只有普通数据才有规范的 JSON 文本。", "文本、有限数值、布尔值、null，及其列表和对应。"],
};
