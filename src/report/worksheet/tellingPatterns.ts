/** What tells a treatment in any trial, whatever its arms are called. */
export interface TellingPattern {
  readonly what: string;
  readonly pattern: RegExp;
  /** Subject and kit numbers may hold `4E7` or `DL2` by chance; a sentence does not. */
  readonly isForSentences?: true;
  /** Where it is no word of a sentence ("active warming"), it is one of a code (`ACTIVE-3`). */
  readonly isForCodes?: true;
}

const NUMBER = String.raw`\d+(?:[.,]\d+)*(?:\s*[x×*]\s*10\s*\^?\s*\d+|[eE]\+?\d+)?`;
const IN_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|[一二两三四五六七八九十]+";
const VESSELS = "(?:cryo)?vials?|containers?|ampoules?|cryobags?";
const SIZES = "low|lower|lowest|medium|middle|mid|high|higher|highest|double|triple|single|half|full|reduced|escalated";

/** A word of a text: no letter goes before it or after it. */
const inWords = (...words: readonly string[]): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${words.join("|")})(?!\\p{L})`, "iu");

/** All that stands between two commas, colons, brackets or ends. */
const asClause = (...words: readonly string[]): RegExp =>
  new RegExp(`(?:^|[,;:/()|–—])\\s*(?:${words.join("|")})\\s*(?:$|[,;:/()|–—])`, "iu");

const TREATMENTS: readonly TellingPattern[] = [
  { what: "a treatment", pattern: /placebo|安慰剂/iu },
  {
    what: "a treatment",
    pattern: inWords(
      "pbo|plcb|sham|verum|comparator",
      "(?:un)?blinded arm",
      "(?:active|controls?|experimental|test|intervention|vehicle|saline)[\\s_-]*(?:arms?|groups?|dose|drug|product|treatment|only)",
      "treatment[\\s_-]*(?:arms?|groups?)",
      "(?<!(?:left|right|upper) )(?:arm|group|cohort)[\\s:#_-]*(?:no\\.? ?)?(?:[A-Z]|\\d{1,2}|I{1,3}|IV)",
      "treatment [A-Z]",
    ),
  },
  { what: "a treatment", pattern: asClause("active|controls?|experimental|investigational|(?:un)?treated") },
  { what: "a treatment", pattern: asClause("(?:normal |0\\.9 ?% )?saline|vehicle|生理盐水") },
  { what: "a treatment", pattern: inWords("active|controls?|ctrl|experimental"), isForCodes: true },
  {
    what: "a treatment",
    pattern:
      /假(?:手术|治疗)|(?<!核)对照|(?:试验|实验|治疗|干预|给药|用药|剂量|[低中高])组(?![织成合])|(?:第\s*)?[A-Z\d甲乙丙丁一二三四五六]\s*组(?![织成合])/iu,
  },
  {
    what: "what is given",
    pattern: inWords("cells|(?:stem|stromal)[ -]cells?|MSCs?|(?:hUC|UC|BM|AD|WJ)-?MSCs?|exosomes?"),
  },
  { what: "what is given", pattern: /干细胞|间充质|外泌体|细胞(?!治疗|室|中心|科|实验)/u },
];

const LEVELS: readonly TellingPattern[] = [
  {
    what: "a dose level",
    pattern: inWords(
      `(?:${SIZES}|max(?:imum)?|min(?:imum)?)[\\s_-]*dos(?:es?|ing)`,
      "(?:twice|half|double|triple) the dose",
      "\\d ?[x×] ?doses?|doses? ?[x×] ?\\d+",
      "dose[\\s_-]*(?:levels?|groups?|cohorts?|(?:de-?)?escalation|caps?|capped|reduction)",
      "capped",
    ),
  },
  { what: "a dose level", pattern: inWords("DL[ -]?\\d"), isForSentences: true },
  {
    what: "a dose level",
    pattern:
      /(?:低|中|高|双|单|倍|半|全|大|小|最大|最高|最低)(?:剂量|浓度)|剂量(?:水平|级|\s*[\dA-Z一二三四])|双倍|倍量|加倍|减半/iu,
  },
];

const AMOUNTS: readonly TellingPattern[] = [
  { what: "an amount for each kilogram", pattern: /\/\s*kg|\bper kg|每公斤|\/\s*公斤|每千克/iu },
  { what: "an amount for each millilitre", pattern: /\bper mL|\/\s*(?:mL(?!\p{L})|毫升)|每毫升/iu },
  {
    what: "a count of cells",
    pattern: new RegExp(`${NUMBER}\\s*(?:thousand|mio|万|亿)|(?:百|千)万|[一二两三四五六七八九十]\\s*[万亿]`, "iu"),
  },
  { what: "a count of cells", pattern: inWords("millions?|billions?") },
  { what: "a count of cells", pattern: /\d\s*(?:million|billion)/iu },
  {
    what: "a count of cells",
    pattern: new RegExp(
      `${NUMBER}\\s*(?:(?:M|MM|k|viable|total|nucleated|live|CAR-positive|CD\\d+\\+?) *)*(?:cells?|exosomes?|particles?|genomes?|equivalents?|IEQ|活?细胞|外泌体|颗粒)`,
      "iu",
    ),
  },
  { what: "a count of cells", pattern: /10\s*(?:\^|\*\*)\s*\d|10[⁰¹²³⁴⁵⁶⁷⁸⁹]/u },
  // Groups of thousands: a count, in whatever country it is written.
  {
    what: "a count of cells",
    pattern: /(?<!\d)\d{1,3}(?:[,.' ’]000){2,}(?!\d)|(?<!\d)\d{1,3}(?:[,'’]\d{3}){2,}(?!\d)/u,
  },
  {
    what: "a count of cells",
    pattern: /\d\s*[x×*·]\s*10\s*\^?\s*\d|\d[eE]\+?\d|(?:\d\.\d+|\d{3,})\s?M(?![\p{L}\p{N}])|\d{3,}0{4,}(?!\d)/u,
    isForSentences: true,
  },
];

const OF_THE_PRODUCT: readonly TellingPattern[] = [
  { what: "what only a product with cells holds", pattern: /\bDMSO\b|二甲基亚砜|dimethyl ?sul(?:f|ph)oxide/iu },
  {
    what: "what is measured of a product",
    pattern: inWords("viability|viable|potency|concentrations?|recovery rate|diluent"),
  },
  { what: "what is measured of a product", pattern: /活率|存活率|活力|浓度|效价|稀释液/u },
  {
    what: "a number of containers",
    pattern: new RegExp(`(?:\\d|(?<!\\p{L})(?:${IN_WORDS}))\\s*(?:${VESSELS}|小?瓶|支|管)(?!\\p{Script=Latin})`, "iu"),
  },
  {
    what: "a number of containers",
    pattern: new RegExp(`(?:${VESSELS}|瓶数)\\s*(?:no|nr|number|count)?\\.?\\s*[:=#x×]?\\s*\\d`, "iu"),
  },
];

export const TELLING_PATTERNS: readonly TellingPattern[] = [...TREATMENTS, ...LEVELS, ...AMOUNTS, ...OF_THE_PRODUCT];

const EVERYDAY =
  /(?<!\p{L})(?:low|medium|high|double|single)[ -](?:temperatures?|humidity|light|care|dependency|protein|binding|flow|efficiency|check(?:ed|s)?|bag(?:ged)?|lumen|wrapped)(?!\p{L})/giu;

/**
 * A sentence without the words that are an arm's name in one place and an everyday word in another: "double" of a trial
 * with a double dose, and a double check.
 */
export const withoutEverydayWords = (text: string): string => text.replace(EVERYDAY, " ");
