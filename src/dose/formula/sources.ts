/**
 * The general words that the source of a step may be. Any other source is a citation, or what a trial, a product or a
 * person said, and is never translated.
 */
export const SOURCE_WORDS = [
  "definition",
  "the order",
  "the order (no other weight is asked for)",
  "the order: graduation of the syringe",
  "label",
  "label, count basis declared in the order",
  "label and recovery",
  "measurement",
] as const;

/** A general word for where a step comes from. */
export type SourceWord = (typeof SOURCE_WORDS)[number];
