import { weekday, type Weekday } from "../../calendar/index.js";
import { groupThousands, parseCountText, parsePositiveDecimal } from "../../quantity/index.js";
import type { Language } from "../../report/index.js";
import { unitText } from "../texts/words.js";
import { withPoint, type DecimalMark } from "./draft.js";
import type { Field } from "../../cli/index.js";

const CHINESE_DAYS: Readonly<Record<Weekday, string>> = {
  Monday: "星期一",
  Tuesday: "星期二",
  Wednesday: "星期三",
  Thursday: "星期四",
  Friday: "星期五",
  Saturday: "星期六",
  Sunday: "星期日",
};
const MONTHS = ["January", "February", "March", "April", "May", "June"].concat([
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
]);

/** A date in words, with its weekday: what was meant is seen even where day and month could be taken for each other. */
export function dateInWords(date: string, language: Language): string {
  const [year = "", month = "", day = ""] = date.split("-");
  const name = weekday(date);
  if (language === "zh") return `${year} 年 ${Number(month)} 月 ${Number(day)} 日（${CHINESE_DAYS[name]}）`;
  return `${name} ${Number(day)} ${MONTHS[Number(month) - 1] ?? ""} ${year}`;
}

/** A number of cells in words that nobody has to count the zeros of. */
export function largeInWords(digits: string, language: Language): string {
  const value = Number(digits);
  if (value < 1e6) return "";
  if (language === "zh")
    return value < 1e8 ? `${Number((value / 1e4).toFixed(6))} 万` : `${Number((value / 1e8).toFixed(8))} 亿`;
  return value < 1e9 ? `${Number((value / 1e6).toFixed(6))} million` : `${Number((value / 1e9).toFixed(9))} billion`;
}

function readOrEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    // What is wrong with it is told as the field's fault.
    return "";
  }
}

const unlessTyped = (read: string, typed: string): string => (read === typed ? "" : read);

function countInWords(typed: string, unit: string, language: Language): string {
  const { amount } = parseCountText(`${typed} cells`, "");
  const words = largeInWords(amount, language);
  return `${groupThousands(amount)}${unit}${words === "" ? "" : language === "zh" ? `（${words}）` : ` (${words})`}`;
}

/** What a field was understood to say; empty where it says nothing more than was typed. */
export function understood(own: Field, typed: string, mark: DecimalMark, language: Language): string {
  const text = withPoint(typed.trim(), own, mark);
  const unit = own.unit === undefined ? "" : ` ${unitText(language, own.unit)}`;
  switch (own.kind) {
    case "amount":
      return readOrEmpty(() =>
        unlessTyped(`${text === "0" ? "0" : groupThousands(parsePositiveDecimal(text, ""))}${unit}`, text),
      );
    case "count":
      return readOrEmpty(() => countInWords(text, unit, language));
    case "date":
      return readOrEmpty(() => dateInWords(text, language));
    case "time": {
      const [date = "", time = ""] = text.split("T");
      return readOrEmpty(() => `${dateInWords(date, language)}, ${time}`);
    }
    case "whole":
      return /^[0-9]+$/u.test(text) ? unlessTyped(`${text}${unit}`, text) : "";
    case "text":
    case "number":
    case "numbers":
    case "texts":
    case "yes-no":
    case "choice":
      return "";
  }
}
