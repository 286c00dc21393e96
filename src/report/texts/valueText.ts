import { UNIT_KINDS, type UnitKind } from "../../quantity/index.js";
import { say } from "./catalogue.js";
import type { Language } from "./language.js";

/** What each kind of count is called, by its English text. */
const COUNTED: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(UNIT_KINDS).map(([kind, text]) => [text, say("zh", `unit.${kind as UnitKind}`)]),
);

/** The other units that are words. */
const WORDS: Readonly<Record<string, string>> = {
  container: "个容器",
  containers: "个容器",
  vials: "支",
  drops: "滴",
  times: "次",
  days: "天",
  years: "岁",
  "% v/v": "%（体积分数）",
  "of 1": "（以 1 计）",
};

const wordOf = (unit: string): string => COUNTED[unit] ?? WORDS[unit] ?? unit;

const RATES: Readonly<Record<string, string>> = {
  "/kg/h": "/(kg·h)",
  "/kg/min": "/(kg·min)",
  "/kg/day": "/(kg·d)",
};

/** A unit as Chinese writes it: "viable cells/kg/min" is "个活细胞/(kg·min)". One that has no word stays. */
export function chineseUnit(unit: string): string {
  const whole = wordOf(unit);
  if (whole !== unit) return whole;
  const [, base = "", per = ""] = /^([^/]*)(\/.*)?$/u.exec(unit) ?? [];
  return `${wordOf(base)}${RATES[per] ?? per}`;
}

type Said = (...parts: readonly string[]) => string;

const NUMBER = String.raw`(?:about )?-?\d[\d,]*(?:\.\d+)?`;
const AMOUNT = new RegExp(`^(${NUMBER})(?: (.+))?$`, "u");
const DATE = String.raw`\d{4}-\d{2}-\d{2}`;
const DAYS: Readonly<Record<string, string>> = { Saturday: "星期六", Sunday: "星期日" };

/**
 * What a warning found and expected is one of these forms, each read from its beginning to its end; what stands in one is
 * read the same way. The more special form comes first.
 */
const FORMS: readonly (readonly [form: RegExp, said: Said])[] = [
  [/^a draw from each lot that is thawed$/u, () => "每个取用批次均有抽取"],
  [/^a working day$/u, () => "工作日（法定节假日及调休未计入）"],
  [/^minor and major limits$/u, () => "轻微和重大偏差的限度"],
  [/^(.+), and equal numbers of containers$/u, (a = "") => `${value(a)}，且容器数相等`],
  [/^a difference of at most (.+)$/u, (a = "") => `差异不超过 ${value(a)}`],
  [/^\|d%\| <= (.+)$/u, (a = "") => `体重变化不超过 ${value(a)}%`],
  [/^\|d%\| < (.+)$/u, (a = "") => `体重变化低于 ${value(a)}%`],
  [/^less than (.+) left over$/u, (a = "") => `剩余低于 ${value(a)}`],
  [/^within (\S+) days of (.+)$/u, (a = "", b = "") => `与 ${b} 相差不超过 ${a} 天`],
  [/^within (.+)$/u, (a = "") => `不超过 ${value(a)}`],
  [/^a minor limit that is not above the major one$/u, () => "轻微偏差限度不高于重大偏差限度"],
  [/^minor (.+), major (.+)$/u, (a = "", b = "") => `轻微 ${value(a)}，重大 ${value(b)}`],
  [/^a least dose that is not above the greatest$/u, () => "最小剂量不高于最大剂量"],
  [/^allowed from (.+) to (.+)$/u, (a = "", b = "") => `允许 ${value(a)} 至 ${value(b)}`],
  [/^a window that ends on its first day or later$/u, () => "时间窗末日不早于首日"],
  [/^a window from (.+) to (.+)$/u, (a = "", b = "") => `时间窗 ${a} 至 ${b}`],
  [/^an end after the start$/u, () => "结束时间晚于开始时间"],
  [/^an infusion from (.+) to (.+)$/u, (a = "", b = "") => `输注 ${a} 至 ${b}`],
  [/^a multiple of (.+) in one administration$/u, (a = "") => `${value(a)} 的整数倍（单次给药）`],
  [/^a multiple of (.+)$/u, (a = "") => `${value(a)} 的整数倍`],
  [/^(.+) in one administration$/u, (a = "") => `${value(a)}（单次给药）`],
  [/^(.+) a container$/u, (a = "") => `每个容器 ${value(a)}`],
  [/^(.+) viable$/u, (a = "") => `细胞活率 ${value(a)}`],
  [/^(.+) per mL$/u, (a = "") => `${value(a)}/mL`],
  [/^at least (.+?),? at most (.+)$/u, (a = "", b = "") => `不低于 ${value(a)}，不超过 ${value(b)}`],
  [/^from (.+), below (.+)$/u, (a = "", b = "") => `不低于 ${value(a)}，低于 ${value(b)}`],
  [/^(?:at least|a minimum of|from) (.+)$/u, (a = "") => `不低于 ${value(a)}`],
  [/^(?:at most|a maximum of) (.+)$/u, (a = "") => `不超过 ${value(a)}`],
  [/^(?:less than|below) (.+)$/u, (a = "") => `低于 ${value(a)}`],
  [new RegExp(`^(${DATE}) to (${DATE})(?:, both included)?$`, "u"), (a = "", b = "") => `${a} 至 ${b}（含首末日）`],
  [new RegExp(`^(${DATE}), (Saturday|Sunday)$`, "u"), (a = "", b = "") => `${a}（${DAYS[b] ?? b}）`],
  [new RegExp(`^(${DATE}\\S*) or later$`, "u"), (a = "") => `${a} 或以后`],
  [new RegExp(`^(${DATE}\\S*) or earlier$`, "u"), (a = "") => `${a} 或以前`],
  [
    new RegExp(`^(${NUMBER} [^;]+); (${NUMBER}) and (${NUMBER})$`, "u"),
    (a = "", b = "", c = "") => `${value(a)}；${b} 和 ${c}`,
  ],
  [new RegExp(`^(${NUMBER}) to (${NUMBER}.*)$`, "u"), (a = "", b = "") => `${value(a)} 至 ${value(b)}`],
  [new RegExp(`^(${NUMBER}[^()]*?) or (${NUMBER}.*)$`, "u"), (a = "", b = "") => `${value(a)} 或 ${value(b)}`],
  [new RegExp(`^(${NUMBER}) \\((.+)\\)$`, "u"), (a = "", b = "") => `${value(a)}（${b}）`],
];

function amount(text: string): string {
  const [, number, unit] = AMOUNT.exec(text) ?? [];
  if (number === undefined) return text;
  const digits = number.replace(/^about /u, "约 ").replace(/^(约 )?-(?=\d)/u, "$1−");
  if (unit === undefined) return digits;
  return unit.startsWith("%") || unit === "of 1" ? `${digits}${chineseUnit(unit)}` : `${digits} ${chineseUnit(unit)}`;
}

function value(text: string): string {
  for (const [form, said] of FORMS) {
    const found = form.exec(text);
    if (found !== null) return said(...found.slice(1));
  }
  return amount(text);
}

/** What a warning found or expected in a language; a text of no known form, such as an id, stays as it is. */
export const valueText = (language: Language, text: string): string => (language === "en" ? text : value(text));
