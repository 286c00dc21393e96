import type { DesignFamily } from "../../procedure/index.js";
import { sayFrom, type Say } from "./filled.js";
import type { Language, Text } from "./language.js";

/** What the pictures of an assessment say; `{name}` is a place for a value. */
const PLOT_TEXTS = {
  imbalance: { en: "Imbalance over time: {of}", zh: "不均衡随入组的变化：{of}" },
  allocated: { en: "Participants allocated", zh: "已分配受试者数" },
  difference: { en: "{first} minus {second} (participants)", zh: "{first} 减 {second}（例）" },
  deviation: { en: "Largest deviation from the ratio (participants)", zh: "与分配比例的最大偏差（例）" },
  central90: { en: "5 % to 95 %", zh: "5 % 至 95 %" },
  central50: { en: "25 % to 75 %", zh: "25 % 至 75 %" },
  median: { en: "median", zh: "中位数" },
  meanAbsolute: { en: "mean of the absolute value", zh: "绝对值的均值" },
  mean: { en: "mean", zh: "均值" },
  ofDifference: {
    en: "Imbalance after each participant. Bands: central 90 % and 50 % of the {all}; dashed: mean of the absolute value. Imbalance is the difference of the two groups.",
    zh: "每例受试者分配后的不均衡。色带：{all}的中间 90 % 和 50 %；虚线：绝对值的均值。不均衡为两组例数之差。",
  },
  ofDeviation: {
    en: "Imbalance after each participant. Bands: central 90 % and 50 % of the {all}; solid: median; dashed: mean. Imbalance is the largest difference between the size of a group and its share by the ratio.",
    zh: "每例受试者分配后的不均衡。色带：{all}的中间 90 % 和 50 %；实线：中位数；虚线：均值。不均衡为各组例数与按比例应有例数之差的最大值。",
  },
  possibleLists: { en: "possible lists", zh: "可能的随机分配表" },
  simulatedOnes: { en: "simulated trials", zh: "模拟试验" },
  simulatedTrials: { en: " Simulated: {trials} trials.", zh: "模拟 {trials} 次试验。" },
  exact: { en: " Exact.", zh: "精确计算。" },
  simulated: { en: " Simulated: {trials} lists.", zh: "模拟 {trials} 份随机分配表。" },
  predictability: { en: "Predictability by position: {of}", zh: "各位次的可预测性：{of}" },
  position: { en: "Participant, in order of allocation", zh: "受试者（按分配次序）" },
  probability: { en: "Probability", zh: "概率" },
  best: { en: "best guess (design known)", zh: "最优猜测（已知设计）" },
  smaller: { en: "guess of the smaller group", zh: "猜例数较少的组" },
  forced: { en: "deterministic", zh: "确定性分配" },
  guesses: {
    en: "Probability that a guess of the next treatment is right, by position in the list, for somebody who knows all earlier treatments",
    zh: "对知道此前全部分配的人而言，在随机分配表各位次上猜中下一例分组的概率",
  },
  ofBest: {
    en: "; solid: the best guess of somebody who also knows the design",
    zh: "；实线：同时知道设计者的最优猜测",
  },
  isSame: {
    en: " (the convergence strategy is right as often at every position)",
    zh: "（在每一位次上，收敛猜测策略猜中的概率相同）",
  },
  ofSmaller: { en: "; dashed: the convergence strategy", zh: "；长划线：收敛猜测策略" },
  ofForced: { en: "; dotted: probability that the allocation is deterministic", zh: "；点线：确定性分配的概率" },
  byRatio: { en: ". Thin line: {share}, a guess by the ratio alone.", zh: "。细线：{share}，仅按比例猜测。" },
  tradeOff: { en: "Balance and randomness: {of}", zh: "均衡与随机：{of}" },
  predictabilityAxis: {
    en: "Predictability: correct guesses beyond the ratio, as a share of what is possible",
    zh: "可预测性：超出按比例猜测的猜中比例，占可能范围的比例",
  },
  pooledAxis: { en: "Pooled deviation at the end (participants)", zh: "期末合并标准差（例）" },
  suggestions: { en: "Designs that were ranked", zh: "参与排名的设计" },
  suggested: {
    en: "Designs by predictability (0: no better than guessing by the ratio; 1: always right), for somebody who knows all allocations, and standard deviation of a group's size around its share at the end of the trial. Lower left is better; the line joins designs that no other beats in both; ringed: the design of the plan, or the first in rank. With /: of these factors only (-: in one list). MIN: minimization; HH: Hu and Hu; DA: Atkinson. Lists in every stratum: {signs}; numbers: parameters. Designs of the whole trial are simulated.",
    zh: "各设计：知道全部分配者的可预测性（0：不优于按比例猜测；1：总能猜中）与试验结束时一组例数与应有例数之差的标准差。越靠左下越好；连线为两方面均不被其他设计超越者；带圈者：计划中的设计或名次最前者。/ 之后：仅用这些因素（-：全部一份）。MIN：最小化法；HH：胡氏设计；DA：阿特金森。各层随机分配表：{signs}；数字为参数。整个试验的设计均为模拟。",
  },
  imbalanceAxis: { en: "Expected largest imbalance (participants)", zh: "预期最大不均衡（例）" },
  designs: {
    en: "Designs by predictability (0: no better than guessing by the ratio; 1: always right) and expected largest imbalance, {scale}. Lower left is better; the line joins designs that no other beats in both{own}. {signs}; numbers: parameters.",
    zh: "各设计的可预测性（0：不优于按比例猜测；1：总能猜中）与预期最大不均衡（{scale}）。越靠左下越好；连线为两方面均不被其他设计超越者{own}。{signs}；数字为参数。",
  },
  scaleDifference: { en: "the difference of the two groups", zh: "两组例数之差" },
  scaleDeviation: { en: "the deviation of a group from its share", zh: "各组例数与应有例数之差" },
  ringed: {
    en: "; ringed: the design of the plan, or the one that is looked at",
    zh: "；带圈者：方案的设计或所查看的设计",
  },
} as const;

export type PlotTextKey = keyof typeof PLOT_TEXTS;

export const plotWords = (language: Language): Say<PlotTextKey> => sayFrom(PLOT_TEXTS, language);

const FAMILY_TEXTS: Readonly<Record<DesignFamily, Text>> = {
  "no restriction": { en: "no restriction", zh: "无限制" },
  blocks: { en: "blocks", zh: "区组" },
  tolerance: { en: "tolerance", zh: "限定不均衡" },
  "biased coin": { en: "biased coin", zh: "偏币" },
  urn: { en: "urn", zh: "瓮" },
};

export const familyWord = (language: Language, family: DesignFamily): string => FAMILY_TEXTS[family][language];
