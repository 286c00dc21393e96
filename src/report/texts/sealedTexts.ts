import { sayFrom, type Say } from "./filled.js";
import type { Language } from "./language.js";

/** What the sealed code and the blinding record say. */
const SEALED_TEXTS = {
  "sealed.title": { en: "Sealed code (UNBLINDED, CONFIDENTIAL): {list}", zh: "盲底（非盲，保密）：{list}" },
  "sealed.note": {
    en: "In duplicate: print all sheets twice, close each copy apart, and put the sheet of its copy outside. The outside names no parameter.",
    zh: "一式两份：全部打印两套，分别密封，各自以相应的封面页置于最外。封面不载任何随机化参数。",
  },
  "sealed.outside": { en: "Outside: copy {number} of 2", zh: "封面：第 {number} 份，共 2 份" },
  "sealed.contents": { en: "Inside: contents", zh: "内件：清单" },
  "sealed.parameters": {
    en: "Inside: parameters that made the random numbers",
    zh: "内件：产生随机数的参数",
  },
  "sealed.seed": { en: "Inside: seed and its custody", zh: "内件：随机种子及其保管" },
  "sealed.signatures": { en: "Signatures", zh: "签名" },
  "outside.copy": { en: "Copy", zh: "份次" },
  "outside.copyOf": { en: "{number} of 2", zh: "第 {number} 份，共 2 份" },
  "outside.holder": { en: "Kept by", zh: "保管单位、保管人" },
  "outside.institution": { en: "the leading trial institution: {blank}", zh: "组长单位（临床试验机构）：{blank}" },
  "outside.sponsor": { en: "the sponsor: {blank}", zh: "申办者：{blank}" },
  "outside.place": { en: "Kept where", zh: "保管地点" },
  "outside.sealedBy": {
    en: "Sealed by; names and time across the seal",
    zh: "封存人；骑缝处签名及时间",
  },
  "outside.checkedBy": { en: "Checked by", zh: "审核人、日期" },
  "outside.handed": { en: "Handed over by, to, on", zh: "发放人、接收人、日期" },
  "outside.opens": { en: "To be opened", zh: "启封条件" },
  "outside.opensWhen": {
    en: "after database lock; before it only by decision of {blank}",
    zh: "数据库锁定之后；此前仅可由 {blank} 决定",
  },
  "outside.intact": { en: "At opening: seal intact? by, on", zh: "启封时封口是否完好、启封人、日期" },
  "contents.masterList": { en: "master list, printed", zh: "非盲随机分配表（打印件）" },
  "contents.dynamic": {
    en: "no list: the allocations follow from plan, seed and log",
    zh: "无随机分配表：分配结果由方案、种子和随机分配记录得出",
  },
  "contents.specification": { en: "randomization specification", zh: "随机化方案（含随机化参数）" },
  "contents.kits": { en: "kit list", zh: "药物编码表" },
  "contents.record": { en: "blinding record", zh: "编盲记录" },
  "contents.sheets": { en: "sheets", zh: "页数" },
  "contents.item": { en: "item", zh: "内件" },
  "contents.checked": { en: "put in by, checked by", zh: "装入人、核对人" },
  "seed.text": { en: "Seed, in an envelope of its own or copied here", zh: "随机种子（另封或抄录于此）" },
  "seed.drawn": { en: "Drawn by, on, with", zh: "产生人、日期、所用程序" },
  "seed.seen": { en: "Who has seen it", zh: "知悉人" },
  "seed.copies": { en: "Copies: how many, where, by whom", zh: "备份：份数、地点、保管人" },
  "sealed.made": { en: "Coded by", zh: "编盲人" },
  "sealed.sealedBy": { en: "Sealed by", zh: "盲底封存人" },
  "sealed.checkedBy": { en: "Checked by", zh: "审核人" },
  "sealed.handedBy": { en: "Handed out by", zh: "盲底发放人" },
  "sealed.received": { en: "Copy {number} received by", zh: "第 {number} 份接收人" },

  "record.title": { en: "Blinding record (UNBLINDED, CONFIDENTIAL): {list}", zh: "编盲记录（非盲，保密）：{list}" },
  "record.who": {
    en: "Who codes takes no other part in the trial; a supervisor is present.",
    zh: "编盲人员不参与本试验的其他工作；编盲时有监督人员在场。",
  },
  "record.prepared": {
    en: "1. Labels, code-break cards, paper",
    zh: "一、标签、应急信件和信纸的准备",
  },
  "record.numbers": { en: "2. Random numbers", zh: "二、随机数字的产生" },
  "record.kits": { en: "3. Kit numbers", zh: "三、药物编码（配制编号）的分配" },
  "record.files": { en: "4. Files with their hashes (SHA-256)", zh: "四、文件及校验值（SHA-256）" },
  "record.audit": { en: "5. Leak audit", zh: "五、泄盲审核" },
  "record.steps": { en: "6. Steps", zh: "六、操作记录" },
  "record.onTheDay": {
    en: "Bags are prepared on the day of the infusion: packing, joining and dividing into boxes are left out. For each preparation one sheet is added to this record: order, worksheet, label, times, who did it and who checked.",
    zh: "输注袋于用药当日配制，故不设药物包装、合并和分装各项。每次配制在本记录后附一页：配制指令、配制工作单、标签、时间、操作者和核对者。",
  },
  "record.signatures": { en: "Signatures", zh: "签名" },
  "prepared.item": { en: "item", zh: "项目" },
  "prepared.count": { en: "count", zh: "数量" },
  "prepared.version": { en: "approved text, version", zh: "核准文字、版本" },
  "prepared.operator": { en: "done by", zh: "操作者" },
  "prepared.checker": { en: "checked by", zh: "核对者" },
  "prepared.labels": { en: "bag labels", zh: "输注袋标签" },
  "prepared.cards": { en: "code-break cards", zh: "应急信件" },
  "prepared.paper": { en: "cover sheets of the sealed code", zh: "盲底封面" },
  "kits.none": { en: "kit list, if kits are used", zh: "药物编码表（如使用）" },
  "audit.verdict": { en: "Result (allocell audit, without the seed)", zh: "结果（allocell audit，未用种子）" },
  "audit.counts": {
    en: "failed {fail}, warnings {warn}, for a person to look at {person}, passed {pass}, not applicable {not}",
    zh: "不通过 {fail} 项，警示 {warn} 项，须人工审核 {person} 项，通过 {pass} 项，不适用 {not} 项",
  },
  "audit.looked": { en: "Looked at by a person: by, on, result", zh: "人工审核：审核人、日期、结论" },
  "audit.withSeed": { en: "Audit with the seed: by, on, result", zh: "用种子审核：审核人、日期、结论" },
  "steps.step": { en: "step", zh: "步骤" },
  "steps.start": { en: "start", zh: "开始时间" },
  "steps.end": { en: "end", zh: "结束时间" },
  "steps.numbers": { en: "random numbers generated", zh: "产生随机数字" },
  "steps.kits": { en: "kit numbers assigned", zh: "分配药物编码" },
  "steps.labels": { en: "labels printed and counted", zh: "打印标签并清点" },
  "steps.clearance": { en: "line cleared; inspected", zh: "清场；检查" },
  "steps.cards": { en: "code-break cards made", zh: "制作应急信件" },
  "steps.sealed": { en: "sealed code closed, in duplicate", zh: "封存盲底，一式两份" },
  "steps.destroyed": { en: "labels left over destroyed", zh: "销毁剩余标签" },
  "sign.supervisor": { en: "Supervised by", zh: "监督人" },
} as const;

export type SealedTextKey = keyof typeof SEALED_TEXTS;

/** What says these texts in a language. @throws AllocellError `report.language_unknown` */
export const sealedWords = (language: Language): Say<SealedTextKey> => sayFrom(SEALED_TEXTS, language);
