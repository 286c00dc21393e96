import { sayFrom, type Say } from "./filled.js";
import type { Language } from "./language.js";

/** What the pictures of whole trials say beside those of lists; `{name}` is a place for a value. */
const TRIAL_PLOT_TEXTS = {
  trialPredictability: { en: "Predictability by participant: {of}", zh: "各例受试者的可预测性：{of}" },
  trialBest: { en: "best guess (all allocations known)", zh: "最优猜测（已知全部分配）" },
  trialOwn: { en: "guess from the own centre", zh: "依本中心猜测" },
  trialForced: { en: "deterministic", zh: "确定性分配" },
  trialGuesses: {
    en: "Probability that a guess of the next allocation is right, by participant. Solid: the best guess of somebody who knows the design, all earlier allocations and all levels{own}; dotted: probability that the allocation is deterministic",
    zh: "各例受试者的分配被猜中的概率。实线：知道设计、此前全部分配和全部水平者的最优猜测{own}；点线：分配为确定性的概率",
  },
  trialOfOwn: {
    en: "; dashed: the convergence strategy in his own centre",
    zh: "；长划线：本中心的收敛猜测策略",
  },
  trialDesigns: {
    en: "Designs of the whole trial by predictability (0: no better than guessing by the ratio; 1: always right), for somebody who knows all allocations, and expected largest imbalance of all participants. Lower left is better; the line joins designs that no other beats in both; ringed: the design of the plan. MIN minimization, HH Hu and Hu, DA Atkinson, PB permuted blocks in strata, CR complete; numbers: parameters.",
    zh: "整个试验的各设计：知道全部分配者的可预测性（0：不优于按比例猜测；1：总能猜中）与全部受试者的预期最大不均衡。越靠左下越好；连线为两方面均不被其他设计超越者；带圈者：方案的设计。MIN 最小化法、HH 胡氏设计、DA 阿特金森、PB 分层置换区组、CR 完全随机；数字为参数。",
  },
} as const;

export const trialPlotWords = (language: Language): Say<keyof typeof TRIAL_PLOT_TEXTS> =>
  sayFrom(TRIAL_PLOT_TEXTS, language);
