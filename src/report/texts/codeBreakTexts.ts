import { sayFrom, type Say } from "./filled.js";
import type { Language } from "./language.js";

/** What stands on a code-break card and on the report of a code break; `{name}` is a place for a value. */
export const CODE_BREAK_TEXTS = {
  "card.title": { en: "CODE-BREAK CARD {number}", zh: "应急信件（紧急揭盲卡）{number}" },
  "card.document": { en: "UNBLINDED code-break cards", zh: "应急信件（紧急揭盲卡，非盲）" },
  "card.close": {
    en: "Fold at the line and close with tamper-evident tape. The text must not be readable against light.",
    zh: "沿线折叠，用防拆胶带封口；透光不得看到内容。",
  },
  "card.open": {
    en: "Open only where the treatment of this participant must be known. Call the monitor before, unless that costs time that the participant needs, and fill in the lines above.",
    zh: "仅在处理该受试者必须知道其所用药物时拆阅；拆阅前先联系监查员（不得因此延误救治），并填写上面各项。",
  },
  "card.report": {
    en: "Opening this card opens no other. Report it to the sponsor at once.",
    zh: "只限本信件，不涉及其他受试者。拆阅后立即报告申办者。",
  },
  "card.firstFold": { en: "first fold: up", zh: "第一折：向上" },
  "card.secondFold": { en: "second fold", zh: "第二折" },
  "report.title": { en: "CODE BREAK REPORT (UNBLINDED)", zh: "紧急揭盲记录（非盲）" },
  "report.warning": {
    en: "This page shows one participant's treatment. It goes to nobody who must stay blinded.",
    zh: "本页载有一名受试者的分组信息，不得交给必须保持盲态的人员。",
  },
  "status.TEST": { en: "TEST {text}", zh: "TEST（测试）{text}" },
  "status.LIVE": { en: "{text}", zh: "{text}" },
  "field.trial": { en: "Trial", zh: "试验、试验部分" },
  "field.list": { en: "List", zh: "随机分配表" },
  "field.participant": { en: "Participant", zh: "受试者编号" },
  "field.number": { en: "Randomization number", zh: "随机号" },
  "field.stratum": { en: "Stratum", zh: "层" },
  "field.kit": { en: "Kit or preparation number", zh: "药物编号（配制编号）" },
  "field.monitor": { en: "Monitor, sponsor: telephone", zh: "监查员、申办者：电话" },
  "field.openedBy": { en: "Opened by", zh: "揭盲人" },
  "field.openedAt": { en: "Date and time", zh: "揭盲时间（年 月 日 时 分）" },
  "field.openedFor": { en: "Reason", zh: "揭盲原因" },
  "field.signature": { en: "Signature", zh: "签名" },
  "field.arm": { en: "Allocated arm", zh: "分配组别" },
  "field.treatment": { en: "Treatment", zh: "药品名称" },
  "field.entered": { en: "Entered", zh: "入组方式" },
  "field.given": { en: "Treatment given", zh: "实际用药" },
  "field.reason": { en: "Reason", zh: "揭盲原因" },
  "field.askedBy": { en: "Requested by", zh: "申请人" },
  "field.at": { en: "Date and time", zh: "日期时间" },
  "field.event": { en: "Event in the log", zh: "分配日志事件序号" },
  "field.receipt": { en: "Receipt", zh: "事件回执号" },
  "field.toldTo": { en: "Told to", zh: "告知对象" },
  "field.signed": { en: "Investigator: name and signature", zh: "研究者：姓名、签名" },
  "field.date": { en: "Date", zh: "日期" },
  "field.witness": { en: "Witness: name and signature", zh: "见证人：姓名、签名" },
  "field.approvedBy": { en: "Approved by", zh: "批准人" },
  "field.care": { en: "Further care of the participant", zh: "后续处理" },
  "field.sponsorInformed": { en: "Sponsor informed on", zh: "通知申办者日期" },
  "field.investigatorInformed": { en: "Principal investigator informed on", zh: "通知主要研究者日期" },
  "field.monitorInformed": { en: "Monitor informed on", zh: "通知监查员日期" },
  "value.trial": { en: "{trial}, part {part}", zh: "{trial}，{part}" },
  "value.list": { en: "{list} ({status})", zh: "{list}（{status}）" },
  "value.none": { en: "none", zh: "无" },
  "entered.assigned": { en: "assigned by randomization", zh: "随机分配" },
  "entered.replacement": { en: "assigned as a replacement", zh: "作为替补受试者分配" },
  "entered.forced": { en: "forced", zh: "强制随机分配" },
  "given.allocated": { en: "as allocated", zh: "与分配一致" },
  "given.other": { en: "another than allocated: {arm}", zh: "与分配不一致：{arm}" },
  "given.unknown": { en: "not on record", zh: "无记录" },
} as const;

export type CodeBreakTextKey = keyof typeof CODE_BREAK_TEXTS;

/** Gives the text of a key with its places filled in. */
export type SayOfCodeBreak = Say<CodeBreakTextKey>;

/** What says these texts in a language. @throws AllocellError `report.language_unknown` */
export const codeBreakWords = (language: Language): SayOfCodeBreak => sayFrom(CODE_BREAK_TEXTS, language);
