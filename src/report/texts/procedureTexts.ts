import { OFFERS, type ProcedureSpec } from "../../procedure/index.js";
import type { DynamicPlan, Plan } from "../../list/index.js";
import type { Language, Text } from "./language.js";

type AnyKind = (Plan | DynamicPlan)["procedure"]["kind"];
type ParameterOf<Procedure> = Procedure extends unknown ? Exclude<keyof Procedure, "kind"> : never;
type OwnParameter = "mergedArms" | Exclude<ParameterOf<DynamicPlan["procedure"]>, ParameterOf<ProcedureSpec>>;

/** Procedures by their names in the literature, without any parameter. */
export const PROCEDURE_NAMES: Readonly<Record<AnyKind, Text>> = /* @__PURE__ */ Object.freeze({
  .../* @__PURE__ */ (Object.fromEntries(
    /* @__PURE__ */ Object.entries(OFFERS).map(([kind, { name }]) => [kind, name]),
  ) as Record<ProcedureSpec["kind"], Text>),
  minimization: { en: "minimization with a random element", zh: "最小化法（含随机成分）" },
  "hu-hu": { en: "covariate-adaptive randomization by Hu and Hu", zh: "胡氏协变量适应性随机化" },
  atkinson: { en: "the D-optimal biased coin of Atkinson", zh: "阿特金森 D 最优偏币法" },
});

/** What the parameters are called that dynamic procedures alone have, and every list procedure. */
const PARAMETERS: Readonly<Record<OwnParameter, Text>> = {
  measure: { en: "Measure of imbalance", zh: "不均衡的度量" },
  law: { en: "From scores to probabilities", zh: "由得分到分配概率" },
  overallWeight: { en: "Weight of the overall imbalance", zh: "总体不均衡的权重" },
  stratumWeight: { en: "Weight of the stratum", zh: "层的权重" },
  mergedArms: { en: "mergedArms", zh: "按等份分配后合并为各组" },
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

export function parameterName(language: Language, name: string): string {
  const offered = Object.values(OFFERS).flatMap(({ parameters }) => Object.entries(parameters));
  const own = offered.find(([known]) => known === name)?.[1].name ?? PARAMETERS[name as keyof typeof PARAMETERS];
  return (own as Text | undefined)?.[language] ?? name;
}

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
