import type { Language } from "../report/index.js";

/** Where the package's documents explain an answer: pages by their place in the package, with the heading. */
export const EXPLAINED = {
  assess: "docs/assessment.md#measures-of-one-list",
  "assess dynamic": "docs/assessment-trial.md#a-whole-trial-and-dynamic-allocation",
  suggest: "docs/assessment.md#a-whole-plan",
} as const;

/** The last line of an answer in text. */
export const explainedLine = (answer: keyof typeof EXPLAINED, language: Language = "en"): string =>
  language === "zh" ? `\n计算方法：${EXPLAINED[answer]}\n` : `\nHow it is computed: ${EXPLAINED[answer]}\n`;
