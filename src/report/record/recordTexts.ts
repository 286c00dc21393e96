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
  bordersTitle: { en: "Weights at which the preparation changes", zh: "配制结果发生变化的体重界点" },
  byHandTitle: { en: "Weights to be computed by hand", zh: "手工计算用体重表" },
  expectedTitle: { en: "expected values", zh: "预期值" },
  byHand: {
    en: "Compute every row by hand, or by a program of your own, before the sheet of expected values is opened. Then compare the two.",
    zh: "请先以手工或自有程序逐行计算，再打开预期值表进行比对。",
  },
  expectedOf: {
    en: "Every weight of the range was prepared; each row without a change in it stands beside a row with one.",
    zh: "范围内的每个体重均已计算；无变化的行均与有变化的行相邻。",
  },
  ofOrderFile: { en: "What is prepared", zh: "配制依据" },
  weightKg: { en: "Weight (kg)", zh: "体重（kg）" },
  change: { en: "Changes here", zh: "此处变化" },
  dosingKg: { en: "Dosing weight (kg)", zh: "剂量计算体重（kg）" },
  target: { en: "Target dose", zh: "目标剂量" },
  capped: { en: "Cap", zh: "封顶" },
  band: { en: "Band", zh: "体重段" },
  containers: { en: "Containers", zh: "容器数" },
  drawMl: { en: "Draw (mL)", zh: "抽取体积（mL）" },
  deliveredDose: { en: "Delivered dose", zh: "实配剂量" },
  diluentMl: { en: "Diluent (mL)", zh: "稀释液（mL）" },
  finalMl: { en: "Final volume (mL)", zh: "终体积（mL）" },
  said: { en: "Refused, or warnings", zh: "拒绝或警示" },
  initials: { en: "Agrees, initials", zh: "一致，签名缩写" },
  computedBy: { en: "Computed by", zh: "计算人" },
  comparedBy: { en: "Compared by", zh: "比对人" },
  "kind.containers": { en: "containers", zh: "容器数" },
  "kind.draw": { en: "draw", zh: "抽取体积" },
  "kind.cap": { en: "cap", zh: "封顶" },
  "kind.band": { en: "band", zh: "体重段" },
  "kind.limits": { en: "limits", zh: "限度" },
  yes: { en: "acts", zh: "生效" },
  administration: "field.administration",
  subject: "field.subject",
  ofOrder: { en: "of the order", zh: "依配制单" },
  day: { en: "Date", zh: "日期" },
  times: { en: "Start, end", zh: "开始、结束时间" },
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

/** A text of the record of a list in a language. */
export function recordText(language: Language, key: RecordTextKey): string {
  const text = TEXTS[key];
  return typeof text === "string" ? say(language, text) : text[language];
}
