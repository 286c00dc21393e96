import { sayFrom, type Say } from "./filled.js";
import type { Language } from "./language.js";

/** The paragraphs of a protocol on randomization and blinding: no parameter of a procedure stands in them. */
const PROTOCOL_TEXTS = {
  title: { en: "## Randomization: {trial}, {part}", zh: "## 随机化与盲法（试验方案正文）：{trial}，{part}" },
  allocated: {
    en: "Participants of the {part} are allocated to {arms} in the ratio {ratio} by {procedure}, {stratified}.{restriction}",
    zh: "{part}的受试者采用{procedure}，按 {ratio} 的比例分配至{arms}，{stratified}。{restriction}",
  },
  balanced: { en: "balanced over {factors}", zh: "并在 {factors} 上保持均衡" },
  stratified: { en: "stratified by {factors}", zh: "按 {factors} 分层" },
  unstratified: { en: "without stratification", zh: "不分层" },
  restriction: {
    en: " Further details of the restriction are in a separate confidential document that is unavailable to those who enrol participants or assign interventions.",
    zh: "随机化限制的其他细节另载于保密文件，入组受试者或分配干预措施的人员不得查阅。",
  },
  "list.made": {
    en: "The allocation sequence is generated with the program allocell from a secret random seed by {blank}, who takes no part in enrolment, treatment or assessment. The sequence can be regenerated from the specification and the seed by a second person with independent software.",
    zh: "随机分配序列由 {blank} 使用 allocell 程序以保密的随机种子生成，此人不参与受试者的入组、治疗和评价。另一人可凭保密的随机化方案和种子，用独立软件重新生成该序列。",
  },
  "list.concealed": {
    en: "The sequence is concealed by {blank} (for example central assignment, one participant at a time) until the intervention is assigned. Within a stratum positions are used strictly in order, after eligibility is confirmed; a position that was used is never given out again.",
    zh: "分配干预措施之前，随机分配序列以 {blank} 隐藏（例如中央随机，每次一名受试者）。各层内的随机号在确认合格性后严格按顺序使用；已使用的随机号不再使用。",
  },
  "list.used": {
    en: "Participants are enrolled by {blank} and assigned by {blank}; neither has access to the sequence.",
    zh: "受试者由 {blank} 入组，由 {blank} 分配；两者均不能接触随机分配序列。",
  },
  "dynamic.made": {
    en: "There is no list beforehand: the allocation of each participant is computed with the program allocell from a secret random seed, the participant's own levels of the factors, and the levels and allocations of all participants before. Seed and program are kept by {blank}, who takes no part in enrolment, treatment or assessment. All allocations can be made again from the specification, the seed and the log of the allocations by a second person with independent software, which names the first one that differs.",
    zh: "事先没有随机分配表：每名受试者的分配由 allocell 程序根据保密的随机种子、该受试者的各因素水平以及此前全部受试者的水平和分配结果计算。种子和程序由 {blank} 保管，此人不参与受试者的入组、治疗和评价。另一人可凭保密的随机化方案、种子和随机分配记录，用独立软件重现全部分配，并指出第一处不一致。",
  },
  "dynamic.concealed": {
    en: "An allocation is made centrally by {blank}, one participant at a time, after eligibility is confirmed and the levels of all factors are recorded; levels that are corrected later change no allocation. The allocations of earlier participants are concealed from those who enrol.",
    zh: "确认合格性并记录全部因素水平后，由 {blank} 进行中央分配，每次一名受试者；事后更正的水平不改变任何分配。此前受试者的分配结果对入组人员隐藏。",
  },
  "dynamic.used": {
    en: "Participants are enrolled by {blank} and assigned by {blank}; neither can compute the next allocation. The analysis adjusts for the factors, or uses a re-randomization test by the same rule.",
    zh: "受试者由 {blank} 入组，由 {blank} 分配；两者均不能计算下一次分配。分析时对各因素进行校正，或按同一规则进行重随机化检验。",
  },
  blinding: { en: "### Blinding", zh: "### 盲法" },
  who: {
    en: "Blinded after assignment: {masked}. Unblinded roles: {blank}.",
    zh: "分配后的设盲对象：{masked}。非盲人员：{blank}。",
  },
  alike: {
    en: "The interventions are made alike in looks, volume, containers, rate, duration, number and days of administrations by {blank}.",
    zh: "各组干预措施的外观、体积、容器、速度、时长、给药次数和给药日由 {blank} 做到一致。",
  },
  disclosed: {
    en: "The treatment of a single participant is disclosed only if knowing it is needed for the participant's care; the request is made to {blank}, with reason, person and time recorded, and discloses no other participant's treatment.",
    zh: "仅在受试者的处理必须知道其所用药物时，方可对该名受试者紧急揭盲；向 {blank} 提出申请，记录原因、申请人和时间，不涉及其他受试者。",
  },
  nobody: { en: "Nobody is blinded in this part.", zh: "本部分不设盲。" },
  "items.item": { en: "SPIRIT 2025 item", zh: "SPIRIT 2025 条目" },
  "items.paragraph": { en: "Paragraph", zh: "段落" },
  "items.sequence": { en: "sequence generation; type and factors", zh: "序列产生；方法与因素" },
  "items.restricted": {
    en: "sequence generation; type and factors; restriction in a separate document",
    zh: "序列产生；方法与因素；限制另载",
  },
  "items.concealment": { en: "concealment; implementation", zh: "分配隐藏；实施" },
  "items.blinding": {
    en: "who is blinded; how; disclosure of one treatment",
    zh: "设盲对象；设盲方法；单例揭盲",
  },
} as const;

export type ProtocolTextKey = keyof typeof PROTOCOL_TEXTS;

/** What says these texts in a language. @throws AllocellError `report.language_unknown` */
export const protocolWords = (language: Language): Say<ProtocolTextKey> => sayFrom(PROTOCOL_TEXTS, language);
