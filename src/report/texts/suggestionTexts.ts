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
  margins: { en: "Deviation by level", zh: "各水平的标准差" },
  distance: { en: "Distance", zh: "距离" },
  loss: { en: "Loss, trial / strata", zh: "损失，全试验／各层" },
  groups: { en: "Groups within one at the end", zh: "期末各组偏差不超过 1 例" },
  warnings: { en: "Warnings", zh: "警示" },
  method: { en: "Method", zh: "方法" },
  yes: { en: "yes", zh: "是" },
  no: { en: "no", zh: "否" },
  note: {
    en: "Predictability: correct guesses of the best guesser beyond the ratio, as a share of what is possible. Largest imbalance: expected, at any row of a list, in participants. Pooled deviation: standard deviation of a group's size around its share at the end of the trial; by level: the same within the levels of the factors, the centre among them. Distance: of the weighted criteria from the ideal; the rank goes by it. Loss: by so many participants the trial is as if it were smaller, overall and where each stratum is analysed by itself. A design that is simulated is one of the whole trial, and its largest imbalance is the mean over the strata. SE: standard error of a simulated number; that of a distance is at most so large.",
    zh: "可预测性：最优猜测者超出按比例猜测的正确猜测比例，占可能范围的比例。最大不均衡：随机分配表任一行上的期望值，以受试者数计。合并标准差：试验结束时一组例数与应有例数之差的标准差；各水平的标准差：各因素（含中心）水平之内的同一数值。距离：加权后的各项准则与理想值的距离，名次依此排列。损失：相当于试验减少的受试者数，分别为全试验的和逐层分析的。模拟的设计为整个试验的设计，其最大不均衡为各层的均值。SE：模拟值的标准误；距离的标准误为其上限。",
  },
  keep: { en: "Keep {name}.", zh: "保持{name}。" },
  recommended: { en: "Recommended: {name}.", zh: "推荐：{name}。" },
  fixed: {
    en: "At row {rows}, the end of a list, all groups are within one participant of their share, whatever is drawn{asked}.",
    zh: "在分配表末行（第 {rows} 行），无论如何抽取，各组例数与应有例数相差均不超过 1 例{asked}。",
  },
  asked: {
    en: "; it is the first in rank of which that is true and which fits",
    zh: "；它是满足这一点且适用的设计中名次最前者",
  },
  notFixed: {
    en: "At row {rows}, the end of a list, all groups are within one participant of their share with probability {share}; this design does not fix their sizes.",
    zh: "在分配表末行（第 {rows} 行），各组例数与应有例数相差均不超过 1 例的概率为 {share}；此设计不固定各组例数。",
  },
  trialGroups: {
    en: "This design does not fix the sizes of the groups.",
    zh: "此设计不固定各组例数。",
  },
  passedOver: {
    en: "Not applicable, because it does not fit the list: {names}.",
    zh: "因不适用于该随机分配表而未予考虑：{names}。",
  },
  tied: {
    en: "The rank beside {names} is not settled: the distances differ by less than twice their standard error.",
    zh: "与{names}之间的名次未能确定：距离之差小于其标准误的两倍。",
  },
  protocol: {
    en: "Participants are allocated {ratio} by {procedure}, a procedure that was chosen before the first allocation by comparing the balance and the predictability of several procedures; its parameters are in a confidential specification that nobody who enrols participants can see.",
    zh: "受试者按 {ratio} 的比例，采用{procedure}进行分配；该方法于首次分配之前，经比较多种随机化方法的均衡性和可预测性后选定；其参数载于保密的随机化方案，入组受试者的人员均不得查阅。",
  },
  specification: {
    en: "The procedure is {name}, ratio {ratio}: in a list of {rows} rows {certain}the best guesser has {predictability} of what can be guessed beyond the ratio, the largest imbalance is {imbalance} participants on average, and at the end of the trial the size of a group differs from its share by {pooled} participants (standard deviation); it has rank {rank} of the {compared} procedures compared ({method}).",
    zh: "随机化方法为{name}，分配比例 {ratio}：在 {rows} 行的随机分配表中，{certain}最优猜测者猜中的部分占按比例猜测之外可猜部分的 {predictability}，最大不均衡平均为 {imbalance} 例，试验结束时一组例数与应有例数之差的标准差为 {pooled} 例；在所比较的 {compared} 种方法中名列第 {rank}（{method}）。",
  },
  trialSpecification: {
    en: "The procedure is {name}, ratio {ratio}: {certain}the best guesser who knows all allocations has {predictability} of what can be guessed beyond the ratio, one who knows those of his own centre {ownCentre}; the largest imbalance of a stratum is {imbalance} participants on average, and at the end of the trial the size of a group differs from its share by {pooled} participants (standard deviation); it has rank {rank} of the {compared} procedures compared ({method}).",
    zh: "随机化方法为{name}，分配比例 {ratio}：{certain}知道全部分配的最优猜测者猜中的部分占按比例猜测之外可猜部分的 {predictability}，只知道本中心分配者为 {ownCentre}；各层最大不均衡平均为 {imbalance} 例，试验结束时一组例数与应有例数之差的标准差为 {pooled} 例；在所比较的 {compared} 种方法中名列第 {rank}（{method}）。",
  },
  certain: {
    en: "{share} of the allocations are certain for somebody who knows all earlier ones, ",
    zh: "对知道此前全部分配的人而言，{share} 的分配是确定的；",
  },
  exact: { en: "exact", zh: "精确计算" },
  simulated: { en: "simulated", zh: "模拟" },
  trials: { en: "{trials} simulated trials", zh: "模拟 {trials} 次试验" },
  comparison: {
    en: "The planned design, {name}, has rank {rank}: {forcedThere} deterministic allocations against {forced}, predictability {predictabilityThere} against {predictability}, largest imbalance {imbalanceThere} against {imbalance}{limits}{warned}",
    zh: "原定设计{name}名列第 {rank}：确定性分配 {forcedThere}，推荐设计 {forced}；可预测性 {predictabilityThere}，推荐设计 {predictability}；最大不均衡 {imbalanceThere}，推荐设计 {imbalance}{limits}{warned}",
  },
  outside: { en: "; it is not within the limits", zh: "；原定设计超出限度" },
  end: { en: ".", zh: "。" },
  warned: { en: "; its warnings: {messages}", zh: "；原定设计的警示：{messages}" },
  "factor.site": { en: "site", zh: "中心" },
  "factor.stratum": { en: "stratum", zh: "层" },
  "factor.other": { en: "factor {number}", zh: "因素 {number}" },
  "reason.deterministic": {
    en: "{share} of the allocations are deterministic (limit {limit}).",
    zh: "确定性分配占 {share}（限度 {limit}）。",
  },
  "reason.imbalance": {
    en: "The largest imbalance of a list of {rows} rows is {largest} on average{limit}; complete randomization has {complete}.",
    zh: "{rows} 行的随机分配表，最大不均衡平均为 {largest}{limit}；简单随机化为 {complete}。",
  },
  "reason.stratum": {
    en: "The largest imbalance of a stratum is {largest} on average{limit}; complete randomization, simulated alike, has {complete}.",
    zh: "各层的最大不均衡平均为 {largest}{limit}；同样模拟的简单随机化为 {complete}。",
  },
  "reason.final": {
    en: "At the end of a list the imbalance is {final} on average{limit}.",
    zh: "随机分配表末行的不均衡平均为 {final}{limit}。",
  },
  "reason.pooled": {
    en: "At the end of the trial the size of a group has a standard deviation of {deviation} around its share{limit}, over {lists}; complete randomization has {complete}.",
    zh: "试验结束时一组例数与应有例数之差的标准差为 {deviation}{limit}（共{lists}）；简单随机化为 {complete}。",
  },
  "reason.list": { en: "1 list", zh: " 1 份分配表" },
  "reason.lists": { en: "{lists} lists", zh: " {lists} 份分配表" },
  "reason.strata": { en: "{lists} strata", zh: " {lists} 个层" },
  "reason.limit": { en: " (limit {limit})", zh: "（限度 {limit}）" },
  "reason.margins": {
    en: "In a level of a factor the size of a group has a standard deviation of {deviation}; complete randomization has {complete}.",
    zh: "在各因素的水平之内，一组例数与应有例数之差的标准差为 {deviation}；简单随机化为 {complete}。",
  },
  "reason.loss": {
    en: "By imbalance the trial is as if it had {overall} participants fewer, and {strata} fewer where each stratum is analysed by itself.",
    zh: "因不均衡，试验相当于减少 {overall} 名受试者；逐层分析时相当于减少 {strata} 名。",
  },
  "reason.predictability": {
    en: "The best guesser closes {best} of the gap between guessing by the ratio and certainty{own}{limit}.",
    zh: "最优猜测者猜中的部分占按比例猜测之外可猜部分的 {best}{own}{limit}。",
  },
  "reason.own-centre": {
    en: "; one who knows the allocations of his own centre closes {share}",
    zh: "；只知道本中心分配者为 {share}",
  },
  "reason.nothing": {
    en: "; one who knows no allocation closes none of it",
    zh: "；不知道任何分配者则无从猜中",
  },
  "reason.score": { en: "Distance from the ideal {score}: {criteria}.", zh: "与理想值的距离为 {score}：{criteria}。" },
  "reason.criterion": { en: "{name} {value} (weight {weight})", zh: "{name} {value}（权重 {weight}）" },
  "criterion.predictability": { en: "predictability", zh: "可预测性" },
  "criterion.deterministic": { en: "deterministic", zh: "确定性分配" },
  "criterion.imbalance": { en: "imbalance", zh: "不均衡" },
  "criterion.pooled": { en: "pooled", zh: "合并标准差" },
  "criterion.margins": { en: "margins", zh: "因素水平内的标准差" },
  "reason.warning": { en: "Warning: {message}", zh: "警示：{message}" },
} as const;

/** What says these texts in a language. @throws AllocellError `report.language_unknown` */
export const suggestionWords = (language: Language): Say<keyof typeof SUGGESTION_TEXTS> =>
  sayFrom(SUGGESTION_TEXTS, language);
