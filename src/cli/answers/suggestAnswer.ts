import {
  CRITERIA_WEIGHTS,
  FORCED_SHARE_LIMIT,
  type Criteria,
  type Suggestion,
  type SuggestRequest,
} from "../../assessment/index.js";
import { recommendation, suggestionName, suggestionTable, type SaidSuggestion } from "../../report/index.js";
import { wrappedTable } from "../reportTableText.js";
import { countIn, sayIn, wrapIn, type Texts } from "./say.js";
import type { Speech } from "./speech.js";

const TEXTS = {
  none: { en: "No design does what is asked; about the first ones:", zh: "没有设计满足要求；名次在前者的情况：" },
  forProtocol: { en: "For the protocol:", zh: "可写入试验方案：" },
  forSpecification: {
    en: "For the confidential specification, never for anybody who enrols:",
    zh: "可写入保密的随机化方案，绝不提供给入组受试者的人员：",
  },
  design: { en: "{rank}. {name}", zh: "{rank}. {name}" },
  compared: { en: "{designs} compared.", zh: "共比较 {designs}。" },
} as const satisfies Texts;

const CRITERIA_ZH: Readonly<Record<keyof Criteria, string>> = {
  predictability: "可预测性",
  deterministic: "确定性分配",
  imbalance: "不均衡",
  pooled: "合并标准差",
};

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** The reasons of a design in Chinese, from the numbers that the English ones have. */
function chineseReasons(suggestions: readonly Suggestion[], request: SuggestRequest, speech: Speech): SaidSuggestion {
  const { limits = {}, guesser = "everything", strata = 1, sites = 1 } = request;
  const weights = { ...CRITERIA_WEIGHTS[guesser], ...request.weights };
  // It is looked at for every trial: what the others are held against.
  const free = suggestions.find(({ procedure }) => procedure.kind === "complete");
  const limit = limits.imbalance === undefined ? "" : `（限度 ${limits.imbalance}）`;
  const warnings = (own: Suggestion): readonly string[] => own.warnings.map((warning) => speech.issue(warning));
  const reasons = (own: Suggestion): readonly string[] => {
    const { measures, criteria, score, imbalance, pooledDeviation, predictability } = own;
    const parts = (Object.keys(CRITERIA_ZH) as (keyof Criteria)[]).map(
      (name) => `${CRITERIA_ZH[name]} ${criteria[name].toFixed(3)}（权重 ${weights[name]}）`,
    );
    return [
      `确定性分配占 ${percent(measures.forcedShare?.value ?? 0)}（限度 ${percent(limits.forcedShare ?? FORCED_SHARE_LIMIT)}）。`,
      `${measures.rows} 行的随机分配表，最大不均衡平均为 ${imbalance.toFixed(2)}${limit}；简单随机化为 ${free?.imbalance.toFixed(2) ?? ""}。`,
      `试验结束时一组例数与应有例数之差的标准差为 ${pooledDeviation.toFixed(2)}（共 ${strata * sites} 份分配表）；简单随机化为 ${free?.pooledDeviation.toFixed(2) ?? ""}。`,
      `最优猜测者猜中的部分占按比例猜测之外可猜部分的 ${percent(predictability)}。`,
      `与理想值的距离为 ${score.toFixed(3)}：${parts.join("、")}。`,
      ...warnings(own).map((text) => `警示：${text}`),
    ];
  };
  return { reasons, warnings };
}

export interface SuggestAnswer {
  readonly suggestions: readonly Suggestion[];
  readonly request: SuggestRequest;
  readonly fixedSizes: boolean;
  /** How many designs have their reasons shown. */
  readonly top: number;
}

/** Designs by rank with their reasons, and the sentences to be quoted. */
export function suggestText({ suggestions, request, fixedSizes, top }: SuggestAnswer, speech: Speech): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const wrap = wrapIn(language);
  const said: SaidSuggestion | undefined = language === "en" ? undefined : chineseReasons(suggestions, request, speech);
  const options = { fixedSizes, language, ...(said === undefined ? {} : { said }) };
  const chosen = recommendation(suggestions, options);
  const bullets = (lines: readonly string[]): readonly string[] => lines.flatMap((line) => wrap(line, "  - ", 100));
  const quoted = (title: string, text: string): readonly string[] => [title, ...wrap(text, "  ", 100), ""];
  const others = suggestions.slice(0, top).filter(({ rank }) => chosen?.design.rank !== rank);
  return [
    wrappedTable(suggestionTable(suggestions, language), wrap),
    ...(chosen === undefined
      ? [say("none"), ""]
      : [
          chosen.headline,
          ...bullets(chosen.reasons),
          "",
          ...quoted(say("forProtocol"), chosen.forProtocol),
          ...quoted(say("forSpecification"), chosen.forSpecification),
        ]),
    ...others.flatMap((own) => [
      say("design", { rank: own.rank, name: suggestionName(own, language) }),
      ...bullets(said?.reasons(own) ?? own.reasons),
      "",
    ]),
    say("compared", { designs: countIn(language, suggestions.length, "design", "种设计") }),
    "",
  ].join("\n");
}
