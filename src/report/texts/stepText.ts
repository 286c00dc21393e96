import { stepInWords, type RoundingTexts, type SourceTexts, type Step } from "../../dose/index.js";
import type { UnitKind } from "../../quantity/index.js";
import { assumptionText } from "./assumptionTexts.js";
import { FORMULA_TEXTS } from "./formulaTexts.js";
import type { Language } from "./language.js";
import { thawText } from "./thawText.js";
import { chineseSigns } from "./signs.js";
import { chineseUnit } from "./valueText.js";

const SEX: Readonly<Record<string, string>> = { female: "女", male: "男" };

const ROUNDINGS: RoundingTexts = {
  texts: {
    none: "不修约",
    reading: "四舍五入至 0.01，仅供显示，不参与后续计算",
    percent: "四舍五入（按绝对值）至 0.01，仅供显示，判定采用精确值",
    percentOfClass: "四舍五入（按绝对值）至 0.01，仅供显示，分级采用精确值",
    fourPlaces: "四舍五入至 0.0001，仅供显示，判定采用精确值",
    up: "向上取整",
    down: "向下取整",
    minutesUp: "不足一分钟按一分钟计",
    halfUp: "四舍五入至 {to}",
    weightHalfUp: "体重四舍五入至 {to}",
    oneLess: "因超出上限或最大值而再减一个刻度",
    oneMore: "因低于最小值而再加一个刻度",
  },
  between: "，",
};

const SOURCES: SourceTexts = {
  texts: {
    definition: "按定义",
    "label, count basis declared in the order": "标签，计数口径见配制指令",
    "label and recovery": "标签及回收率",
    label: "标签",
    measurement: "实测",
    "the order: graduation of the syringe": "配制指令：注射器刻度",
    "the order": "配制指令",
    "the order (no other weight is asked for)": "配制指令（未要求其他体重类型）",
    "practice from Bekkem 2013: 1 g/kg/day": "惯例，依据 Bekkem 2013: 1 g/(kg·d)",
    citation: "{text}",
    formula: "公式：{text}",
    registry: "{text}，版本日期 {version}",
    assumption: "假设：{answered}",
    labelOf: "{text}：标签",
    within: "配制指令，不超出 {text}",
    withinLabelOf: "配制指令，不超出 {text}：标签",
  },
  answered: (question, answer) => assumptionText("zh", question, answer),
  between: "；",
};

/** What a paper says of a step. */
export type StepText = Pick<Step, "title" | "formula" | "worked" | "rounding" | "source">;

/**
 * A step in the words of a language. Lots and other names stay as they are, whatever words are in them: they are put into
 * the texts of a formula, and no text is searched for words.
 *
 * @throws AllocellError `quantity.places_invalid`, `quantity.not_decimal`
 */
export function stepText(language: Language, step: Step, unitKind: UnitKind): StepText {
  if (language === "en") return step;
  const { title, line } = FORMULA_TEXTS[step.formulaId];
  const { sex, comparison } = step.texts;
  const texts = {
    thaw: thawText(unitKind),
    ...(sex === undefined ? {} : { sex: SEX[sex] ?? sex }),
    ...(comparison === undefined ? {} : { comparison: chineseSigns(comparison) }),
  };
  const said = stepInWords(step, {
    title,
    line,
    texts,
    about: "约 ",
    ceiling: "向上取整",
    unit: chineseUnit,
    rounding: ROUNDINGS,
    source: SOURCES,
  });
  return { ...said, worked: chineseSigns(said.worked) };
}

/** Where a fact of a product stands: on its label, or in a citation, which stays as it is. */
export const factSource = (language: Language, source: string): string =>
  language === "zh" && source === "label" ? SOURCES.texts.label : source;
