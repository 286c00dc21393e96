import { say } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";

/** Words of the printed second check and administration record: no page needs them, so they are no part of the catalogue. A key of the catalogue stands for its text. */
const TEXTS = {
  unblinded: "worksheet.unblinded",
  unblindedNote: "worksheet.unblindedNote",
  kit: "field.kit",
  "signed.name": "sign.signature",
  "signed.at": "sign.dateTime",
  "deviation.none": { en: "none", zh: "无偏差" },
  "deviation.minor": { en: "minor", zh: "轻微偏差" },
  "deviation.major": { en: "major", zh: "重大偏差" },
  "deviation.unclassified": { en: "unclassified", zh: "未分级" },
  found: "column.found",
  expected: "column.expected",
  checkTitle: { en: "Second check", zh: "独立复核" },
  agree: { en: "The two checks agree in # fields.", zh: "两次独立录入一致，共 # 项。" },
  differ: {
    en: "STOP: the two checks do not agree. Neither is right by itself: go back to the sources, both of you.",
    zh: "停止配制：两次独立录入不一致。任何一方均不能单独视为正确，双方须重新查阅原始资料。",
  },
  field: { en: "Field", zh: "项目" },
  notStated: { en: "not stated", zh: "未填写" },
  faults: { en: "What cannot be prepared, and open warnings", zh: "不可配制的错误及未处理的警示" },
  recordTitle: { en: "Administration record", zh: "给药记录" },
  administration: "field.administration",
  subject: "field.subject",
  ofOrder: { en: "of the order", zh: "依配制单" },
  day: { en: "Date", zh: "日期" },
  by: { en: "Given by", zh: "给药人" },
  infused: { en: "Volume given", zh: "实际输注体积" },
  given: { en: "Dose given", zh: "实际给药剂量" },
  perKg: { en: "Per kg", zh: "每公斤体重" },
  deviation: { en: "Deviation from the plan", zh: "与计划剂量的偏差" },
  reason: "column.pauseReason",
  together: { en: "All administrations together", zh: "累计给药" },
  calculation: { en: "Calculation", zh: "计算过程" },
  warnings: "section.warnings",
  signed: { en: "Signatures", zh: "签名" },
} as const;

export type RecordTextKey = keyof typeof TEXTS;

export function recordText(language: Language, key: RecordTextKey): string {
  const text = TEXTS[key];
  return typeof text === "string" ? say(language, text) : text[language];
}
