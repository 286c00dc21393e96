import type { ChineseCodes } from "./chineseCode.js";

export const REPORT_CODES_ZH: ChineseCodes<"report"> = {
  "report.blinded_leak": ["文本透露了组别、产品、批次或剂量。", "改写为各组相同的文本。"],
  "report.cards_missing": ["没有要打印的应急信件（紧急揭盲卡）。", "至少一张。"],
  "report.code_unreadable": ["扫描所得文本不是输注袋标签的条码，或丢失了字符。", "重新扫描标签。"],
  "report.details_invalid": ["缺少给药途径或贮存条件，或有未知字段。", "更正所示字段。"],
  "report.diluent_expired": ["稀释液在配制当日已过有效期。", "改用另一稀释液。"],
  "report.expiry_differs": ["时间计算与文件资料给出了两个输注最迟开始或结束时间。", "从文件资料中去掉。"],
  "report.field_missing": [
    "盲态记录所列的某一字段没有填写。",
    "在配制指令中填写；输注最迟开始和结束时间填在文件资料中。",
  ],
  "report.label_invalid": [
    "标签尺寸不在 50～210 mm × 30～297 mm 之内，份数不在 1～100 之内，或打印机不是 203 或 300 dpi。",
    "改变尺寸或份数。",
  ],
  "report.label_text_too_long": ["文本在标签上放不下。", "缩短文本，或用较大的标签。"],
  "report.language_unknown": ["语言不是 `en` 或 `zh`。", "两者取其一。"],
  "report.lot_missing": ["配制指令中没有该配制所列的批次。", "使用此版本 allocell 生成的配制。"],
  "report.not_blinded": ["已上市产品不作盲态记录。", "用 `toOpenLabelHtml` 和配制工作单。"],
  "report.not_open": ["试验配制不作开放标签。", "用 `toBagLabelHtml`。"],
  "report.nothing_assessed": ["没有可报告的评价。", "至少一项。"],
  "report.picture_invalid": ["图不是普通 SVG。", "一个不含脚本的 `<svg>` 元素。"],
  "report.received_later": ["产品接收日期晚于配制日期。", "更正日期。"],
  "report.trial_differs": ["随机化方案属于另一试验。", "给出该方案所属的试验。"],
  "report.volume_not_fixed": ["终体积将随剂量而变。", "为各组规定同一终体积。"],
};
