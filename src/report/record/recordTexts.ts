import { LABEL_TEXTS } from "../texts/labelTexts.js";
import type { Language, Text } from "../texts/language.js";

/** Words of the printed second check and administration record: no page needs them, so they are no part of the catalogue. */
const OWN = {
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
  day: { en: "Date", zh: "日期" },
  by: { en: "Given by", zh: "给药人" },
  infused: { en: "Volume given", zh: "实际输注体积" },
  given: { en: "Dose given", zh: "实际给药剂量" },
  perKg: { en: "Per kg", zh: "每公斤体重" },
  deviation: { en: "Deviation from the plan", zh: "与计划剂量的偏差" },
  together: { en: "All administrations together", zh: "累计给药" },
  calculation: { en: "Calculation", zh: "计算过程" },
  signed: { en: "Signatures: name, signature, date, time", zh: "签名：姓名（正楷）、签名、日期、时间" },
} as const;

/** Words of the catalogue, by their keys there. */
const OF_CATALOGUE = {
  unblinded: "worksheet.unblinded",
  administration: "field.administration",
  subject: "field.subject",
  reason: "column.pauseReason",
  warnings: "section.warnings",
} as const;

export type RecordTextKey = keyof typeof OWN | keyof typeof OF_CATALOGUE;

const TEXTS: Readonly<Record<RecordTextKey, Text>> = {
  ...OWN,
  unblinded: LABEL_TEXTS[OF_CATALOGUE.unblinded],
  administration: LABEL_TEXTS[OF_CATALOGUE.administration],
  subject: LABEL_TEXTS[OF_CATALOGUE.subject],
  reason: LABEL_TEXTS[OF_CATALOGUE.reason],
  warnings: LABEL_TEXTS[OF_CATALOGUE.warnings],
};

export const recordText = (language: Language, key: RecordTextKey): string => TEXTS[key][language];
