/** What tells a treatment in any trial, whatever its arms are called. */
export interface TellingPattern {
  readonly what: string;
  readonly pattern: RegExp;
  /** Subject and kit numbers may hold `4E7` by chance; a sentence does not. */
  readonly isForSentences?: true;
}

const NUMBER = String.raw`\d[\d.,]*(?:\s*[x×*]\s*10\s*\^?\s*\d+|[eE]\+?\d+)?`;
const MANY = String.raw`(?:million|billion|thousand|mio\.?|百万|千万|亿|万)`;

const inWords = (...words: readonly string[]): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${words.join("|")})(?!\\p{L})`, "iu");

export const TELLING_PATTERNS: readonly TellingPattern[] = [
  {
    what: "a treatment",
    pattern: inWords(
      "placebo",
      "sham",
      "comparator",
      "(?:un)?blinded arm",
      "(?:active|control|treatment|experimental|test|study|intervention) (?:arm|group|dose|product|treatment)",
      "arm [A-Z0-9]",
    ),
  },
  {
    what: "a treatment",
    pattern: /安慰剂|假(?:手术|治疗)|(?:对照|试验|实验|治疗|干预|给药|用药)组|对照品|[A-Z甲乙丙丁]组/iu,
  },
  {
    what: "a dose level",
    pattern: inWords(
      "(?:low|lower|medium|middle|mid|high|higher|double|single|half|full|reduced)[ -]doses?",
      "dose levels?",
    ),
  },
  { what: "a dose level", pattern: /(?:低|中|高|双|单|倍|半|全)剂量|剂量(?:水平|组|级)|双倍/u },
  { what: "an amount for each kilogram", pattern: /(?:\/\s*kg|\bper kg|每公斤|[/／]\s*公斤|每千克)/iu },
  { what: "a count of cells", pattern: new RegExp(`${NUMBER}\\s*${MANY}`, "iu") },
  {
    what: "a count of cells",
    pattern: new RegExp(
      `${NUMBER}\\s*(?:viable |total |nucleated |live |CAR-positive |CD\\d+\\+? )*(?:cells?|exosomes?|particles?|genomes?|equivalents?|IEQ|活?细胞|外泌体|颗粒)`,
      "iu",
    ),
  },
  { what: "a count of cells", pattern: /\d\s*[x×*]\s*10\s*\^?\s*\d|\d[eE]\+?\d/u, isForSentences: true },
  { what: "what only a product with cells holds", pattern: /\bDMSO\b|二甲基亚砜|dimethyl ?sul(?:f|ph)oxide/iu },
  {
    what: "a number of containers",
    pattern: /\d+\s*(?:vials?|containers?|ampoules?|cryobags?|小?瓶|支|管)(?![\p{Script=Latin}])/iu,
  },
];
