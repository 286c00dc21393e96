import type { DynamicPlan, Plan } from "../../list/index.js";
import type { ProcedureSpec } from "../../procedure/index.js";
import type { Language, Text } from "./language.js";

type AnyProcedure = (Plan | DynamicPlan)["procedure"];
type ParameterOf<Procedure> = Procedure extends unknown ? Exclude<keyof Procedure, "kind"> : never;

/** Procedures by their names in the literature, without any parameter. */
export const PROCEDURE_NAMES: Readonly<Record<AnyProcedure["kind"], Text>> = {
  complete: { en: "simple (unrestricted) randomization", zh: "简单随机化（无限制）" },
  "random-allocation-rule": { en: "the random allocation rule (fixed totals)", zh: "随机分配规则（各组例数固定）" },
  "permuted-block": { en: "permuted blocks", zh: "区组随机化（置换区组）" },
  "ordered-blocks": { en: "permuted blocks", zh: "区组随机化（置换区组）" },
  "truncated-binomial": { en: "the truncated binomial design", zh: "截断二项设计" },
  maximal: { en: "the maximal procedure", zh: "最大程序法" },
  "big-stick": { en: "the big stick design", zh: "大棒设计" },
  efron: { en: "Efron's biased coin", zh: "埃弗龙偏币法" },
  chen: { en: "Chen's biased coin design with imbalance tolerance", zh: "陈氏限定不均衡偏币法" },
  ehrenfest: { en: "the Ehrenfest urn design", zh: "埃伦费斯特瓮设计" },
  "adjustable-biased-coin": { en: "the adjustable biased coin design", zh: "可调偏币法" },
  "generalized-biased-coin": { en: "the generalized biased coin design", zh: "广义偏币法" },
  wei: { en: "Wei's urn design", zh: "魏氏瓮设计" },
  "bayesian-biased-coin": { en: "the Bayesian biased coin design", zh: "贝叶斯偏币法" },
  hadamard: { en: "Hadamard randomization", zh: "阿达马随机化" },
  "block-urn": { en: "the block urn design", zh: "区组瓮设计" },
  "mass-weighted-urn": { en: "the mass weighted urn design", zh: "质量加权瓮设计" },
  "drop-the-loser": { en: "the drop-the-loser rule", zh: "弃败者规则" },
  "doubly-adaptive": { en: "the doubly adaptive biased coin design", zh: "双重适应性偏币法" },
  "maximum-entropy": {
    en: "maximum entropy constrained balance randomization",
    zh: "最大熵约束均衡随机化",
  },
  "minimum-quadratic-distance": {
    en: "minimum quadratic distance constrained balance randomization",
    zh: "最小二次距离约束均衡随机化",
  },
  "brick-tunnel": { en: "brick tunnel randomization", zh: "砖隧道随机化" },
  minimization: { en: "minimization with a random element", zh: "最小化法（含随机成分）" },
  "hu-hu": { en: "covariate-adaptive randomization by Hu and Hu", zh: "胡氏协变量适应性随机化" },
  atkinson: { en: "the D-optimal biased coin of Atkinson", zh: "阿特金森 D 最优偏币法" },
};

/** What families of designs share in a picture: one sign each. */
export type DesignFamily = "no restriction" | "blocks" | "tolerance" | "biased coin" | "urn";

export interface DesignNames {
  /** In words, with the parameters. */
  readonly name: string;
  /** For a label in a picture, such as `PB 4, 8`. */
  readonly label: string;
  readonly family: DesignFamily;
}

const listed = (values: readonly number[]): string =>
  values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} and ${String(values[values.length - 1])}`;

const LAST = { whole: "", cut: ", the last block cut", fill: ", filling the list exactly" } as const;

/** Every kind with its parameters in the words of the literature, which are English. */
export const DESIGN_NAMES: {
  readonly [Kind in ProcedureSpec["kind"]]: (spec: Extract<ProcedureSpec, { kind: Kind }>) => DesignNames;
} = {
  complete: () => ({ name: "complete randomization", label: "CR", family: "no restriction" }),
  "random-allocation-rule": ({ totals }) => ({
    name: `random allocation rule${totals === undefined ? "" : ` with totals ${totals.join(":")}`}`,
    label: totals === undefined ? "RAR" : `RAR ${totals.join(":")}`,
    family: "no restriction",
  }),
  "permuted-block": (spec) => {
    const { sizes, weights, lastBlock = "whole" } = spec;
    const chances =
      weights === undefined ? "" : weights === "pascal" ? " (binomial weights)" : ` (weights ${weights.join(":")})`;
    return {
      name: `permuted blocks of ${listed(sizes)}${chances}${LAST[lastBlock]}`,
      label: `PB ${sizes.join(", ")}`,
      family: "blocks",
    };
  },
  "ordered-blocks": ({ sizes, lastBlock = "whole" }) => ({
    name: `permuted blocks in the order ${sizes.join(", ")}${LAST[lastBlock]}`,
    label: `OB ${sizes.join(", ")}`,
    family: "blocks",
  }),
  "truncated-binomial": (spec) =>
    spec.size === undefined
      ? { name: "truncated binomial design", label: "TB", family: "no restriction" }
      : { name: `truncated binomial design in blocks of ${spec.size}`, label: `TB ${spec.size}`, family: "blocks" },
  hadamard: () => ({ name: "Hadamard randomization", label: "HADA", family: "blocks" }),
  maximal: (spec) => ({
    name: `maximal procedure, tolerance ${spec.tolerance}`,
    label: `MP ${spec.tolerance}`,
    family: "tolerance",
  }),
  "big-stick": (spec) => ({
    name: `big stick design, tolerance ${spec.tolerance}`,
    label: `BSD ${spec.tolerance}`,
    family: "tolerance",
  }),
  chen: (spec) => ({
    name: `Chen's biased coin design, p = ${spec.probability}, tolerance ${spec.tolerance}`,
    label: `Chen ${spec.probability}, ${spec.tolerance}`,
    family: "tolerance",
  }),
  ehrenfest: (spec) => ({
    name: `Ehrenfest urn design, tolerance ${spec.tolerance}`,
    label: `EUD ${spec.tolerance}`,
    family: "tolerance",
  }),
  efron: (spec) => ({
    name: `Efron's biased coin, p = ${spec.probability}`,
    label: `EBC ${spec.probability}`,
    family: "biased coin",
  }),
  "adjustable-biased-coin": (spec) => ({
    name: `adjustable biased coin, steepness ${spec.steepness}`,
    label: `ABC ${spec.steepness}`,
    family: "biased coin",
  }),
  "generalized-biased-coin": (spec) => ({
    name: `generalized biased coin, exponent ${spec.exponent}`,
    label: `GBC ${spec.exponent}`,
    family: "biased coin",
  }),
  "bayesian-biased-coin": (spec) => ({
    name: `Bayesian biased coin, gamma ${spec.gamma}`,
    label: `BBC ${spec.gamma}`,
    family: "biased coin",
  }),
  "doubly-adaptive": (spec) => ({
    name: `doubly adaptive biased coin, gamma ${spec.gamma}`,
    label: `DBC ${spec.gamma}`,
    family: "biased coin",
  }),
  "maximum-entropy": (spec) => ({
    name: `maximum entropy design, eta ${spec.eta}`,
    label: `ME ${spec.eta}`,
    family: "biased coin",
  }),
  "minimum-quadratic-distance": (spec) => ({
    name: `minimum quadratic distance design, eta ${spec.eta}`,
    label: `MQD ${spec.eta}`,
    family: "biased coin",
  }),
  "brick-tunnel": () => ({ name: "brick tunnel randomization", label: "BT", family: "tolerance" }),
  wei: (spec) => ({
    name: `Wei's urn, ${spec.initial} and ${spec.added}`,
    label: `UD ${spec.initial}, ${spec.added}`,
    family: "urn",
  }),
  "block-urn": (spec) => ({
    name: `block urn design, lambda ${spec.lambda}`,
    label: `BUD ${spec.lambda}`,
    family: "urn",
  }),
  "mass-weighted-urn": (spec) => ({
    name: `mass weighted urn, alpha ${spec.alpha}`,
    label: `MWU ${spec.alpha}`,
    family: "urn",
  }),
  "drop-the-loser": (spec) => ({
    name: `drop-the-loser rule, ${spec.immigration} immigrating`,
    label: `DL ${spec.immigration}`,
    family: "urn",
  }),
};

/** What the parameters of procedures are called. */
const PARAMETERS: Readonly<Record<ParameterOf<AnyProcedure>, Text>> = {
  measure: { en: "Measure of imbalance", zh: "不均衡的度量" },
  law: { en: "From scores to probabilities", zh: "由得分到分配概率" },
  probability: { en: "Probability of the preferred arm", zh: "优先组的分配概率" },
  overallWeight: { en: "Weight of the overall imbalance", zh: "总体不均衡的权重" },
  stratumWeight: { en: "Weight of the stratum", zh: "层的权重" },
  sizes: { en: "Block sizes", zh: "区组长度" },
  size: { en: "Block size", zh: "区组长度" },
  weights: { en: "Selection weights", zh: "区组长度的抽取权重" },
  lastBlock: { en: "Last block", zh: "末区组" },
  totals: { en: "Totals by arm", zh: "各组例数" },
  mergedArms: { en: "mergedArms", zh: "按等份分配后合并为各组" },
  tolerance: { en: "tolerance", zh: "最大可容许不均衡" },
  steepness: { en: "steepness", zh: "陡度参数" },
  exponent: { en: "exponent", zh: "指数参数" },
  initial: { en: "initial", zh: "各组初始球数" },
  added: { en: "added", zh: "每次加入球数" },
  gamma: { en: "gamma", zh: "参数 γ" },
  lambda: { en: "lambda", zh: "参数 λ" },
  alpha: { en: "alpha", zh: "参数 α" },
  immigration: { en: "immigration", zh: "每次加入的各组球数" },
  eta: { en: "eta", zh: "参数 η" },
};

/** Words that are the value of a parameter, or name one inside of it. */
const WORDS_ZH: Readonly<Record<string, string>> = {
  whole: "完整",
  cut: "按长度截断",
  fill: "恰好填满",
  pascal: "二项系数",
  true: "是",
  range: "极差",
  variance: "方差",
  sd: "标准差",
  fixed: "固定概率",
  rank: "按名次",
  proportional: "按比例",
  probability: "概率",
  ties: "得分相同时",
  lot: "随机抽取",
  share: "平均分配",
};

const wordOf = (language: Language, word: string): string =>
  language === "zh" && Object.hasOwn(WORDS_ZH, word) ? (WORDS_ZH[word] ?? word) : word;

export const parameterName = (language: Language, name: string): string =>
  Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name as keyof typeof PARAMETERS][language] : name;

/** A parameter of a procedure in words: a list, or the parts of a law. */
export function parameterText(language: Language, value: unknown): string {
  const comma = language === "en" ? ", " : "、";
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.entries(value as Readonly<Record<string, unknown>>)
      .map(([name, own]) => (name === "kind" ? [own] : [name, own]))
      .map((words) => words.map((word) => wordOf(language, String(word))).join(" "))
      .join(language === "en" ? ", " : "，");
  }
  return [value]
    .flat()
    .map((word) => wordOf(language, String(word)))
    .join(comma);
}
