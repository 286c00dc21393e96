/**
 * Of a code: what was found and why, and what to do about it, as sentences. The first begins with "Warning:" where the
 * code is only ever told beside a result.
 */
export type CodeText = readonly [
  meaning: string,
  remedy: string,
  /**
   * What the message tells beside `path`, `expected` and `received`, by name, so that a host can say it in another language.
   * With a question mark: where a code has several messages, and not each of them tells it.
   */
  parameters?: Readonly<Record<string, ParameterKind>>,
];

export type ParameterKind = "number" | "text" | "number?" | "text?";
