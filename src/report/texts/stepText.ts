import { stepInWords, type SourceWord, type Step } from "../../dose/index.js";
import type { UnitKind } from "../../quantity/index.js";
import { assumptionText } from "./assumptionTexts.js";
import { FORMULA_TEXTS } from "./formulaTexts.js";
import type { Language } from "./language.js";
import { thawText } from "./thawText.js";
import { chineseSigns } from "./signs.js";
import { chineseUnit } from "./valueText.js";

const SEX: Readonly<Record<string, string>> = { female: "女", male: "男" };

const ROUNDINGS: Readonly<Record<string, string>> = {
  none: "不修约",
  "up to a whole number": "向上取整",
  "down to a whole number": "向下取整",
  "minutes up to a whole one": "不足一分钟按一分钟计",
};

/** Each kind of rounding with its number: `half-up to 0.1 mL`. */
const ROUNDING_PARTS: readonly (readonly [RegExp, string])[] = [
  [/^weight half-up to (.+)$/u, "体重四舍五入至 $1"],
  [/^half-up to ([^,]+)/u, "四舍五入至 $1"],
  [/^half away from zero to ([^,]+)/u, "四舍五入（按绝对值）至 $1"],
  [/, for reading only: no later step uses it$/u, "，仅供显示，不参与后续计算"],
  [/, for reading; the test is exact$/u, "，仅供显示，判定采用精确值"],
  [/, for reading; the class is exact$/u, "，仅供显示，分级采用精确值"],
  [/, then one graduation less because the cap or maximum would be crossed$/u, "，因超出上限或最大值而再减一个刻度"],
  [/, then one graduation more because the dose would fall below the minimum$/u, "，因低于最小值而再加一个刻度"],
];

function roundingText(rounding: string): string {
  if (Object.hasOwn(ROUNDINGS, rounding)) return ROUNDINGS[rounding] ?? "";
  return ROUNDING_PARTS.reduce((text, [pattern, chinese]) => text.replace(pattern, chinese), rounding);
}

/** What a paper says of a step. */
export type StepText = Pick<Step, "title" | "formula" | "worked" | "rounding">;

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
  const said = stepInWords(step, { title, line, texts, about: "约 ", ceiling: "向上取整", unit: chineseUnit });
  return { ...said, worked: chineseSigns(said.worked), rounding: roundingText(step.rounding) };
}

/** Sources that are no citation: a missing one is a type error. */
const SOURCES: Readonly<Record<SourceWord, string>> = {
  definition: "按定义",
  "label, count basis declared in the order": "标签，计数口径见配制指令",
  "label and recovery": "标签及回收率",
  label: "标签",
  measurement: "实测",
  "the order: graduation of the syringe": "配制指令：注射器刻度",
  "the order": "配制指令",
  "the order (no other weight is asked for)": "配制指令（未要求其他体重类型）",
};

/** The source of a step: a citation or a file stays as it is, a general word is said in the language. */
export function sourceText(language: Language, source: string): string {
  if (language === "en") return source;
  if (Object.hasOwn(SOURCES, source)) return SOURCES[source as SourceWord];
  return source
    .replace(/\bassumption ([\w.]+) = "([^"]*)"/g, (_, key: string, value: string) =>
      ["假设：", assumptionText(language, key, value)].join(""),
    )
    .replace(/, version of (?=\d)/g, "，版本日期 ")
    .replace(/; (?=假设)/g, "；")
    .replace(/^the order, within /, "配制指令，不超出 ")
    .replace(/^practice from /, "惯例，依据 ")
    .replace(/\/kg\/day\b/, "/(kg·d)")
    .replace(/: label$/, "：标签")
    .replace(/^(.*?); formula: /, (_, head: string) => `${sourceText(language, head)}；公式：`);
}
