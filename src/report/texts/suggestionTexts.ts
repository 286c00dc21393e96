import { sayFrom, type Say } from "./filled.js";
import type { Language } from "./language.js";

/** What the ranking of designs says, and the recommendation that follows from it. */
const SUGGESTION_TEXTS = {
  title: { en: "Designs by rank, for a list of {rows} rows", zh: "各设计的名次，随机分配表 {rows} 行" },
  rank: { en: "Rank", zh: "名次" },
  design: { en: "Design", zh: "设计" },
  within: { en: "Within limits", zh: "在限度内" },
  deterministic: { en: "Deterministic", zh: "确定性分配" },
  predictability: { en: "Predictability", zh: "可预测性" },
  largest: { en: "Largest imbalance", zh: "最大不均衡" },
  pooled: { en: "Pooled deviation", zh: "合并标准差" },
  distance: { en: "Distance", zh: "距离" },
  groups: { en: "Groups within one at the end", zh: "期末各组偏差不超过 1 例" },
  warnings: { en: "Warnings", zh: "警示" },
  method: { en: "Method", zh: "方法" },
  yes: { en: "yes", zh: "是" },
  no: { en: "no", zh: "否" },
  note: {
    en: "Predictability: correct guesses of the best guesser beyond the ratio, as a share of what is possible. Largest imbalance: expected, at any row of a list, in participants. Pooled deviation: standard deviation of a group's size around its share at the end of the trial. Distance: of the weighted criteria from the ideal; the rank goes by it. SE: standard error of a simulated number.",
    zh: "可预测性：最优猜测者超出按比例猜测的正确猜测比例，占可能范围的比例。最大不均衡：随机分配表任一行上的期望值，以受试者数计。合并标准差：试验结束时一组例数与应有例数之差的标准差。距离：加权后的各项准则与理想值的距离，名次依此排列。SE：模拟值的标准误。",
  },
  keep: { en: "Keep {name}.", zh: "保持{name}。" },
  recommended: { en: "Recommended: {name}.", zh: "推荐：{name}。" },
  fixed: {
    en: "All groups end within one participant of their share, whatever is drawn{asked}.",
    zh: "无论如何抽取，期末各组例数与应有例数相差均不超过 1 例{asked}。",
  },
  asked: {
    en: "; it is the first in rank of which that is true and which fits",
    zh: "；它是满足这一点且适用的设计中名次最前者",
  },
  notFixed: {
    en: "With probability {share} all groups end within one participant of their share; this design does not fix their sizes.",
    zh: "期末各组例数与应有例数相差均不超过 1 例的概率为 {share}；此设计不固定各组例数。",
  },
  passedOver: {
    en: "Passed over, because it does not fit the list: {names}.",
    zh: "因不适用于该随机分配表而略过：{names}。",
  },
  protocol: {
    en: "Participants are allocated {ratio} by {procedure}, a procedure that was chosen before the first allocation by comparing the balance and the predictability of several procedures; its parameters are in a confidential specification that nobody who enrols participants can see.",
    zh: "受试者按 {ratio} 的比例，采用{procedure}进行分配；该方法于首次分配之前，经比较多种随机化方法的均衡性和可预测性后选定；其参数载于保密的随机化方案，入组受试者的人员均不得查阅。",
  },
  specification: {
    en: "The procedure is {name}, ratio {ratio}: in a list of {rows} rows {certain}the best guesser has {predictability} of what can be guessed beyond the ratio, the largest imbalance is {imbalance} participants on average, and at the end of the trial the size of a group differs from its share by {pooled} participants (standard deviation); it has rank {rank} of the {compared} procedures compared ({method}).",
    zh: "随机化方法为{name}，分配比例 {ratio}：在 {rows} 行的随机分配表中，{certain}最优猜测者猜中的部分占按比例猜测之外可猜部分的 {predictability}，最大不均衡平均为 {imbalance} 例，试验结束时一组例数与应有例数之差的标准差为 {pooled} 例；在所比较的 {compared} 种方法中名列第 {rank}（{method}）。",
  },
  certain: {
    en: "{share} of the allocations are certain for somebody who knows all earlier ones, ",
    zh: "对知道此前全部分配的人而言，{share} 的分配是确定的；",
  },
  exact: { en: "exact", zh: "精确计算" },
  simulated: { en: "simulated", zh: "模拟" },
  comparison: {
    en: "The planned design, {name}, has rank {rank}: {forcedThere} forced rows against {forced}, predictability {predictabilityThere} against {predictability}, largest imbalance {imbalanceThere} against {imbalance}{limits}{warned}",
    zh: "原定设计{name}名列第 {rank}：确定性分配 {forcedThere}，推荐设计 {forced}；可预测性 {predictabilityThere}，推荐设计 {predictability}；最大不均衡 {imbalanceThere}，推荐设计 {imbalance}{limits}{warned}",
  },
  outside: { en: "; it is not within the limits", zh: "；原定设计超出限度" },
  end: { en: ".", zh: "。" },
  warned: { en: "; its warnings: {messages}", zh: "；原定设计的警示：{messages}" },
} as const;

/** What says these texts in a language. @throws AllocellError `report.language_unknown` */
export const suggestionWords = (language: Language): Say<keyof typeof SUGGESTION_TEXTS> =>
  sayFrom(SUGGESTION_TEXTS, language);
