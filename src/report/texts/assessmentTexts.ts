import { sayFrom, type Say } from "./filled.js";
import type { Language, Text } from "./language.js";
import { METHOD_TEXTS } from "./methodTexts.js";

/** What the tables of the operating characteristics of lists say. */
const TABLE_TEXTS = {
  simulatedTrials: { en: "{trials} simulated trials", zh: "模拟 {trials} 次试验" },
  title: { en: "Operating characteristics of one list", zh: "一份随机分配表的操作特性" },
  column: { en: "{list}, {rows} rows{own}", zh: "{list}，{rows} 行{own}" },
  own: { en: ", {design}", zh: "，{design}" },
  measure: { en: "Measure", zh: "指标" },
  design: { en: "Design", zh: "设计" },
  ratio: { en: "Ratio", zh: "分配比例" },
  ratioOf: { en: "{ratio} ({arms})", zh: "{ratio}（{arms}）" },
  rowsAndLists: { en: "Rows of a list; lists", zh: "每份分配表行数；份数" },
  pair: { en: "{first}; {second}", zh: "{first}；{second}" },
  convergence: {
    en: "Correct guesses: convergence strategy (Blackwell-Hodges)",
    zh: "正确猜测比例：收敛猜测策略（布莱克韦尔-霍奇斯）",
  },
  divergence: { en: "Correct guesses: divergence strategy", zh: "正确猜测比例：发散猜测策略" },
  best: { en: "Correct guesses: best guess, design known", zh: "正确猜测比例：已知设计时的最优猜测" },
  deterministic: { en: "Deterministic allocations", zh: "确定性分配" },
  entropy: { en: "Entropy per allocation (nats)", zh: "每次分配的熵（nat）" },
  forcing: { en: "Forcing index", zh: "强制指数" },
  balanced: { en: "Proportion of allocations at exact balance", zh: "完全均衡时的分配所占比例" },
  final: { en: "Imbalance at the end, expected", zh: "期末不均衡，期望值" },
  maximal: { en: "Largest imbalance at any row, expected", zh: "任一行上的最大不均衡，期望值" },
  maximalQuantile: {
    en: "Largest imbalance at any row, 95 % quantile",
    zh: "任一行上的最大不均衡，95% 分位数",
  },
  withinOne: { en: "All groups within one of their share at the end", zh: "期末各组例数与应有例数相差不超过 1 例" },
  loss: { en: "Loss", zh: "损失" },
  deviation: {
    en: "Largest deviation of P(arm) from the ratio, exact",
    zh: "分配概率与比例的最大偏差，精确计算",
  },
  states: { en: "States; method", zh: "状态数；方法" },
  scaleNote: {
    en: "Imbalance is {imbalance}, in participants. In all measures of prediction {known}.",
    zh: "不均衡为{imbalance}，以受试者数计。各预测指标中，{known}。",
  },
  difference: { en: "the absolute difference of the two groups", zh: "两组例数之差的绝对值" },
  share: {
    en: "the largest difference between the size of a group and its share by the ratio",
    zh: "各组例数与按比例应有例数之差的最大值",
  },
  eitherScale: {
    en: "{difference} (two arms at 1:1), otherwise {deviation}",
    zh: "{difference}（两组 1:1），其他情形为{deviation}",
  },
  "known.hidden": {
    en: "the guesser knows the ratio and all earlier treatments, but not the design",
    zh: "猜测者知道分配比例和此前全部分配，但不了解设计",
  },
  "known.set-known": {
    en: "the guesser knows the design and all earlier treatments, but no block's drawn size",
    zh: "猜测者了解设计并知道此前全部分配，但不知道各区组抽得的长度",
  },
  "known.seen": {
    en: "the guesser knows the design, all earlier treatments and the size of each block",
    zh: "猜测者了解设计，并知道此前全部分配和每个区组的长度",
  },
  groupTitle: { en: "Group sizes at the end of a list: {list}", zh: "分配表用完时各组例数：{list}" },
  rows: { en: "Rows", zh: "行数" },
  arm: { en: "Arm", zh: "组别" },
  mean: { en: "Mean", zh: "均值" },
  standardDeviation: { en: "Standard deviation", zh: "标准差" },
  low: { en: "5 % quantile", zh: "5% 分位数" },
  high: { en: "95 % quantile", zh: "95% 分位数" },
  asPlanned: { en: "P(as planned by the ratio)", zh: "P（符合比例）" },
  method: { en: "Method", zh: "方法" },
  groupNote: {
    en: "As planned: the size of the group differs by less than one from its share.",
    zh: "符合比例：该组例数与应有例数相差小于 1。",
  },
  simulatedComing: {
    en: " Who comes was simulated in {trials} trials; standard errors: of a probability at most {probability}, of expected participants at most {participants}, of kits left over {kits}.",
    zh: "入组情况由 {trials} 次模拟试验得出；标准误：概率不超过 {probability}，预期受试者数不超过 {participants}，剩余药物数 {kits}。",
  },
  fillTitle: { en: "Accrual by stratum: {list}", zh: "各层入组情况：{list}" },
  stratum: { en: "Stratum", zh: "层" },
  everybody: { en: "all participants", zh: "全部受试者" },
  shareColumn: { en: "Share", zh: "构成比" },
  expected: { en: "Expected participants", zh: "预期受试者数" },
  band: { en: "5 % to 95 %", zh: "5% 至 95%" },
  bandOf: { en: "{from} to {to}", zh: "{from} 至 {to}" },
  runsOut: { en: "P(list exhausted)", zh: "P（随机号用完）" },
  sufficient: { en: "Rows for P <= {limit}", zh: "P ≤ {limit} 所需行数" },
  fillNote: {
    en: "{participants} participants, {shares}. P(any list exhausted) = {any}. Kits, one for each row: {packed} packed, {left} left over on average.{simulated}",
    zh: "{participants} 名受试者，{shares}。任一层随机号用完的概率为 {any}。药物每行一份：包装 {packed} 份，平均剩余 {left} 份。{simulated}",
  },
  assumed: { en: "equal shares ASSUMED", zh: "各层构成比相等（此为假设）" },
  stated: { en: "shares as stated", zh: "构成比如所述" },
  pooledTitle: { en: "Imbalance pooled over strata: {list}", zh: "各层合并的不均衡：{list}" },
  participantsOf: { en: "Participants of", zh: "受试者范围" },
  overall: { en: "overall", zh: "全部" },
  absolute: {
    en: "Expected absolute deviation from the ratio",
    zh: "与比例之差绝对值的期望值",
  },
  testTitle: { en: "Two-sided t test: {list}", zh: "双侧 t 检验：{list}" },
  selection: { en: "Selection bias", zh: "选择偏倚" },
  trend: { en: "Trend", zh: "时间趋势偏倚" },
  effect: { en: "Effect", zh: "效应" },
  level: { en: "Level", zh: "检验水准" },
  rejection: { en: "P(rejection)", zh: "拒绝概率" },
  noBias: { en: "none", zh: "无" },
  eta: { en: "eta {eta}, {strategy}", zh: "η {eta}，{strategy}" },
  "strategy.convergence": { en: "convergence", zh: "收敛猜测策略" },
  "strategy.divergence": { en: "divergence", zh: "发散猜测策略" },
  "trend.linear": { en: "linear {theta}", zh: "线性 {theta}" },
  "trend.log": { en: "log {theta}", zh: "对数 {theta}" },
  "trend.step": { en: "step {theta} after row {after}", zh: "阶跃 {theta}，第 {after} 行之后" },
  simulatedTest: { en: "{estimate}, simulated", zh: "{estimate}，模拟" },
  testNote: {
    en: "Sizes in standard deviations of the response. Without an effect P(rejection) is the type I error.",
    zh: "各大小以应答的标准差为单位。无效应时，拒绝概率即Ⅰ类错误率。",
  },
  undefined: { en: "{measure}: {reason}", zh: "{measure}：{reason}" },
  undefinedOf: { en: "{measure} ({rows} rows): {reason}", zh: "{measure}（{rows} 行）：{reason}" },
} as const;

/** What of a list is not computed, and why, in Chinese; the English stands beside each measure. */
export const UNDEFINED_ZH: Readonly<Record<string, string>> = {
  hidden: "该指标取决于猜测者对设计的了解，而此猜测者只知道分配比例",
  guesses: "猜测者对未见抽取结果的可能推断形式过多，无法精确计算；请模拟（--simulate）",
  maximal: "在此行数和不均衡范围内，精确计算其分布的计算量过大；请模拟（--simulate）",
  largestRatioDeviation: "精确计算每一行分配概率的计算量过大，而模拟值中的最大者只反映模拟误差",
  pooled: "仅在每名受试者都进入开放的中心并被随机化、且精确计算所需状态数不超过上限时计算",
};

export type AssessmentTextKey = keyof typeof TABLE_TEXTS | keyof typeof METHOD_TEXTS;
export type SayOfAssessment = Say<AssessmentTextKey>;

const ASSESSMENT_TEXTS: Readonly<Record<AssessmentTextKey, Text>> = { ...METHOD_TEXTS, ...TABLE_TEXTS };

/** What says these texts in a language. @throws AllocellError `report.language_unknown` */
export const assessmentWords = (language: Language): SayOfAssessment => sayFrom(ASSESSMENT_TEXTS, language);
