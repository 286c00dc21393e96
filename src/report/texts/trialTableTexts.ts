import { sayFrom, type Say } from "./filled.js";
import type { Language } from "./language.js";

/** What the tables of a dynamic allocation's operating characteristics say. */
const TRIAL_TABLE_TEXTS = {
  title: {
    en: "Operating characteristics of the whole trial: {list}, {participants} participants at {ratio}",
    zh: "整个试验的操作特性：{list}，{participants} 名受试者，比例 {ratio}",
  },
  byLevel: { en: "Imbalance at the end by level: {list}", zh: "各水平的期末不均衡：{list}" },
  measure: { en: "Measure", zh: "指标" },
  level: { en: "Level", zh: "水平" },
  plan: { en: "Plan", zh: "本方案" },
  design: { en: "Design {number}", zh: "设计 {number}" },
  randomized: { en: "Participants randomized", zh: "随机化的受试者数" },
  final: { en: "Imbalance at the end, all", zh: "期末不均衡，全部" },
  largest: { en: "Largest imbalance at any time, all", zh: "任一时点的最大不均衡，全部" },
  deviation: { en: "Standard deviation, first arm", zh: "标准差，第一组" },
  loss: { en: "Loss (participants), all", zh: "损失（受试者数），全部" },
  factorMean: { en: "Imbalance at the end by {factor}, mean of the levels", zh: "{factor} 的期末不均衡，各水平均值" },
  factorWorst: { en: "Imbalance at the end by {factor}, worst level", zh: "{factor} 的期末不均衡，最差水平" },
  stratumMean: { en: "Imbalance at the end by stratum, mean", zh: "各层的期末不均衡，均值" },
  stratumLoss: { en: "Loss (participants), strata added up", zh: "损失（受试者数），各层合计" },
  everything: { en: "Correct guesses: everything is known", zh: "正确猜测比例：已知全部分配" },
  ownCentre: { en: "Correct guesses: own centre is known", zh: "正确猜测比例：已知本中心分配" },
  nothing: { en: "Correct guesses: nothing is known", zh: "正确猜测比例：一无所知" },
  deterministic: { en: "Deterministic allocations", zh: "确定性分配" },
  unadjusted: { en: "P(rejection), F test of the arms, unadjusted", zh: "拒绝概率，组间 F 检验，未校正" },
  adjusted: { en: "P(rejection), F test, adjusted for all factors", zh: "拒绝概率，F 检验，校正全部因素" },
  notApplicable: { en: "not applicable", zh: "不适用" },
  method: { en: "Method", zh: "方法" },
  simulated: { en: "{trials} simulated trials", zh: "模拟 {trials} 次试验" },
  column: { en: "{column}: {name}", zh: "{column}：{name}" },
  note: {
    en: "{designs}. All numbers are means over {trials} simulated trials, SE their standard error; levels come {shares} and independently of each other. Imbalance is the absolute difference of the two groups (two arms at 1:1), otherwise the largest difference between the size of a group and its share. Loss: by so many participants the trial is as if it were smaller. Own centre: convergence strategy, and the best guess where each centre has its own lists. Without an effect P(rejection) is the type I error.",
    zh: "{designs}。各数值为 {trials} 次模拟试验的均值，SE 为其标准误；各因素水平{shares}，且相互独立。不均衡：两组 1:1 时为两组例数之差的绝对值，其他情形为各组例数与应有例数之差的最大值。损失：相当于试验减少的受试者数。本中心：收敛猜测策略；各中心有各自的随机分配表时为最优猜测。无效应时，拒绝概率即Ⅰ类错误率。",
  },
  assumed: { en: "with equal shares, which is ASSUMED,", zh: "按相等比例出现（此为假设）" },
  stated: { en: "with the stated shares", zh: "按所述比例出现" },
  "name.dynamic": { en: "{name} over {factors}", zh: "{name}，因素 {factors}" },
  "name.weight": { en: "{factor} (weight {weight})", zh: "{factor}（权重 {weight}）" },
  "name.strata": { en: "{name}, in strata by {factors}", zh: "{name}，按 {factors} 分层" },
  "name.oneList": { en: "{name}, in one list for all", zh: "{name}，全部共用一份分配表" },
  "name.order": { en: "Block sizes in their order", zh: "区组长度依次为" },
  "name.minimization": { en: "minimization ({measure}, {law})", zh: "最小化法（{measure}，{law}）" },
  "name.range": { en: "range", zh: "极差" },
  "name.variance": { en: "variance", zh: "方差" },
  "name.sd": { en: "standard deviation", zh: "标准差" },
  "name.fixed": { en: "p = {value}", zh: "p = {value}" },
  "name.rank": { en: "q = {value}, by rank", zh: "q = {value}，按名次" },
  "name.proportional": { en: "t = {value}, proportional", zh: "t = {value}，按比例" },
  "name.huHu": {
    en: "Hu and Hu's design (p = {p}, weights {overall} overall, {stratum} stratum)",
    zh: "胡氏设计（p = {p}，权重：总体 {overall}，层 {stratum}）",
  },
  "name.atkinson": { en: "Atkinson's D-optimal biased coin", zh: "阿特金森 D 最优偏币法" },
} as const;

export type TrialTableTextKey = keyof typeof TRIAL_TABLE_TEXTS;

/** What says these texts in a language. @throws AllocellError `report.language_unknown` */
export const trialTableWords = (language: Language): Say<TrialTableTextKey> => sayFrom(TRIAL_TABLE_TEXTS, language);
