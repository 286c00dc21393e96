import type { Language } from "../../report/index.js";

/** Chinese names of the questions that a trial's sources leave open; the key itself stays beside it. */
const CHINESE: Readonly<Record<string, string>> = {
  "allocation.ratio": "分配比例",
  "dose.administrations": "给药次数",
  "dose.cap": "单次剂量上限",
  "dose.countBasis": "细胞计数口径",
  "dose.weightDescriptor": "体重类型",
  "dose.reweighRule": "复测体重规则",
  "product.minViability": "最低细胞活率",
  "product.recovery": "回收率",
  "product.stability": "复苏后稳定时限",
  "product.concentration": "浓度",
  "product.vialContent": "每支含量",
  "product.extractableVolume": "可抽取体积",
  "infusion.finalVolume": "终体积",
  "infusion.rate": "输注速度",
  route: "给药途径",
  "placebo.composition": "安慰剂组成",
  "placebo.infusions": "安慰剂输注次数",
  "schedule.window": "时间窗",
};

/** The name of a question: its key, and in Chinese its words before it. */
export function questionLabel(language: Language, key: string): string {
  if (language === "en") return key;
  const words = CHINESE[key] ?? (key.startsWith("dose.levels.") ? "各组剂量水平" : undefined);
  return words === undefined ? key : `${words}（${key}）`;
}
