/** The general words that the source of a step may be. */
export const SOURCE_WORDS = [
  "definition",
  "the order",
  "the order (no other weight is asked for)",
  "the order: graduation of the syringe",
  "label",
  "label, count basis declared in the order",
  "label and recovery",
  "measurement",
  "practice from Bekkem 2013: 1 g/kg/day",
] as const;

/** A general word for where a step comes from. */
export type SourceWord = (typeof SOURCE_WORDS)[number];

/**
 * A part of where a step comes from: the key of a text, and what is put into it. `text` is a citation, or what a trial, a
 * product or a person said, and is never translated.
 */
export type SourcePart =
  | { readonly key: SourceWord }
  /** `labelOf`: the label of the product that the text names; `within`: what the order says, within what that allows. */
  | { readonly key: "citation" | "formula" | "labelOf" | "within" | "withinLabelOf"; readonly text: string }
  /** The record of a register, with the day of its version. */
  | { readonly key: "registry"; readonly text: string; readonly version: string }
  /** An answer to a question of the trial. */
  | { readonly key: "assumption"; readonly question: string; readonly answer: string };

/** Where a step comes from: one part, or several that hold together. */
export type StepSource = readonly SourcePart[];

/** The texts of a language: by the key of a part, with a place in braces for each value. */
export interface SourceTexts {
  readonly texts: Readonly<Record<SourcePart["key"], string>>;
  /** What {@link SourcePart} has as an assumption: its question and its answer. */
  readonly answered: (question: string, answer: string) => string;
  /** Between two parts. */
  readonly between: string;
}

const ENGLISH: SourceTexts = {
  texts: {
    ...(Object.fromEntries(SOURCE_WORDS.map((word) => [word, word])) as Record<SourceWord, string>),
    citation: "{text}",
    formula: "formula: {text}",
    registry: "{text}, version of {version}",
    assumption: "assumption {answered}",
    labelOf: "{text}: label",
    within: "the order, within {text}",
    withinLabelOf: "the order, within {text}: label",
  },
  answered: (question, answer) => `${question} = "${answer}"`,
  between: "; ",
};

/**
 * A source in the words of a language. The texts are filled once: no value is searched for words or places.
 *
 * @example
 * sourceInWords([{ key: "label" }, { key: "formula", text: "PMC4411565" }]); // "label; formula: PMC4411565"
 */
export function sourceInWords(source: StepSource, words: SourceTexts = ENGLISH): string {
  const partText = (part: SourcePart): string => {
    const values: Readonly<Record<string, string>> =
      part.key === "assumption" ? { answered: words.answered(part.question, part.answer) } : part;
    return words.texts[part.key].replace(/\{(\w+)\}/gu, (place, name: string) => values[name] ?? place);
  };
  return source.map(partText).join(words.between);
}

const REGISTRY = /^(?<text>.*), version of (?<version>\d{4}-\d{2}-\d{2})$/u;

const isWord = (text: string): text is SourceWord => SOURCE_WORDS.some((word) => word === text);

/** The source that a trial, a product or an order states as text. */
export function statedSource(stated: string): SourcePart {
  if (isWord(stated)) return { key: stated };
  const { text, version } = REGISTRY.exec(stated)?.groups ?? {};
  return text === undefined || version === undefined
    ? { key: "citation", text: stated }
    : { key: "registry", text, version };
}
