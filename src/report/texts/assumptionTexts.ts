import type { UnitKind } from "../../quantity/index.js";
import type { Language } from "./language.js";
import { ofCounted } from "./thawText.js";

/** What each assumption of a trial is called in Chinese, by its key. */
const KEYS_ZH: Readonly<Record<string, string>> = {
  "dose.administrations": "给药次数",
  "dose.cap": "单次剂量上限",
  "dose.countBasis": "细胞计数口径",
  "dose.levels.control": "对照组剂量水平",
  "dose.levels.experimental": "试验组剂量水平",
  "dose.weightDescriptor": "体重类型",
  "infusion.finalVolume": "终体积",
  "infusion.rate": "输注速度",
  "placebo.composition": "安慰剂组成",
  "product.concentration": "浓度",
  "product.extractableVolume": "可抽取体积",
  "product.minViability": "最低细胞活率",
  "product.recovery": "回收率",
  "product.stability": "复苏后稳定时限",
  "product.vialContent": "每支含量",
  route: "给药途径",
};

/** Answers that are words of the program and no texts of people. */
const VALUES_ZH: Readonly<Record<string, string>> = {
  none: "无",
  actual: "实际体重",
  ideal: "理想体重",
  predicted: "预测体重",
  adjusted: "校正体重",
  lean: "瘦体重",
  cells: "细胞",
  "viable-cells": "活细胞",
  "total-nucleated-cells": "有核细胞（TNC）",
  "car-positive-cells": "CAR 阳性细胞",
  "cell-equivalents": "细胞当量",
};

const found = (texts: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(texts, key) ? (texts[key] ?? key) : key;

/** The name of an assumption; one that is not known here keeps its key. */
export const assumptionName = (language: Language, key: string): string =>
  language === "en" ? key : found(KEYS_ZH, key);

/** An answered assumption: "dose.cap = none", 单次剂量上限 = 无. What people wrote stays as it is. */
export function assumptionText(language: Language, key: string, value: string, counted?: UnitKind): string {
  return `${ofCounted(assumptionName(language, key), counted)} = ${language === "en" ? value : found(VALUES_ZH, value)}`;
}

const ARMS_ZH: Readonly<Record<string, string>> = {
  low: "低剂量组",
  medium: "中剂量组",
  high: "高剂量组",
  double: "双倍剂量组",
  placebo: "安慰剂组",
  experimental: "试验组",
  control: "对照组",
  exosome: "外泌体组",
  "single-dose": "单次给药部分",
  "multiple-dose": "多次给药部分",
  open: "开放部分",
  randomized: "随机部分",
  main: "主试验",
};

/** A part or an arm as it is called, with its id, by which list and log name it. */
export function armOrPart(language: Language, id: string | undefined): string | undefined {
  if (language === "en" || id === undefined || !Object.hasOwn(ARMS_ZH, id)) return id;
  return `${ARMS_ZH[id] ?? ""}（${id}）`;
}
