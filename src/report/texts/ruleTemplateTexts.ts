import { ESCALATION_RULES, type EscalationRuleKind } from "../../escalation/index.js";
import type { Language } from "./language.js";

/** The comments of an annotated rule file of an escalating part, by the field that they stand beside. */
export const RULE_TEMPLATE_TEXTS = {
  head: {
    en: "Rule of an open, escalating part. Nothing has a default: replace each TO-STATE by what the protocol says.",
    zh: "开放递增部分的规则。任何一项都没有默认值：请按方案规定替换每个 TO-STATE。",
  },
  places: { en: 'Part "{part}" has {places} places.', zh: "部分“{part}”有 {places} 个名额。" },
  leftOpen: { en: "Left open: {question}", zh: "方案未定：{question}" },
  levels: {
    en: 'Dose levels from the lowest up, such as { label: low, dose: "1E6 viable cells/kg" }; without doses only planning is possible.',
    zh: '剂量水平由低到高，例如 { label: low, dose: "1E6 viable cells/kg" }；未载明剂量时只能用于试验设计。',
  },
  startLevel: {
    en: "number of the level of the first cohort, 1 = lowest",
    zh: "首个队列的剂量水平序号，1 为最低",
  },
  conduct: {
    en: "For the log of the part (`allocell log open LOG --rule FILE`): take the # away, and state a dose for each level.",
    zh: "用于该部分的记录（`allocell log open LOG --rule FILE`）：请去掉行首的 #，并为每个剂量水平载明剂量。",
  },
  window: {
    en: "DLTs count through this study day; dosing is Day 1 or Day 0",
    zh: "DLT 计入截至该研究日；给药日为第 1 天或第 0 天",
  },
  gapsDays: {
    en: "complete days between dosings in a cohort: after the sentinel, after the second ...; the last repeats",
    zh: "同一队列内相邻两次给药间隔的整日数：哨兵受试者之后、第二例之后……；其后沿用最后一个数",
  },
  reviewDays: {
    en: "days from the first day on which a cohort can be decided to the first dosing of the next",
    zh: "从队列最早可作决定之日到下一队列首次给药的天数",
  },
  lateDlt: {
    en: "flag or count: whether a DLT after the window changes the counts",
    zh: "flag 或 count：观察窗之后的 DLT 仅提示，还是计入例数",
  },
  mostReplacements: {
    en: "most participants of a cohort who may be replaced",
    zh: "每个队列最多可替换的受试者数",
  },
  stopCohortWhenDecided: {
    en: "true: the rest of a cohort is not treated where every outcome leads to the same step down or stop",
    zh: "true：若其余受试者的任何结局都导致相同的递减或停止，则该队列其余受试者不再给药",
  },
  variant: {
    en: "escalate-only (Storer) or de-escalate (Korn)",
    zh: "escalate-only（仅递增，Storer）或 de-escalate（可递减，Korn）",
  },
  needSixAtMtd: {
    en: "true: a level is recommended only with six participants; false: also with three",
    zh: "true：剂量水平须有六例受试者方可推荐；false：三例也可",
  },
  maxTotalOrNone: {
    en: "most participants of the part, or none; when they are used up the rule ends undecided",
    zh: "该部分受试者数上限，或 none；名额用完时规则未作出结论即结束",
  },
  cohorts: {
    en: "participants of the first, second ... cohort; the last number repeats",
    zh: "第一、第二……队列的受试者数；其后沿用最后一个数",
  },
  maxTotal: { en: "most participants of the part", zh: "该部分受试者数上限" },
  lastCohort: {
    en: "cut or not-opened, where fewer places are left than a cohort has",
    zh: "剩余名额少于一个队列时：cut（缩小队列）或 not-opened（不开设）",
  },
  atLowest: {
    en: "stay or stop, where the rule says de-escalate at level 1",
    zh: "在剂量水平 1 上规则要求递减时：stay（维持）或 stop（停止）",
  },
  atHighest: {
    en: "stay or stop, where the rule says escalate and no open level is above",
    zh: "规则要求递增但上方没有开放的剂量水平时：stay（维持）或 stop（停止）",
  },
  reescalation: {
    en: "allowed or never, to a level that was left downward; an eliminated one is never entered again",
    zh: "能否再次递增到曾递减离开的剂量水平：allowed（可以）或 never（不可）；已剔除的水平不再使用",
  },
  minToEscalate: {
    en: "least evaluable participants at a level before the next may open; 0 for none",
    zh: "开放下一更高剂量水平之前，该水平至少须有的可评价受试者数；0 表示不作要求",
  },
  maxAtLevel: {
    en: "most participants at a level, or none",
    zh: "每个剂量水平的受试者数上限，或 none",
  },
  earlyStop: {
    en: "none, or { atLevel: 9, when: reached } (at once) or { atLevel: 9, when: stay } (if it would be treated again)",
    zh: "none，或 { atLevel: 9, when: reached }（达到即停止），或 { atLevel: 9, when: stay }（若仍须用该水平则停止）",
  },
  target: {
    en: 'wanted probability of a DLT, in quotes, such as "0.25"',
    zh: '目标 DLT 概率，加引号，例如 "0.25"',
  },
  elimination: { en: 'such as { cutoff: "0.95", minimum: 3 }', zh: '例如 { cutoff: "0.95", minimum: 3 }' },
  extraSafe: {
    en: 'none, or { offset: "0.05" }: stop earlier at level 1',
    zh: 'none，或 { offset: "0.05" }：在剂量水平 1 上更早停止',
  },
  selection: { en: "none or de-escalation-boundary", zh: "none 或 de-escalation-boundary（不高于递减边界）" },
  cells: {
    en: "for every n and dlt that can be reached: escalate, stay, de-escalate, eliminate or stop",
    zh: "对每个可能出现的 n 和 dlt：escalate（递增）、stay（维持）、de-escalate（递减）、eliminate（剔除）或 stop（停止）",
  },
  ownSelection: {
    en: 'below-stop; or { kind: isotonic, target: "0.25", mustNotExceed: none }',
    zh: 'below-stop（停止时的下一更低水平）；或 { kind: isotonic, target: "0.25", mustNotExceed: none }',
  },
  tooLow: {
    en: "highest rate that is too low, such as 0.6 of the target, in quotes",
    zh: "视为过低的最高 DLT 率，例如目标的 0.6 倍，加引号",
  },
  tooHigh: {
    en: "lowest rate that is too high, such as 1.4 of the target, in quotes",
    zh: "视为过高的最低 DLT 率，例如目标的 1.4 倍，加引号",
  },
  equivalence: {
    en: 'half-widths around the target, such as "0.05"',
    zh: '目标上下两侧的半宽，例如 "0.05"',
  },
  shortIntervals: {
    en: "kept (divided by their own length) or dropped",
    zh: "kept（保留，除以自身长度）或 dropped（舍去）",
  },
  next: {
    en: "Fill in every value that says TO-STATE from the protocol, then:",
    zh: "请按方案填写每个 TO-STATE，然后运行：",
  },
} as const;

export type RuleTemplateKey = keyof typeof RULE_TEMPLATE_TEXTS;

const TITLES_ZH: Readonly<Record<EscalationRuleKind, string>> = {
  "3+3": "3 + 3 设计",
  "own-table": "固定队列与自拟决定表",
  boin: "BOIN（贝叶斯最优区间设计）",
  "i3+3": "i3+3 设计",
  "mtpi-2": "mTPI-2（键盘设计）",
};

/** What a rule is called; the English is that of the rules themselves. */
export const ruleTitle = (language: Language, kind: EscalationRuleKind): string =>
  language === "en" ? ESCALATION_RULES[kind].title : TITLES_ZH[kind];
