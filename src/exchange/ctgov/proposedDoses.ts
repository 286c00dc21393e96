/** A dose that a text seems to state. It is quoted for a person to read; nothing computes with it. */
export interface ProposedDose {
  readonly arm: string;
  /** Where the sentence stands in the record. */
  readonly path: string;
  readonly sentence: string;
  /** The words that were read, as they stand. */
  readonly quoted: string;
  /** What they would be: `1E6 per kg`. */
  readonly reading: string;
  /** Why a person must look twice. */
  readonly doubts: readonly string[];
}

const WORDS: Readonly<Record<string, number>> = { thousand: 3, million: 6, billion: 9 };

/** A number, then a power of ten in any of the forms that registries hold, or a word for one. */
const AMOUNT =
  /(\d+(?:\.\d+)?)\s*(?:[x×*]\s*10\s*(?:\^|e|E|\*\*)?\s*(?<power>\d{1,2})(?!\d)|e\+?(?<plain>\d{1,2})(?!\d)|(?<word>thousand|million|billion))/gi;
/** The unit after it: some words, then per kg. */
const PER_KG = /^[^.;,\d]{0,60}?(?:\/\s*kg|per\s+(?:kg|kilogram))/i;

/** Doses that a text of the record seems to state for an arm. */
export function proposedDoses(arm: string, path: string, text: string): readonly ProposedDose[] {
  return text.split(/(?<=[.;])\s+|\n+/).flatMap((sentence) => {
    const found = [...sentence.matchAll(AMOUNT)];
    return found.map((match): ProposedDose => {
      const { power, plain, word } = match.groups ?? {};
      const exponent = word === undefined ? Number(power ?? plain) : (WORDS[word.toLowerCase()] ?? 0);
      const rest = sentence.slice(match.index + match[0].length);
      const perKg = PER_KG.exec(rest)?.[0];
      return {
        arm,
        path,
        sentence: sentence.trim(),
        quoted: `${match[0]}${perKg ?? ""}`.trim(),
        reading: `${match[1] ?? ""}E${exponent}${perKg === undefined ? "" : " per kg"}`,
        doubts: doubtsOf(match[0], sentence, found.length, perKg),
      };
    });
  });
}

function doubtsOf(quoted: string, sentence: string, amounts: number, perKg: string | undefined): readonly string[] {
  return [
    ...(amounts > 1 ? [`${amounts} amounts stand in one sentence: levels, a range or a cap`] : []),
    ...(/10\s*e/i.test(quoted) ? ["10E6 is one million to some and ten million to others"] : []),
    ...(/10\s+\d/.test(quoted) ? ["the sign of the power is lost"] : []),
    ...(perKg === undefined ? ["no weight is named beside it"] : []),
    ...(/predicted|ideal/i.test(sentence) ? ["it may be for predicted or ideal body weight"] : []),
    ...(/maximum|up to|at most|range/i.test(sentence) ? ["a range or a maximum is named"] : []),
    ...(/\bversus\b|\bvs\b/i.test(sentence) ? ["two treatments are named for one arm"] : []),
  ];
}
