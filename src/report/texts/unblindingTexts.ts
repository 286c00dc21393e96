import { sayFrom, type Say } from "./filled.js";
import type { Language } from "./language.js";

/** What the record of the unblinding after database lock says; `{name}` is a place for a value. */
const UNBLINDING_TEXTS = {
  title: { en: "Unblinding record: {list}", zh: "揭盲记录：{list}" },
  note: {
    en: "For the unblinding of all participants after database lock. A single participant's emergency unblinding has a record of its own.",
    zh: "用于数据库锁定后全部受试者的揭盲。单例紧急揭盲另有紧急揭盲记录。",
  },
  when: { en: "1. Before unblinding", zh: "一、揭盲前提" },
  locked: { en: "Database locked: date and time, by", zh: "数据库锁定日期时间、锁定人" },
  review: { en: "Decision of the blind review: version and date", zh: "盲态审核决议：版本、日期" },
  plan: { en: "Statistical analysis plan, final: version and date", zh: "统计分析计划定稿：版本、日期" },
  place: { en: "Place and time of unblinding", zh: "揭盲地点、时间" },
  seals: { en: "2. Sealed code and code-break cards", zh: "二、盲底与应急信件的检查" },
  copy: { en: "Sealed code, copy {number}: seal intact? by, on", zh: "盲底第 {number} 份：封口是否完好、检查人、日期" },
  handed: { en: "Code-break cards handed out", zh: "应急信件发放数" },
  opened: { en: "of these opened", zh: "其中已拆阅数" },
  returned: { en: "of these returned unopened", zh: "其中未拆阅收回数" },
  share: { en: "Opened of all, %; never by arm", zh: "拆阅数占发放总数的比例（%；不分组统计）" },
  checked: { en: "Counted by, on", zh: "清点人、日期" },
  first: { en: "3. First unblinding: codes to the statistician", zh: "三、第一次揭盲（向统计师交付编码分组）" },
  firstAt: { en: "Date and time", zh: "揭盲日期时间" },
  file: { en: "File handed over and its SHA-256", zh: "交付的文件及其 SHA-256" },
  from: { en: "Handed over by", zh: "交付人" },
  to: { en: "Received by (statistician)", zh: "接收人（统计师）" },
  second: {
    en: "4. Second unblinding, after the analysis: what each code stands for",
    zh: "四、第二次揭盲（统计分析完成后，揭示各编码所代表的组别）",
  },
  results: { en: "Results of the analysis: version and date", zh: "统计分析结果：版本、日期" },
  secondAt: { en: "Date and time", zh: "揭盲日期时间" },
  code: { en: "Code {letter}", zh: "编码 {letter}" },
  readBy: { en: "Read out by", zh: "宣读人" },
  present: { en: "5. Present", zh: "五、参加人" },
  signatures: { en: "Signatures", zh: "签名" },
  investigator: { en: "Principal investigator", zh: "主要研究者" },
  sponsor: { en: "Sponsor", zh: "申办者（注册申请人）" },
  statistician: { en: "Statistician", zh: "统计师" },
  keeper: { en: "Keeper of the sealed code", zh: "盲底保管人" },
} as const;

export type UnblindingTextKey = keyof typeof UNBLINDING_TEXTS;

/** What says these texts in a language. @throws AllocellError `report.language_unknown` */
export const unblindingWords = (language: Language): Say<UnblindingTextKey> => sayFrom(UNBLINDING_TEXTS, language);
