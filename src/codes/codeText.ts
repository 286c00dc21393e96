/**
 * Of a code: what was found and why, and what to do about it, as sentences. The first begins with "Warning:" where the
 * code is only ever told beside a result.
 */
export type CodeText = readonly [
  meaning: string,
  remedy: string,
  /** What the message tells beside that, by name, so that a host can say it in another language. */
  parameters?: Readonly<Record<string, "number" | "text">>,
];
