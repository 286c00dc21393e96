import type { ChineseCodes } from "./chineseCode.js";

export const PAGE_CODES_ZH: ChineseCodes<"page"> = {
  "page.decimal_mark": ["页面字段中的小数符号不是所选的符号。", "按页面所示符号填写，或改选另一种符号。"],
  "page.file_unread": ["页面无法读取所打开的文件。", "打开命令所读取的文件，或改用命令。"],
  "page.task_failed": ["页面自身在计算中出错。", "请连同所填内容报告；在此期间使用命令。"],
};
