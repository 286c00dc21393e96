import { namePattern } from "../../foundation/index.js";
import { EVERYDAY_WORDS, TELLING_ALONE, TELLING_WORDS, type TellsIn } from "./tellingWords.js";

/** What tells a treatment in any trial, whatever its arms are called. */
export interface TellingPattern {
  readonly what: string;
  readonly tellsIn: TellsIn;
  readonly pattern: RegExp;
}

const LATIN = String.raw`\p{Script=Latin}`;
const NUMBER = String.raw`\d+(?:[.,]\d+)*(?:\s*[x×*]\s*10\s*\^?\s*\d+|[eE]\+?\d+)?`;
const NUMERAL = "[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]";
const IN_WORDS = `one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|${NUMERAL}+`;
const VESSELS = "(?:cryo)?vials?|containers?|ampoules?|cryobags?";
const END = String.raw`[,;:/()|–—。、]`;
/** 组 is a group, and the beginning of other words: 组织 is a tissue. */
const NO_GROUP = "(?![织織成合件装裝])";

/** One expression for many words of a folded text. */
const anyOf = (words: readonly string[]): RegExp => new RegExp(words.join("|"), "iu");

/** An English word, also in the plural; over a comma two words are not one ("2.5 mL/min, dose 2"). */
const english = (word: string): string =>
  namePattern(word, true, { joint: "[\\s\\p{Pd}\\p{Pc}.]*", ending: "(?:e?s)?" }) ?? word;

/** Many English words. The borders that they share are told once: told for each word, they take a third of a second. */
function englishWords(words: readonly string[]): readonly string[] {
  const [before = "", after = ""] = english("zz").split("zz");
  const patterns = words.map(english);
  const isBordered = (pattern: string): boolean => pattern.startsWith(before) && pattern.endsWith(after);
  const within = patterns.filter(isBordered).map((pattern) => pattern.slice(before.length, -after.length));
  const bordered = within.length === 0 ? [] : [`${before}(?:${within.join("|")})${after}`];
  return [...bordered, ...patterns.filter((pattern) => !isBordered(pattern))];
}

const chinese = (word: string): string => (/[组組]$/u.test(word) ? `${word}${NO_GROUP}` : word);

/** What no letter of its kind continues. */
const asWord = (pattern: string): RegExp => new RegExp(`(?<!${LATIN})(?:${pattern})(?!${LATIN})`, "iu");

const everywhere = (what: string, pattern: RegExp): TellingPattern => ({ what, tellsIn: "everywhere", pattern });

const WORDS = TELLING_WORDS.map(({ what, tellsIn, en, zh }): TellingPattern => ({
  what,
  tellsIn,
  pattern: anyOf([...englishWords(en), ...zh.map(chinese)]),
}));

const TREATMENTS: readonly TellingPattern[] = [
  everywhere("a treatment", /placebo/iu),
  everywhere("a treatment", new RegExp(`(?:^|${END})\\s*(?:${TELLING_ALONE.join("|")})\\s*(?:$|${END})`, "iu")),
  everywhere(
    "a treatment",
    asWord(
      String.raw`(?<!(?:left|right|upper) )(?:arm|group|cohort)[\s:#_-]*(?:no\.? ?)?(?:[A-Z]|\d{1,2}|I{1,3}|IV)|treatment [A-Z]`,
    ),
  ),
  everywhere("a treatment", new RegExp(`(?:第\\s*)?[A-Z\\d甲乙丙丁一二三四五六]\\s*[组組]${NO_GROUP}`, "iu")),
];

const LEVELS: readonly TellingPattern[] = [
  everywhere("a dose level", asWord(String.raw`\d ?[x×] ?doses?|doses? ?[x×] ?\d+`)),
  { what: "a dose level", tellsIn: "sentences", pattern: asWord(String.raw`DL[ -]?\d`) },
  everywhere("a dose level", /[剂劑]量\s*[\dA-Z一二三四]/iu),
];

const AMOUNTS: readonly TellingPattern[] = [
  everywhere("an amount for each kilogram", /\/\s*kg|\bper kg|每公斤|\/\s*公斤|\/\s*千克|每千克/iu),
  everywhere("an amount for each millilitre", new RegExp(`\\bper mL|/\\s*(?:mL(?!${LATIN})|毫升)|每毫升`, "iu")),
  everywhere(
    "a count of cells",
    new RegExp(`${NUMBER}\\s*(?:thousand|mio|万|亿|萬|億)|[百千佰仟][万萬]|${NUMERAL}\\s*[万亿萬億]`, "iu"),
  ),
  everywhere("a count of cells", asWord("millions?|billions?")),
  everywhere("a count of cells", /\d\s*(?:million|billion)/iu),
  everywhere(
    "a count of cells",
    new RegExp(
      `${NUMBER}\\s*(?:(?:M|MM|k|viable|total|nucleated|live|CAR-positive|CD\\d+\\+?) *)*(?:cells?|exosomes?|particles?|genomes?|equivalents?|IEQ|活?细胞|外泌体|颗粒)`,
      "iu",
    ),
  ),
  everywhere("a count of cells", /10\s*(?:\^|\*\*)\s*\d|10[⁰¹²³⁴⁵⁶⁷⁸⁹]/u),
  // Groups of thousands: a count, in whatever country it is written.
  everywhere("a count of cells", /(?<!\d)\d{1,3}(?:[,.' ’]000){2,}(?!\d)|(?<!\d)\d{1,3}(?:[,'’]\d{3}){2,}(?!\d)/u),
  {
    what: "a count of cells",
    tellsIn: "sentences",
    pattern: new RegExp(
      String.raw`\d\s*[x×*·]\s*10\s*\^?\s*\d|\d[eE]\+?\d|(?:\d\.\d+|\d{3,})\s?M(?!${LATIN}|\p{N})|\d{3,}0{4,}(?!\d)`,
      "u",
    ),
  },
];

const CONTAINERS: readonly TellingPattern[] = [
  everywhere(
    "a number of containers",
    new RegExp(`(?:\\d|(?<!${LATIN})(?:${IN_WORDS}))\\s*(?:${VESSELS}|小?瓶|支|管|个?容器)(?!${LATIN})`, "iu"),
  ),
  everywhere(
    "a number of containers",
    new RegExp(`(?:${VESSELS}|瓶数)\\s*(?:no|nr|number|count)?\\.?\\s*[:=#x×]?\\s*\\d`, "iu"),
  ),
];

export const TELLING_PATTERNS: readonly TellingPattern[] = [
  ...WORDS,
  ...TREATMENTS,
  ...LEVELS,
  ...AMOUNTS,
  ...CONTAINERS,
];

const EVERYDAY = new RegExp([...englishWords(EVERYDAY_WORDS.en), ...EVERYDAY_WORDS.zh].join("|"), "giu");

/** A folded sentence without its everyday words. */
export const withoutEverydayWords = (text: string): string => text.replace(EVERYDAY, " ");
