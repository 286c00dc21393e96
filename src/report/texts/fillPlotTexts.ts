import { sayFrom, type Say } from "./filled.js";
import type { Language } from "./language.js";

/** What the picture of how strata fill says; `{name}` is a place for a value. */
const FILL_PLOT_TEXTS = {
  fill: { en: "Accrual by stratum: {of}", zh: "各层入组情况：{of}" },
  fillSigns: {
    en: "line: central 90 %; grey: central 50 %; dot: median; upright mark: rows of the list",
    zh: "线：中间 90 %；灰：中间 50 %；点：中位数；竖线：分配表行数",
  },
  ofStratum: { en: "Participants of the stratum", zh: "该层受试者数" },
  runsOut: { en: "P(exhausted) = {probability}", zh: "用尽概率 = {probability}" },
  fills: {
    en: "Participants of each stratum when {participants} come, with {shares}: thin line central 90 %, thick line central 50 %, dot median; upright mark: rows of the stratum's list; at the right the probability that more come than the list has rows.{first}",
    zh: "共入组 {participants} 例时各层的受试者数（{shares}）：细线为中间 90 %，粗线为中间 50 %，点为中位数；竖线为该层分配表的行数；右侧为入组多于分配表行数的概率。{first}",
  },
  equalShares: { en: "equal shares (assumed)", zh: "假设各层比例相等" },
  statedShares: { en: "the stated shares", zh: "按给定比例" },
  likeliest: {
    en: " The {shown} of {all} strata whose lists are likeliest to be exhausted.",
    zh: "仅示 {all} 层中最可能用尽的 {shown} 层。",
  },
} as const;

export const fillPlotWords = (language: Language): Say<keyof typeof FILL_PLOT_TEXTS> =>
  sayFrom(FILL_PLOT_TEXTS, language);
