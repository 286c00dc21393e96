import type { Issue } from "../../foundation/index.js";
import { warningText } from "../texts/catalogue.js";
import type { Language } from "../texts/language.js";
import { bracketed, SIGNS } from "../texts/signs.js";
import { foundText } from "../texts/foundText.js";
import { fieldName } from "./fieldNames.js";

/** What the warnings of a record say in Chinese; those of a preparation stand in the catalogue. */
export const RECORD_WARNINGS_ZH: Readonly<Record<string, string>> = {
  "calendar.outside_window": "给药日期超出时间窗。",
  "dose.administered_outside_range": "实际给药剂量超出允许范围。",
  "dose.administration_twice": "同一次给药记录了两次。",
  "dose.deviation_minor": "实际给药剂量与计划剂量存在轻微偏差。",
  "dose.deviation_major": "实际给药剂量与计划剂量存在重大偏差。",
  "dose.deviation_unclassified": "记录未载明偏差限度，偏差未分级。",
  "dose.given_after_expiry": "给药时间晚于输注最迟结束时间，存活细胞数不明。",
  "dose.given_before_preparation": "给药日期早于配制日期。",
  "dose.given_to_another": "所记录的受试者或药物编号与配制时不符。",
  "dose.given_without_plan": "计划剂量为零，但有实际给药：重大偏差。",
  "dose.infused_more_than_prepared": "输注体积大于配制体积，请核对两者。",
  "dose.started_out_of_time": "开始输注时间晚于输注最迟开始时间，或早于前一组分输注结束。",
  "dose.record_contradictory": "记录自相矛盾，按原样保存，未作检验。",
};

const chineseOf = (code: string): string | undefined =>
  Object.hasOwn(RECORD_WARNINGS_ZH, code) ? RECORD_WARNINGS_ZH[code] : warningText("zh", code);

/**
 * A warning or an error as a printed record says it. In English by its message; in Chinese by its text, with field, found
 * and expected value: an error that has no Chinese text is named by its code.
 */
export function issueText(language: Language, issue: Issue): string {
  const { code, path, message } = issue;
  if (language === "en") return `${code}: ${message}`;
  const field = path === "" ? "" : fieldName(language, path);
  const values = [field, foundText(language, issue)].filter((text) => text !== "").join(SIGNS[language].semicolon);
  return `${code}${SIGNS[language].colon}${chineseOf(code) ?? ""}${values === "" ? "" : bracketed(language, values)}`;
}
