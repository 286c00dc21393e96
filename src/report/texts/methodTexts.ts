/** How a number came about, or that it did not. */
export const METHOD_TEXTS = {
  none: { en: "not computed", zh: "未计算" },
  exact: { en: "exact", zh: "精确计算" },
  simulated: { en: "{trials} simulated lists", zh: "模拟 {trials} 份分配表" },
} as const;
